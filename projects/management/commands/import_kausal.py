"""Takes a plan of Kausal Watch (Ilmastovahti) over."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import override

from climateportal.models import User
from climateportal.translated import LANGUAGES, SOURCE
from municipalities.models import Municipality, Region
from projects.enums import Stage
from projects.kausal.fetch import load, read
from projects.kausal.shapes import PlanError
from projects.kausal.takeover import Report, Wishes, take_over


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError(f"“{words}” is not a date such as 2026-12-31.") from error


def _phase(words: str) -> tuple[str, Stage]:
    phase, _sign, stage = words.rpartition("=")
    if not phase.strip() or stage.strip() not in Stage.values:
        raise ArgumentTypeError(f"Write PHASE=STAGE with one of {', '.join(Stage.values)}.")
    return phase.strip().lower(), Stage(stage.strip())


class Command(BaseCommand):
    """Shows what would happen, and writes it when told to: all of it or nothing."""

    help = (
        "Takes the actions of a plan in Kausal Watch over as draft projects, with their tasks, "
        "organisations, contacts, links and news. Run it again to bring them up to date: what was "
        "edited here stays, nothing is deleted. Shows what it would do and asks first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("where", help="a JSON file, or an address ending in /graphql/ or /v1/")
        parser.add_argument("--plan", default="", help="the plan's identifier, for an address")
        parser.add_argument(
            "--municipality",
            action="append",
            default=[],
            help="whose projects they are: a municipality's name, address or number; repeatable",
        )
        parser.add_argument(
            "--region", action="append", default=[], help="the address of a region; repeatable"
        )
        parser.add_argument("--language", choices=LANGUAGES, default=SOURCE, help="of its texts")
        parser.add_argument(
            "--phase",
            action="append",
            type=_phase,
            default=[],
            metavar="PHASE=STAGE",
            help="the stage of a phase that the portal does not know; “-” is no phase; repeatable",
        )
        parser.add_argument("--undated-done", type=_day, help="the day of done tasks without one")
        parser.add_argument("--by", default="", help="e-mail address of the editor who does it")
        parser.add_argument("--save", type=Path, help="keep the JSON that was fetched in this file")
        parser.add_argument("--yes", action="store_true", help="write without asking")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            self._handle(options)

    def _handle(self, options: dict[str, Any]) -> None:
        wishes = Wishes(
            municipalities=tuple(map(_municipality, options["municipality"])),
            regions=tuple(map(_region, options["region"])),
            language=options["language"],
            stages=dict(options["phase"]),
            undated_done=options["undated_done"],
            by=_editor(options["by"]),
        )
        if not (wishes.municipalities or wishes.regions):
            raise CommandError(
                "Say whose projects they are with --municipality or --region; otherwise no "
                "coordinator could edit them."
            )
        try:
            data = load(options["where"], options["plan"])
            plan = read(data)
        except PlanError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if options["save"]:
            options["save"].write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        self.stdout.write(f"{plan.name or plan.identifier}: {len(plan.actions)} actions.")
        preview = take_over(plan, wishes, commit=False)
        self._tell(preview)
        if preview.faults:
            raise CommandError(f"{len(preview.faults)} faults. Nothing was changed.")
        if not (preview.created or preview.changed):
            take_over(plan, wishes, commit=True)  # remember what the source says now
            self.stdout.write("Everything is up to date already.")
        elif options["yes"] or self._agreed():
            report = take_over(plan, wishes, commit=True)
            if report.faults:  # somebody edited in the meantime
                self._tell(report)
                raise CommandError("Nothing was changed.")
            self.stdout.write(
                f"Written: {len(report.created)} new drafts, {len(report.changed)} changed."
            )
        else:
            self.stdout.write("Nothing was changed. Run it with --yes to write this.")

    def _agreed(self) -> bool:
        return sys.stdin.isatty() and input("Write this? [y/N] ").strip().lower() in ("y", "yes")

    def _tell(self, report: Report) -> None:
        for heading, lines in (
            ("New drafts", report.created),
            ("Changed", report.changed),
            ("Please note", report.told),
            ("Faults", report.faults),
        ):
            if lines:
                self.stdout.write(f"{heading} ({len(lines)}):")
                self.stdout.writelines(f"  {line}" for line in lines)
        if report.unchanged:
            self.stdout.write(f"Unchanged: {report.unchanged}.")


def _municipality(words: str) -> Municipality:
    names = Q(code=words) | Q(slug=words)
    for language in LANGUAGES[:2]:
        names |= Q(**{f"name_{language}__iexact": words})
    found = list(Municipality.objects.filter(names, successor=None)[:2])
    if len(found) != 1:
        raise CommandError(f"There is no municipality “{words}”. Nothing was changed.")
    return found[0]


def _region(words: str) -> Region:
    found = Region.objects.filter(slug=words).first()
    if found is None:
        raise CommandError(f"There is no region with the address “{words}”. Nothing was changed.")
    return found


def _editor(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no editor {email}. Nothing was changed.")
    return found
