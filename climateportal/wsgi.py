"""The WSGI entry point, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

from climateportal.encoding import only_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climateportal.settings")
django = only_utf8(get_wsgi_application())

from climateportal.replay import ReplayFinishedPages  # noqa: E402, needs the settings

application = ReplayFinishedPages(django)
