"""Costs against budgets, as blocks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.templatetags.ui import euros, number, percent
from municipalities.models import Region
from projects.costs import percent_of
from projects.documents.blocks import Block, Column, Paragraph, Row, Table, line
from projects.packs import few, words
from projects.packs.drawings import budget_figure
from projects.summaries.spending import ProjectMoney, RegionMoney
from projects.summaries.state import State


def money_blocks(state: State) -> Iterator[Block]:
    """By project: budget, used, as of when. By municipality: what is recorded as its own cost."""
    money = state.money
    if not money.projects:
        yield Paragraph(line(_("No project has published its budget or costs.")))
        return
    named = state.projects
    yield from budget_figure(
        [(named[row.pk], row.used) for row in money.projects if row.used is not None]
    )
    shown = few.first(money.projects, state)
    sources = [words.text(named[row.pk], "money_source") for row in shown]
    has_sources = any(sources)
    rows, values = [], []
    for row, source in zip(shown, sources, strict=True):
        cells = euros(row.budget), euros(row.used), _share(row), words.day(row.as_of)
        more = (source or line(words.unknown()),) if has_sources else ()
        rows.append(Row((words.project(named[row.pk]), *map(line, cells), *more)))
        values.append((None, row.budget, row.used, percent_of(row.used, row.budget), row.as_of))
    span = words.as_of(money.oldest, money.newest)
    cells = _("Total of what is reported"), euros(money.budget), euros(money.used), "", span
    rows.append(Row((*map(line, cells), *([()] if has_sources else [])), "total"))
    values.append((None, money.budget, money.used, None, None))
    yield Table(
        caption=_("Costs against budget by project"),
        name=_("Costs"),
        columns=(
            Column(_("Project")),
            Column(_("Budget"), numeric=True),
            Column(_("Used"), numeric=True),
            Column(_("Used of the budget"), numeric=True),
            Column(_("As of")),
            *([Column(_("Source"))] if has_sources else []),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
    yield from few.rest(money.projects, state, few.all_costs(state))
    if money.has_places:
        yield _by_municipality(state, span)
    yield Paragraph(line(" ".join(_notes(money))), "note")


def _share(row: ProjectMoney) -> str:
    """“71 %”, “106,2 %, 1 850 € over”."""
    share = percent_of(row.used, row.budget)
    told = [] if share is None else [percent(share)]
    if row.over:  # also over a budget of nothing, which has no percentage
        told.append(_("%(sum)s over") % {"sum": euros(row.over)})
    return ", ".join(told)


def _notes(money: RegionMoney) -> Iterator[str]:
    """What the totals are made of, and what is not in them."""
    yield _("Used: expenses claimed or paid, as each project has told them by its day.")
    if unknown := money.use_unknown:
        yield ngettext(
            "%(number)s project with a budget has not reported its use.",
            "%(number)s projects with a budget have not reported their use.",
            unknown,
        ) % {"number": number(unknown)}
    if unknown := money.budget_unknown:
        yield ngettext(
            "The budget of %(number)s project is not known.",
            "The budgets of %(number)s projects are not known.",
            unknown,
        ) % {"number": number(unknown)}
    if money.silent:
        yield ngettext(
            "%(number)s project has not published what it costs.",
            "%(number)s projects have not published what they cost.",
            money.silent,
        ) % {"number": number(money.silent)}


def _by_municipality(state: State, span: str) -> Table:
    is_region, places = isinstance(state.area, Region), state.money.places
    rest = _("Joint or elsewhere") if is_region else _("Other municipalities and joint")
    named = [
        words.municipality(row.municipality) if row.municipality else line(rest) for row in places
    ]
    pairs = list(zip(named, places, strict=True))
    return Table(
        caption=_("Used by municipality, as of %(days)s") % {"days": span},
        name=_("Costs by municipality"),
        columns=(Column(_("Municipality")), Column(_("Used"), numeric=True)),
        rows=tuple(Row((name, line(euros(row.used)))) for name, row in pairs),
        values=tuple((None, row.used) for _name, row in pairs),
    )
