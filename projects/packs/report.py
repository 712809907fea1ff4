"""The regular report to a municipality: a pack of one municipality and a period."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from climateportal.dates import date_range
from climateportal.translated import text_of
from municipalities.models import Municipality
from projects.documents.blocks import Block, Document, Facts, Heading, Paragraph, line
from projects.packs import words
from projects.packs.ahead import ahead_blocks
from projects.packs.changes import change_blocks, plan_word
from projects.packs.figures import figure_facts
from projects.packs.goals import goal_blocks
from projects.packs.grid import Contacts, late_blocks
from projects.packs.money import money_blocks
from projects.packs.ownshare import share_blocks, share_figures
from projects.packs.read import surroundings_of
from projects.packs.stages import stage_blocks
from projects.summaries.changes import changes
from projects.summaries.pastreading import states
from projects.summaries.placecosts import PlaceCosts, costs_at
from projects.summaries.state import State


def end_of(day: date, now: datetime | None = None) -> datetime:
    """The last moment of a day in Finland, but never in the future."""
    next_day = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return min(next_day - timedelta(microseconds=1), now or timezone.now())


def build_report(municipality: Municipality, first: date, last: date, language: str) -> Document:
    """What happened in a municipality from a day to another, both included, in one language."""
    moments = [end_of(first - timedelta(days=1)), end_of(last)]
    before, now = states(municipality, moments)
    around, costs = surroundings_of(now), costs_at(now)
    with translation.override(language):
        name = text_of(municipality, "name").value
        address = reverse("municipality-report", kwargs={"slug": municipality.slug})
        return Document(
            title=_("Climate work report: %(name)s") % {"name": name},
            subtitle=date_range(first, last),
            lang=language,
            publisher=settings.SITE_NAME,
            address=f"{address}?alku={first.isoformat()}&loppu={last.isoformat()}",
            blocks=tuple(_blocks(municipality, before, now, costs, around.contacts, around.events)),
        )


def _blocks(
    municipality: Municipality,
    before: State,
    now: State,
    costs: PlaceCosts,
    contacts: Contacts,
    events: list,
) -> Iterator[Block]:
    place = now.members.by_pk[municipality.pk]
    yield Facts(
        (
            (_("Municipality"), words.municipality(municipality)),
            (_("Climate plan"), line(plan_word(place.plan_status))),
            (_("Figures are as of"), line(words.day(now.on))),
        )
    )
    yield Heading(2, _("In short"), "lyhyesti")
    yield figure_facts(now, before, share_figures(costs))
    day = words.day(before.on)
    yield Heading(2, _("What has changed since %(day)s") % {"day": day}, "muutokset")
    found = changes(before, now)
    if found.is_empty:
        yield Paragraph(line(_("Nothing has changed in this period.")))
    yield from change_blocks(found)
    yield Heading(2, _("What is late"), "myohassa")
    yield from late_blocks(now, contacts)
    if now.projects:
        yield Heading(2, _("Projects"), "hankkeet")
        yield from stage_blocks(now, municipality.pk)
    yield Heading(2, _("Money"), "rahat")
    yield from share_blocks(costs, now)
    yield from money_blocks(now)
    if now.goals:
        yield Heading(2, _("Goals"), "tavoitteet")
        yield from goal_blocks(now)
    yield Heading(2, _("What is ahead"), "tulossa")
    yield from ahead_blocks(now, events)
