"""How municipalities share the costs is said by the project; a share is in euros or in percent."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Sum


def say_how(apps, schema_editor):
    """Percentages that make a hundred were a choice already; beside them euros did not count.

    No page has shown shares so far, so this leaves no history rows.
    """
    Participation = apps.get_model("projects", "Participation")
    Project = apps.get_model("projects", "Project")
    both = Participation.objects.exclude(cost_share_amount=None).exclude(cost_share_percent=None)
    both.update(cost_share_amount=None)
    whole = Project.objects.annotate(sum=Sum("participations__cost_share_percent")).filter(sum=100)
    Project.objects.filter(pk__in=list(whole.values_list("pk", flat=True))).update(
        cost_sharing="percent"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0002_decisions_and_packs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalproject',
            name='cost_sharing',
            field=models.CharField(choices=[('not_agreed', 'not agreed'), ('euros', 'in euros'), ('percent', 'in percent'), ('population', 'by population')], default='not_agreed', help_text="They share their own part: the budget less the grants. Give each one's share below, or let it follow from the populations.", max_length=10, verbose_name='the municipalities share the costs'),
        ),
        migrations.AddField(
            model_name='project',
            name='cost_sharing',
            field=models.CharField(choices=[('not_agreed', 'not agreed'), ('euros', 'in euros'), ('percent', 'in percent'), ('population', 'by population')], default='not_agreed', help_text="They share their own part: the budget less the grants. Give each one's share below, or let it follow from the populations.", max_length=10, verbose_name='the municipalities share the costs'),
        ),
        migrations.AlterField(
            model_name='historicalproject',
            name='cost_visibility',
            field=models.CharField(choices=[('nothing', 'nothing'), ('totals', 'totals'), ('all', 'every expense')], default='totals', help_text='Totals: budget, funding, what has been used, by year and by category. Every expense: each row with its date and note too. Nothing: only who pays.', max_length=8, verbose_name='the public sees of the money'),
        ),
        migrations.AlterField(
            model_name='project',
            name='cost_visibility',
            field=models.CharField(choices=[('nothing', 'nothing'), ('totals', 'totals'), ('all', 'every expense')], default='totals', help_text='Totals: budget, funding, what has been used, by year and by category. Every expense: each row with its date and note too. Nothing: only who pays.', max_length=8, verbose_name='the public sees of the money'),
        ),
        migrations.RunPython(say_how, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['staff', 'services', 'travel', 'communication', 'equipment', 'other'])), name='expense_category_known'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'claimed', 'paid'])), name='expense_state_known'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('cost_share_amount', None), ('cost_share_percent', None), _connector='OR'), name='participation_one_share', violation_error_message='A cost share is either in euros or in percent.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('cost_visibility__in', ['nothing', 'totals', 'all'])), name='project_cost_visibility_known'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('cost_sharing__in', ['not_agreed', 'euros', 'percent', 'population'])), name='project_cost_sharing_known'),
        ),
    ]
