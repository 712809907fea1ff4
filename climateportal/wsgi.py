"""The WSGI entry point, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climateportal.settings")
django = get_wsgi_application()

from climateportal.replay import ReplayFinishedPages  # noqa: E402, needs the settings

application = ReplayFinishedPages(django)
