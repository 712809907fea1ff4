"""Costs against budgets, as blocks."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from climateportal.templatetags.ui import euros, percent
from projects.documents.blocks import Block, Column, Line, Paragraph, Row, Table, line
from projects.enums import CostVisibility
from projects.models import Project
from projects.packs import few, words
from projects.packs.drawings import budget_figure
from projects.summaries.changes import totals
from projects.summaries.state import State


def money_blocks(state: State) -> Iterator[Block]:
    """By project: budget, used, as of when. By municipality: what is recorded as its own cost."""
    spent = totals(state.spent())
    shown = [row for row in state.projects.values() if tells_money(row)]
    shown = [row for row in shown if row.budget is not None or row.pk in spent]
    silent = len(state.projects) - len(shown)
    if not shown:
        yield Paragraph(line(_("No project has published its budget or costs.")))
        return
    shown.sort(key=lambda row: (-(row.budget or Decimal(0)), row.pk))
    yield from budget_figure([(row, spent[row.pk]) for row in shown if row.pk in spent])
    rows, values = [], []
    for row in few.first(shown, state):
        used = spent.get(row.pk)
        share = used / row.budget * 100 if used is not None and row.budget else None
        rows.append(
            Row(
                (
                    words.project(row), line(euros(row.budget)), line(euros(used)),
                    line(percent(share.quantize(Decimal(1))) if share is not None else ""),
                    line(words.day(row.money_as_of)),
                )
            )
        )  # fmt: skip
        values.append((None, row.budget, used, share and round(share, 1), row.money_as_of))
    budgets = [row.budget for row in shown if row.budget is not None]
    total = sum(budgets) if budgets else None
    used = sum(spent.values()) if spent else None
    rows.append(Row((line(_("Total")), line(euros(total)), line(euros(used)), (), ()), "total"))
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
    yield from _by_municipality(state)
    note = _("Used: expenses claimed or paid by %(day)s.") % {"day": words.day(state.on)}
    if silent:
        note += " " + _("Projects that have not published their money: %(number)s.") % {
            "number": silent
        }
    yield Paragraph(line(note), "note")


def tells_money(row: Project) -> bool:
    """Whether a project's sums are public: chosen so, and their date is known."""
    return row.cost_visibility != CostVisibility.NOTHING and row.money_as_of is not None


def _by_municipality(state: State) -> Iterator[Block]:
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
        caption=_("Used by municipality"),
        name=_("Costs by municipality"),
        columns=(Column(_("Municipality")), Column(_("Used"), numeric=True)),
        rows=tuple(rows),
        values=tuple(values),
    )
