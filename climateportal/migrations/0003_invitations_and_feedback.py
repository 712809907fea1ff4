import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('climateportal', '0003_content_version'), ('climateportal', '0004_reach_over_projects_and_viewers'), ('climateportal', '0005_sessions_and_languages'), ('climateportal', '0006_invitations'), ('climateportal', '0007_notices_have_a_history'), ('climateportal', '0008_reminders'), ('climateportal', '0009_kept_forms'), ('climateportal', '0010_feedback')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('climateportal', '0002_reach_of_users'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('municipalities', '0001_register_and_meetings'),
        ('projects', '0001_projects'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'A question'), ('error', 'An error on the page'), ('idea', 'An idea or a comment'), ('accessibility', 'Accessibility')], max_length=16, verbose_name='kind')),
                ('message', models.TextField(max_length=5000, verbose_name='message')),
                ('about', models.CharField(blank=True, max_length=300, verbose_name='about')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('key', models.CharField(editable=False, max_length=64, unique=True)),
                ('received_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='received')),
                ('reply_by', models.DateField(verbose_name='answer by')),
                ('went_to', models.CharField(choices=[('contact', 'the primary contact of the project'), ('editors', 'those who keep the information on the page up to date'), ('administrators', 'the administrator of the site')], default='administrators', max_length=16, verbose_name='told to')),
                ('state', models.CharField(choices=[('open', 'waits for an answer'), ('answered', 'answered'), ('handled', 'handled without an answer')], default='open', max_length=8, verbose_name='state')),
                ('answer', models.TextField(blank=True, max_length=5000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='feedback', to='municipalities.municipality', verbose_name='municipality')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='feedback', to='projects.project', verbose_name='project')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='feedback', to='municipalities.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'feedback message',
                'verbose_name_plural': 'feedback messages',
                'ordering': ['reply_by', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['reply_by'], name='feedback_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'error', 'idea', 'accessibility'])), name='feedback_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered', 'handled'])), name='feedback_state_known'), models.CheckConstraint(condition=models.Q(('went_to__in', ['contact', 'editors', 'administrators'])), name='feedback_went_to_known'), models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='feedback_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('municipality', None), ('project', None)), models.Q(('project', None), ('region', None)), models.Q(('municipality', None), ('region', None)), _connector='OR'), name='feedback_about_one'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='feedback_open_until_its_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='feedback_answered_to_somebody')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalNotice',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('text_fi', models.CharField(max_length=300, verbose_name='text')),
                ('text_sv', models.CharField(blank=True, default='', max_length=300, verbose_name='text')),
                ('text_en', models.CharField(blank=True, default='', max_length=300, verbose_name='text')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='shown from')),
                ('ends_at', models.DateTimeField(blank=True, help_text='Empty: the notice stays on every page until you delete it.', null=True, verbose_name='shown until')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical notice',
                'verbose_name_plural': 'historical notices',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('publication', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', help_text='A draft is seen only by those who may edit it. A published page is open to everyone and is found by search engines within days.', max_length=12, verbose_name='visibility')),
                ('published_at', models.DateTimeField(blank=True, help_text='Leave empty to publish at once. A moment in the future keeps the page hidden until then.', null=True, verbose_name='published from')),
                ('title_fi', models.CharField(max_length=120, verbose_name='heading')),
                ('title_sv', models.CharField(blank=True, default='', max_length=120, verbose_name='heading')),
                ('title_en', models.CharField(blank=True, default='', max_length=120, verbose_name='heading')),
                ('menu_title_fi', models.CharField(blank=True, default='', help_text='Shown in the menu instead of the heading. Empty: the heading is shown.', max_length=40, verbose_name='name in the menu')),
                ('menu_title_sv', models.CharField(blank=True, default='', help_text='Shown in the menu instead of the heading. Empty: the heading is shown.', max_length=40, verbose_name='name in the menu')),
                ('menu_title_en', models.CharField(blank=True, default='', help_text='Shown in the menu instead of the heading. Empty: the heading is shown.', max_length=40, verbose_name='name in the menu')),
                ('slug', models.SlugField(help_text="The last part of the page's address. When you change it, the old one keeps working and leads to the new one.", max_length=80, verbose_name='address')),
                ('body_fi', models.TextField(blank=True, default='', verbose_name='text')),
                ('body_sv', models.TextField(blank=True, default='', verbose_name='text')),
                ('body_en', models.TextField(blank=True, default='', verbose_name='text')),
                ('menu', models.CharField(choices=[('main', 'Main menu'), ('footer', 'Footer'), ('none', 'In no menu')], default='footer', help_text='Where visitors find the page. A page in no menu is reached only by a link.', max_length=8, verbose_name='menu')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('updated_at', models.DateTimeField(editable=False, null=True, verbose_name='text updated')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical content page',
                'verbose_name_plural': 'historical content pages',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(help_text='The letter goes here. It does not tell you whether the address already has an account: the person accepts in either case.', max_length=254, verbose_name='e-mail address')),
                ('role', models.CharField(choices=[('administrator', 'Administrator of the portal: everything'), ('region', 'Regional coordinator: all municipalities and projects of a region'), ('municipality', 'Municipal coordinator: a municipality and its projects'), ('contact', 'Contact of a project: the whole of that project'), ('viewer', 'Viewer: sees the admin of an area, changes nothing'), ('member', 'Member of a steering group: reads its packs and drafts')], default='municipality', max_length=16, verbose_name='role')),
                ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], default='fi', max_length=2, verbose_name='language of the letter')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sent')),
                ('expires_at', models.DateTimeField(editable=False, verbose_name='works until')),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('accepted_at', models.DateTimeField(editable=False, null=True)),
                ('accepted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('municipalities', models.ManyToManyField(blank=True, related_name='+', to='municipalities.municipality', verbose_name='municipalities')),
                ('projects', models.ManyToManyField(blank=True, related_name='+', to='projects.project', verbose_name='projects')),
                ('regions', models.ManyToManyField(blank=True, related_name='+', to='municipalities.region', verbose_name='regions')),
                ('seat', models.ForeignKey(blank=True, help_text='Members without an account. Others are added on the page of the group.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='municipalities.membership', verbose_name='seat in a steering group')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'region', 'municipality', 'contact', 'viewer', 'member'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None), _connector='OR'), name='invitation_accepted_or_revoked')],
            },
        ),
        migrations.CreateModel(
            name='KeptForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('address', models.CharField(max_length=200)),
                ('sent', models.TextField()),
                ('had_files', models.BooleanField(default=False)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_fi', models.CharField(max_length=300, verbose_name='text')),
                ('text_sv', models.CharField(blank=True, default='', max_length=300, verbose_name='text')),
                ('text_en', models.CharField(blank=True, default='', max_length=300, verbose_name='text')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='shown from')),
                ('ends_at', models.DateTimeField(blank=True, help_text='Empty: the notice stays on every page until you delete it.', null=True, verbose_name='shown until')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='climateportal_notice_ends_after_start', violation_error_message='The notice would end before it starts.')],
            },
        ),
        migrations.CreateModel(
            name='OldSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('slug', models.SlugField(max_length=120)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('content_type', 'slug'), name='climateportal_oldslug_unique')],
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publication', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', help_text='A draft is seen only by those who may edit it. A published page is open to everyone and is found by search engines within days.', max_length=12, verbose_name='visibility')),
                ('published_at', models.DateTimeField(blank=True, help_text='Leave empty to publish at once. A moment in the future keeps the page hidden until then.', null=True, verbose_name='published from')),
                ('title_fi', models.CharField(max_length=120, verbose_name='heading')),
                ('title_sv', models.CharField(blank=True, default='', max_length=120, verbose_name='heading')),
                ('title_en', models.CharField(blank=True, default='', max_length=120, verbose_name='heading')),
                ('menu_title_fi', models.CharField(blank=True, default='', help_text='Shown in the menu instead of the heading. Empty: the heading is shown.', max_length=40, verbose_name='name in the menu')),
                ('menu_title_sv', models.CharField(blank=True, default='', help_text='Shown in the menu instead of the heading. Empty: the heading is shown.', max_length=40, verbose_name='name in the menu')),
                ('menu_title_en', models.CharField(blank=True, default='', help_text='Shown in the menu instead of the heading. Empty: the heading is shown.', max_length=40, verbose_name='name in the menu')),
                ('slug', models.SlugField(help_text="The last part of the page's address. When you change it, the old one keeps working and leads to the new one.", max_length=80, unique=True, verbose_name='address')),
                ('body_fi', models.TextField(blank=True, default='', verbose_name='text')),
                ('body_sv', models.TextField(blank=True, default='', verbose_name='text')),
                ('body_en', models.TextField(blank=True, default='', verbose_name='text')),
                ('menu', models.CharField(choices=[('main', 'Main menu'), ('footer', 'Footer'), ('none', 'In no menu')], default='footer', help_text='Where visitors find the page. A page in no menu is reached only by a link.', max_length=8, verbose_name='menu')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('updated_at', models.DateTimeField(editable=False, null=True, verbose_name='text updated')),
            ],
            options={
                'verbose_name': 'content page',
                'verbose_name_plural': 'content pages',
                'ordering': ['menu', 'order', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='climateportal_page_published_has_moment', violation_error_message='A published page needs the moment it was published.')],
            },
        ),
        migrations.CreateModel(
            name='SavedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('object_pk', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='projects',
            field=models.ManyToManyField(blank=True, help_text="A project's contact: edits the whole of these projects, but does not say which municipalities and regions they belong to.", related_name='editors', to='projects.project', verbose_name='projects in reach'),
        ),
        migrations.AddField(
            model_name='user',
            name='regions',
            field=models.ManyToManyField(blank=True, help_text='A regional coordinator: edits every municipality of these regions, all projects there and the steering groups, and invites others to the region.', related_name='editors', to='municipalities.region', verbose_name='regions in reach'),
        ),
        migrations.AddField(
            model_name='user',
            name='user_permissions',
            field=models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions'),
        ),
        migrations.AddField(
            model_name='user',
            name='viewed_municipalities',
            field=models.ManyToManyField(blank=True, help_text='A viewer: sees in the admin these municipalities and all their projects, and changes nothing.', related_name='viewers', to='municipalities.municipality', verbose_name='municipalities to view'),
        ),
        migrations.AddField(
            model_name='user',
            name='viewed_regions',
            field=models.ManyToManyField(blank=True, help_text='A viewer: sees in the admin what the coordinator of these regions sees, and changes nothing.', related_name='viewers', to='municipalities.region', verbose_name='regions to view'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='climateportal_user_email_unique', violation_error_message='Someone already uses this e-mail address.'),
        ),
    ]
