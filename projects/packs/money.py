"""Costs against budgets, as blocks."""

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.dates import date_range
from climateportal.templatetags.ui import euros, number, percent
from projects.costs import percent_of
from projects.documents.blocks import Block, Column, Line, Paragraph, Row, Table, line
from projects.enums import CostVisibility
from projects.models import Project
from projects.packs import few, words
from projects.packs.drawings import budget_figure
from projects.summaries.state import State


def money_blocks(state: State) -> Iterator[Block]:
    """By project: budget, used, as of when. By municipality: what is recorded as its own cost."""
    used_by = state.used()
    shown = [row for row in state.projects.values() if tells_money(row)]
    shown = [row for row in shown if row.budget is not None or row.pk in used_by]
    silent = len(state.projects) - len(shown)
    if not shown:
        yield Paragraph(line(_("No project has published its budget or costs.")))
        return
    shown.sort(key=lambda row: (-(row.budget or Decimal(0)), row.pk))
    yield from budget_figure([(row, used_by[row.pk]) for row in shown if row.pk in used_by])
    known = state.money_days()
    days = {row.pk: known[row.pk] for row in shown}
    rows, values = [], []
    for row in few.first(shown, state):
        used, as_of = used_by.get(row.pk), days[row.pk]
        cells = words.project(row), euros(row.budget), euros(used), _share(row.budget, used)
        rows.append(Row((cells[0], *map(line, cells[1:]), line(words.day(as_of)))))
        values.append((None, row.budget, used, percent_of(used, row.budget), as_of))
    budgets = [row.budget for row in shown if row.budget is not None]
    total = sum(budgets) if budgets else None
    used = sum(used_by.values()) if used_by else None
    span = date_range(min(days.values()), max(days.values()))
    cells = _("Total of what is reported"), euros(total), euros(used), "", span
    rows.append(Row(tuple(map(line, cells)), "total"))
    values.append((None, total, used, None, None))
    yield Table(
        caption=_("Costs against budget by project"),
        name=_("Costs"),
        columns=(
            Column(_("Project")),
            Column(_("Budget"), numeric=True),
            Column(_("Used"), numeric=True),
            Column(_("Used of the budget"), numeric=True),
            Column(_("As of")),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
    yield from few.rest(shown, state, few.all_costs(state))
    yield from _by_municipality(state, span)
    yield Paragraph(line(" ".join(_notes(shown, used_by.keys(), silent))), "note")


def _share(budget: Decimal | None, used: Decimal | None) -> str:
    """“71 %”, “106 %, 1 850 € over”."""
    share = percent_of(used, budget)
    if share is None:
        return ""
    told = percent(share.quantize(Decimal(1)))
    if used > budget:
        told += ", " + _("%(sum)s over") % {"sum": euros(used - budget)}
    return told


def _notes(shown: Sequence[Project], used: Container[int], silent: int) -> Iterator[str]:
    """What the totals are made of, and what is not in them."""
    yield _("Used: expenses claimed or paid, as each project has told them by its day.")
    if unknown := sum(row.budget is not None and row.pk not in used for row in shown):
        yield ngettext(
            "%(number)s project with a budget has not reported its use.",
            "%(number)s projects with a budget have not reported their use.",
            unknown,
        ) % {"number": number(unknown)}
    if unknown := sum(row.budget is None for row in shown):
        yield ngettext(
            "The budget of %(number)s project is not known.",
            "The budgets of %(number)s projects are not known.",
            unknown,
        ) % {"number": number(unknown)}
    if silent:
        yield ngettext(
            "%(number)s project has not published what it costs.",
            "%(number)s projects have not published what they cost.",
            silent,
        ) % {"number": number(silent)}


def tells_money(row: Project) -> bool:
    """Whether a project's sums are public: chosen so, and their date is known."""
    return row.cost_visibility != CostVisibility.NOTHING and row.money_as_of is not None


def _by_municipality(state: State, span: str) -> Iterator[Block]:
    found: dict[int | None, Decimal] = {}
    for row in state.spent():
        place = state.mergers.now(row.municipality_id)
        key = place if place in state.members.by_pk else None
        found[key] = found.get(key, Decimal(0)) + row.amount
    if not any(key is not None for key in found):
        return
    rows: list[Row] = []
    values: list[tuple] = []
    named: list[tuple[Line, Decimal]] = [
        (words.municipality(place), found[pk])
        for pk, place in state.members.by_pk.items()
        if pk in found
    ]
    if None in found:
        named.append((line(_("Joint or elsewhere")), found[None]))
    for name, amount in named:
        rows.append(Row((name, line(euros(amount)))))
        values.append((None, amount))
    yield Table(
        caption=_("Used by municipality, as of %(days)s") % {"days": span},
        name=_("Costs by municipality"),
        columns=(Column(_("Municipality")), Column(_("Used"), numeric=True)),
        rows=tuple(rows),
        values=tuple(values),
    )
