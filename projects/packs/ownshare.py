"""What its projects cost one municipality, as blocks: for its own report."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from climateportal.templatetags.ui import euros, number, percent
from projects.documents.blocks import Block, Column, Line, Paragraph, Row, Table, line
from projects.packs import few, words
from projects.packs.figures import Told
from projects.summaries.placecosts import PlaceCost, PlaceCosts
from projects.summaries.state import State


def share_figures(costs: PlaceCosts) -> Iterator[Told]:
    """The municipality's share of all its projects together and its own expenses."""
    if costs.share is not None:
        told = _("Share of the municipality")
        if costs.unshared:
            unknown = ngettext(
                "the share of %(count)s project is not known",
                "the shares of %(count)s projects are not known",
                costs.unshared,
            )
            told = f"{told}, {unknown % {'count': number(costs.unshared)}}"
        yield Told(told, costs.share)
    if costs.used is not None:
        told = _("Own expenses")
        if costs.unused:
            unknown = ngettext(
                "of %(count)s project not reported",
                "of %(count)s projects not reported",
                costs.unused,
            )
            told = f"{told}, {unknown % {'count': number(costs.unused)}}"
        yield Told(told, costs.used)


def share_blocks(costs: PlaceCosts, state: State) -> Iterator[Block]:
    """By project: grants, what the municipalities pay together, this one's share, its expenses."""
    if not costs.rows:
        return
    rows = [Row(_cells(row)) for row in few.first(costs.rows, state)]
    values = [
        (None, row.grants, row.own, row.share, row.used, row.as_of)
        for row in few.first(costs.rows, state)
    ]
    if len(costs.rows) > 1:
        told = euros(costs.share), euros(costs.used), words.as_of(costs.oldest, costs.newest)
        name = line(_("Total of what is reported"))
        rows.append(Row((name, (), (), *map(line, told)), "total"))
        values.append((None, None, None, costs.share, costs.used, None))
    yield Table(
        caption=_("The municipality's share of the costs"),
        name=_("Share of the municipality"),
        columns=(
            Column(_("Project")),
            Column(pgettext("money", "Grants"), numeric=True),
            Column(_("Municipalities together"), numeric=True),
            Column(_("Share of the municipality"), numeric=True),
            Column(_("Own expenses"), numeric=True),
            Column(_("As of")),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
    yield from few.rest(costs.rows, state, few.all_projects(state))
    yield Paragraph(
        line(
            _(
                "The municipality's share is its part of what grants do not cover. Own expenses: "
                "applied for or paid, recorded as this municipality's own."
            )
        ),
        "note",
    )


def _cells(row: PlaceCost) -> tuple[Line, ...]:
    share = euros(row.share)
    if row.share_percent is not None:
        share = f"{share}, {percent(row.share_percent, 2)}"
    return (
        words.project(row.project),
        line(euros(row.grants)),
        line(euros(row.own)),
        line(share),
        line(euros(row.used)),
        line(words.day(row.as_of)),
    )
