"""A municipality's projects with its own stage in each, as blocks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from municipalities.alphabet import alphabetical
from projects.documents.blocks import Block, Column, Row, Table, line
from projects.enums import ScheduleStatus
from projects.packs import few, words
from projects.schedule import Assessment, FactKind
from projects.summaries.state import State


def stage_blocks(state: State, municipality: int) -> Iterator[Block]:
    """Project, the municipality's own stage, schedule; those that go on first."""
    own = {row.pk: row.stage_in(municipality) for row in state.facts()}
    rows = []
    projects = sorted(
        state.projects.values(), key=lambda row: (row.is_over(), alphabetical(row.title), row.pk)
    )
    for row in few.first(projects, state):
        ends = words.day(row.end_date, row.date_precision) if row.end_date else ""
        rows.append(
            Row(
                (
                    words.project(row),
                    line(words.stage_word(own[row.pk], row.activity)),
                    line(_schedule(state.schedule(row))),
                    line(_("ongoing") if row.is_ongoing else ends or words.unknown()),
                )
            )
        )
    yield Table(
        caption=_("The municipality's own stage in each project"),
        name=_("Projects"),
        columns=(
            Column(_("Project")),
            Column(_("Stage")),
            Column(_("Schedule of the project")),
            Column(_("Ends")),
        ),
        rows=tuple(rows),
    )
    yield from few.rest(projects, state, few.all_projects(state))


def _schedule(found: Assessment) -> str:
    """“On schedule, by the dates: late”: what the dates say against a stated status (rule 2)."""
    told = str(ScheduleStatus(found.status).label)
    for fact in found.facts:
        if fact.kind == FactKind.DATES_SAY:
            status = str(ScheduleStatus(fact.status).label).lower()
            told += ", " + _("by the dates: %(status)s") % {"status": status}
    return told
