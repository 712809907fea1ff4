"""Makes the demonstration site."""

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from projects.demo import (
    elinkeinoelama,
    etela_pirkanmaa,
    keski_suomi,
    kestavat,
    pohjois_savo,
)
from projects.demo.make import make

CASES = (etela_pirkanmaa, kestavat, keski_suomi, pohjois_savo, elinkeinoelama)


class Command(BaseCommand):
    """Run as often as you like: adds what is missing, changes nothing that is there."""

    help = (
        "Fills an empty database with a demonstration: five real cases and invented projects in "
        "every state. Needs the register (load_register). Refuses a database with real content. "
        "Safe to run again: adds what is missing and leaves the rest as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = make()
        self.stdout.write(f"Demo: {made.projects} projects, {made.new} of them new.")
        if made.new:
            for case in CASES:
                self.stdout.write(f"  {reverse('project', kwargs={'slug': case.SLUG})}")
