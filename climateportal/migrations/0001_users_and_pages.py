import climateportal.models.user
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('climateportal', '0001_initial')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.BigIntegerField(unique=True)),
                ('token', models.CharField(max_length=36)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('account', models.BigIntegerField(db_index=True, null=True, verbose_name='user')),
                ('device', models.CharField(blank=True, max_length=60, verbose_name='device')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='logged in')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last used')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(error_messages={'unique': 'Someone already uses this e-mail address.'}, help_text='Used to log in and to reset the password. Never shown to the public.', max_length=254, unique=True, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], default='fi', help_text="The language of the editors' pages and of letters to this user.", max_length=2, verbose_name='language')),
                ('reminders', models.CharField(choices=[('never', 'Never'), ('weekly', 'Once a week'), ('monthly', 'Once a month')], default='weekly', help_text='Tells what the projects need and who waits for an answer. Nothing is sent when nothing is needed. With “never” you get no letter of feedback either.', max_length=8, verbose_name='reminders by e-mail')),
                ('reminded_on', models.DateField(editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['last_name', 'first_name', 'email'],
            },
            managers=[
                ('objects', climateportal.models.user.UserManager()),
            ],
        ),
    ]
