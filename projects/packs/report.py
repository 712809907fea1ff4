"""The regular report to a municipality or of a region: a pack of one area and a period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from climateportal.dates import date_range
from climateportal.translated import text_of
from municipalities.models import Meeting, Municipality, Region
from projects.documents.blocks import Block, Document, Facts, Heading, Line, Paragraph, line
from projects.models import Decision
from projects.packs import words
from projects.packs.ahead import ahead_blocks
from projects.packs.changes import change_blocks, plan_word
from projects.packs.decisions import last_time_blocks
from projects.packs.figures import figure_facts
from projects.packs.goals import goal_blocks
from projects.packs.grid import grid_blocks, late_blocks
from projects.packs.money import money_blocks
from projects.packs.ownshare import share_blocks, share_figures
from projects.packs.read import Surroundings, last_decisions, surroundings_of
from projects.packs.since import Since
from projects.packs.stages import stage_blocks
from projects.summaries.changes import changes
from projects.summaries.members import main_target
from projects.summaries.pastreading import states
from projects.summaries.placecosts import PlaceCosts, costs_at
from projects.summaries.state import Area, State


def end_of(day: date, now: datetime | None = None) -> datetime:
    """The last moment of a day in Finland, but never in the future."""
    next_day = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return min(next_day - timedelta(microseconds=1), now or timezone.now())


@dataclass(frozen=True)
class Told:
    """A meeting's day, and the moment whose facts its pack tells."""

    day: date
    at: datetime


@dataclass(frozen=True)
class ReportFacts:
    """All that a report is made of. `costs` are a municipality's; a region has them side by side.

    `last` is the region's last meeting whose pack is public, with its items; None without any.
    """

    before: State
    now: State
    since: Since
    around: Surroundings
    costs: PlaceCosts | None
    last: tuple[Meeting, Sequence[Decision]] | None


def build_report(
    area: Area, first: date, last: date, language: str, pack: Told | None = None
) -> Document:
    """What happened in a municipality or a region from a day to another, both included.

    `pack` is the meeting's on the first day at whose moment the report begins, when not the whole
    day.
    """
    begins = pack.at if pack else end_of(first - timedelta(days=1))
    before, now = states(area, [begins, end_of(last)])
    facts = ReportFacts(
        before=before,
        now=now,
        since=Since(first, last, pack and pack.day),
        around=surroundings_of(now, begins),
        costs=costs_at(now) if isinstance(area, Municipality) else None,
        last=last_decisions(area, now) if isinstance(area, Region) else None,
    )
    with translation.override(language):
        name = text_of(area, "name").value
        page = "municipality-report" if isinstance(area, Municipality) else "region-report"
        address = reverse(page, kwargs={"slug": area.slug})
        return Document(
            title=_("Climate work report: %(name)s") % {"name": name},
            subtitle=date_range(first, last),
            lang=language,
            publisher=settings.SITE_NAME,
            address=f"{address}?alku={first.isoformat()}&loppu={last.isoformat()}",
            blocks=tuple(_blocks(facts)),
        )


def _blocks(facts: ReportFacts) -> Iterator[Block]:
    now, around, since, costs = facts.now, facts.around, facts.since, facts.costs
    yield Facts((*_what(now), (_("Figures are as of"), line(words.day(now.on)))))
    yield Heading(2, _("In short"), "lyhyesti")
    yield figure_facts(now, facts.before, since, share_figures(costs) if costs else None)
    if facts.last:
        yield Heading(2, _("Decisions of the last meeting and how they stand"), "viime-paatokset")
        yield from last_time_blocks(*facts.last, now.on)
    yield Heading(2, since.of(_("What has changed")), "muutokset")
    found = changes(facts.before, now)
    if found.is_empty:
        yield Paragraph(line(_("Nothing has changed in this period.")))
    yield from change_blocks(found, since, around)
    yield Heading(2, _("What is late"), "myohassa")
    yield from late_blocks(now, around)
    yield from _standing(now, around)
    yield Heading(2, _("Money"), "rahat")
    if costs:
        yield from share_blocks(costs, now)
    yield from money_blocks(now)
    if now.goals:
        yield Heading(2, _("Goals"), "tavoitteet")
        yield from goal_blocks(now)
    yield Heading(2, _("What is ahead"), "tulossa")
    yield from ahead_blocks(now, around)


def _what(now: State) -> Iterator[tuple[str, Line]]:
    """What the report is of."""
    if isinstance(now.area, Region):
        yield _("Region"), words.region(now.area)
        own = [row for row in now.targets if row.region_id == now.area.pk]
    else:
        yield _("Municipality"), words.municipality(now.area)
        place = now.members.by_pk[now.area.pk]
        yield _("Climate plan"), line(plan_word(place.plan_status))
        own = [row for row in now.targets if row.municipality_id]
    if target := main_target(own):
        yield _("Climate target"), line(f"{target.get_kind_display()} {target.target_year}")


def _standing(now: State, around: Surroundings) -> Iterator[Block]:
    if isinstance(now.area, Municipality):
        if now.projects:
            yield Heading(2, _("Projects"), "hankkeet")
            yield from stage_blocks(now, now.area.pk)
    elif now.members.by_pk:
        yield Heading(2, _("How the municipalities stand"), "kunnat")
        yield from grid_blocks(now, around.children, around.contacts)
