"""`manage.py setup`: everything between installed packages and a first page. Safe to run again."""

import hashlib
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from climateportal.models import User
from projects.models import Project

ADMIN_EMAIL = "admin@example.fi"


def static_fingerprint() -> str:
    """Changes when a static file of ours or any installed version changes."""
    root = Path(settings.BASE_DIR)
    sources = [root / "requirements.txt", root / "climateportal" / "staticstorage.py"]
    sources += sorted(path for path in (root / "static").rglob("*") if path.is_file())
    hashed = hashlib.sha256()
    for path in sources:
        hashed.update(str(path.relative_to(root)).encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


class Command(BaseCommand):
    """Prepare the database, the register, the first pages, static files and, if empty, a demo."""

    help = (
        "Prepares this installation: database, register of municipalities, first content pages, "
        "static files. An empty database also gets the demo and an administrator."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-demo", action="store_true", help="Leave an empty database without the demo."
        )

    def handle(self, *args: Any, no_demo: bool, **options: Any) -> None:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("catalogues", verbosity=0)
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        call_command("createcachetable", verbosity=0)
        call_command("load_register", stdout=self.stdout)
        call_command("load_pages", stdout=self.stdout)
        self._collect_static()
        if not no_demo and not Project.objects.exists():
            self.stdout.write("The database is empty: making the demo …")
            call_command("demo", stdout=self.stdout)
            self._first_administrator()

    def _collect_static(self) -> None:
        if settings.DEBUG:
            return
        stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
        fingerprint = static_fingerprint()
        if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
            return
        self.stdout.write("Collecting and compressing static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint, encoding="ascii")

    def _first_administrator(self) -> None:
        if User.objects.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(ADMIN_EMAIL, password)
        self.stdout.write(
            "\nAn administrator was made for the demo. The password is not shown again:\n"
            f"  e-mail    {ADMIN_EMAIL}\n"
            f"  password  {password}\n"
            "  log in at /admin/\n"
        )
