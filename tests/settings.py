"""Settings of the test suite: production's, but for slow hashing and collected static files."""

import os
import sys
import tempfile

os.environ["ENV_FILE"] = ""
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["DEBUG"] = "off"
os.environ["HTTPS"] = "off"
os.environ["REQUIRE_MFA"] = "off"  # tests of the second step turn it on
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from climateportal.settings import *  # noqa: F403
from climateportal.settings import DATABASES, STORAGES, TEMPLATES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["loaders"] = [
    (
        "django.template.loaders.cached.Loader",
        [
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ],
    )
]
TEMPLATES[0]["APP_DIRS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"
    in_browser = any(arg == "browser" or "tests/browser" in arg for arg in sys.argv)
    if in_browser or os.environ.get("BROWSER_TESTS"):
        # Playwright's event loop gives Django a second connection in the same thread
        _folder = tempfile.mkdtemp(prefix="climateportal-tests-")
        DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/browser.sqlite3"}
    # a shared in-memory database has no journal to switch
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA foreign_keys=ON;"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # no collected static files to look for
WHITENOISE_USE_FINDERS = True
