"""`manage.py catalogues`: extract, check and compile the translations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from climateportal import catalogues


class Command(BaseCommand):
    """Keep climateportal/locale in line with the sources; needs neither gettext nor a database."""

    help = "Compile the translations (default), bring them up to date, or check that none lacks."
    requires_system_checks = ()  # the addresses cannot be checked before they are compiled

    def add_arguments(self, parser: CommandParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument(
            "--compile", action="store_true", help="write the .mo files that are out of date"
        )
        mode.add_argument(
            "--update", action="store_true", help="extract the strings into the .po files"
        )
        mode.add_argument("--check", action="store_true", help="fail and list what is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_all()
            return
        if options["update"]:
            self.tell("updated", catalogues.update(), options)
        self.tell("compiled", catalogues.compile_all(), options)

    def tell(self, what: str, paths: list, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            for path in paths:
                self.stdout.write(f"{what} {path.relative_to(catalogues.ROOT)}")

    def check_all(self) -> None:
        found = catalogues.problems()
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"Translations: {len(found)} to mend. Start with --update.")
