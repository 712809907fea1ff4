from django.db import migrations, models

HELP = (
    "Day, time and place of a coming meeting stand on the region's page. The agenda and the pack "
    "stay with the group until the pack is published."
)
NAME = "everybody may know when and where"


def operations(model):
    """What was a draft stays unknown; new meetings are announced."""
    old = models.BooleanField(default=False, help_text=HELP, verbose_name=NAME)
    new = models.BooleanField(default=True, help_text=HELP, verbose_name=NAME)
    return [
        migrations.AddField(model_name=model, name="is_announced", field=old),
        migrations.AlterField(model_name=model, name="is_announced", field=new),
    ]


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_register_and_meetings")]
    operations = [*operations("historicalmeeting"), *operations("meeting")]
