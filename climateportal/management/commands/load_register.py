"""Loads the official register of municipalities, counties and sub-regions.

Here and not among areas, which know nothing of the projects that are found by their names.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from municipalities.register import load
from municipalities.registerfiles import DATA, RegisterError
from projects.models import Project
from projects.searchtexts import refresh_search_text


class Command(BaseCommand):
    """Run as often as you like: adds and corrects, never duplicates, never deletes."""

    help = (
        "Loads municipalities, counties, sub-regions and mergers from CSV files. Corrects official "
        "facts and leaves what has been edited on this site as it is. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=DATA,
            help="where the CSV files are (default: those that ship with the portal)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            counts = load(folder)
        except RegisterError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if counts.updated:
            refresh_search_text(projects=Project.objects.all())
        self.stdout.write(f"Register: {counts}.")
