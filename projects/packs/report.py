"""The regular report to a municipality or of a region: a pack of one area and a period."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from climateportal.dates import date_range
from climateportal.translated import text_of
from municipalities.models import Municipality, Region
from projects.documents.blocks import Block, Document, Facts, Heading, Line, Paragraph, line
from projects.packs import words
from projects.packs.ahead import ahead_blocks
from projects.packs.changes import change_blocks, plan_word
from projects.packs.figures import figure_facts
from projects.packs.goals import goal_blocks
from projects.packs.grid import grid_blocks, late_blocks
from projects.packs.money import money_blocks
from projects.packs.ownshare import share_blocks, share_figures
from projects.packs.read import Surroundings, surroundings_of
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


def build_report(
    area: Area, first: date, last: date, language: str, since: datetime | None = None
) -> Document:
    """What happened in a municipality or a region from a day to another, both included.

    `since` is the moment within the first day at which the report begins, when not the whole day.
    """
    begins = since or end_of(first - timedelta(days=1))
    before, now = states(area, [begins, end_of(last)])
    around = surroundings_of(now)
    costs = costs_at(now) if isinstance(area, Municipality) else None
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
            blocks=tuple(_blocks(before, now, around, costs)),
        )


def _blocks(
    before: State, now: State, around: Surroundings, costs: PlaceCosts | None
) -> Iterator[Block]:
    """`costs` are those of a municipality alone; a region has its municipalities side by side."""
    yield Facts((*_what(now), (_("Figures are as of"), line(words.day(now.on)))))
    yield Heading(2, _("In short"), "lyhyesti")
    yield figure_facts(now, before, share_figures(costs) if costs else None)
    day = words.day(before.on)
    yield Heading(2, _("What has changed since %(day)s") % {"day": day}, "muutokset")
    found = changes(before, now)
    if found.is_empty:
        yield Paragraph(line(_("Nothing has changed in this period.")))
    yield from change_blocks(found)
    yield Heading(2, _("What is late"), "myohassa")
    yield from late_blocks(now, around.contacts)
    yield from _standing(now, around)
    yield Heading(2, _("Money"), "rahat")
    if costs:
        yield from share_blocks(costs, now)
    yield from money_blocks(now)
    if now.goals:
        yield Heading(2, _("Goals"), "tavoitteet")
        yield from goal_blocks(now)
    yield Heading(2, _("What is ahead"), "tulossa")
    yield from ahead_blocks(now, around.events)


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
