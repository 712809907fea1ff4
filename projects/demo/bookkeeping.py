"""Writes a demo project's money as its editor would have: costs by claim, payments as they came."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from climateportal.models import User
from projects import actions
from projects.demo.books import Book, Cost
from projects.demo.people import organisation
from projects.demo.plan import Row
from projects.demo.texts import columns_of
from projects.demo.world import World
from projects.enums import CostSharing, ExpenseState
from projects.ledger import COUNTING
from projects.models import Expense, Funding, Project

MoneyStep = tuple[date, Callable[[], None]]


class Bookkeeper:
    """The money of one project, from its first day on."""

    def __init__(self, book: Book, project: Project, world: World, by: User) -> None:
        self.book, self.project, self.world, self.by = book, project, world, by

    def open(self, day: date) -> None:
        """What is known on the first day: the budget and how it is shared. Not yet stored."""
        book, project = self.book, self.project
        if book.budget is None and not book.fundings:
            return
        project.budget = None if book.budget is None else Decimal(book.budget)
        project.cost_visibility, project.cost_sharing = book.visibility, book.sharing
        for name, text in columns_of({"money_source": book.source}).items():
            setattr(project, name, text)
        if book.as_of or book.claims:
            project.money_as_of = day

    def share_of(self, slug: str) -> Row:
        """Columns of a participation: the municipality's share, if it has one of its own."""
        if slug not in self.book.shares:
            return {}
        return {COUNTING[CostSharing(self.book.sharing)]: Decimal(self.book.shares[slug])}

    def fund(self, day: date) -> None:
        """Store who pays."""
        for order, entry in enumerate(self.book.fundings, start=1):
            row = dict(entry)
            funder = organisation(self.world, row.pop("funder"), day)
            self.world.add(
                Funding, at=self.world.moment(day), by=self.by, project=self.project,
                funder=funder, order=order, **row,
            )  # fmt: skip

    def steps(self, last: date) -> Iterator[MoneyStep]:
        """What happens on which day; costs that are not claimed are entered on the `last` one."""
        left = sorted(self.book.costs, key=lambda cost: cost.on)
        for claimed, paid in self.book.claims:
            costs = [cost for cost in left if cost.on <= claimed]
            left = left[len(costs) :]
            entered: list[Expense] = []
            yield claimed, lambda c=costs, d=claimed, e=entered: e.extend(self._claim(c, d))
            if paid:
                yield paid, lambda d=paid, e=entered: self._pay(e, d)
        if left or self.book.as_of:
            yield last, lambda: self._plan(left, last)

    def _claim(self, costs: list[Cost], day: date) -> list[Expense]:
        return self._enter(costs, day, ExpenseState.CLAIMED, as_of=day)

    def _plan(self, costs: list[Cost], day: date) -> None:
        self._enter(costs, day, ExpenseState.PLANNED, as_of=self.book.as_of)

    def _enter(
        self, costs: list[Cost], day: date, state: ExpenseState, as_of: date | None
    ) -> list[Expense]:
        rows = [
            {
                "date": cost.on,
                "amount": Decimal(cost.amount),
                "category": cost.category,
                "municipality": self.world.municipality(cost.municipality)
                if cost.municipality
                else None,
                "state": state,
                "note": cost.note,
            }
            for cost in costs
        ]
        at = self.world.moment(day)
        return actions.add_expenses(
            project=self.project, rows=rows, by=self.by, as_of=as_of, at=at
        )  # fmt: skip

    def _pay(self, expenses: list[Expense], day: date) -> None:
        at = self.world.moment(day)
        actions.set_payment(expenses=expenses, to=ExpenseState.PAID, by=self.by, at=at)
