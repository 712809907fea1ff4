"""The sheet of expenses."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazily

from projects.enums import ExpenseCategory, ExpenseState
from projects.models import Expense
from projects.pasted import CATEGORY_WORDS, STATE_WORDS
from projects.permissions import expense_in_reach_q
from projects.sheets.books import Books
from projects.sheets.cells import folded
from projects.sheets.columns import Choice, Column, Date, Number, One, Text
from projects.sheets.drafts import Draft
from projects.sheets.kinds.base import (
    Found,
    Kind,
    key_column,
    not_of_own_part,
    own_part_only,
    project_column,
    project_title,
)


def _more(words: dict[Any, str]) -> dict[str, str]:
    return {
        folded(word.replace("_", " ")): value
        for value, listed in words.items()
        for word in listed.split()
    }


class ExpenseKind(Kind):
    """What projects have cost. Two rows may be alike: two train tickets of one day."""

    name = "expense"
    model = Expense
    title = _lazily("Expenses")
    joined = ("project", "municipality")
    order = ("project", "date", "pk")

    def reach_q(self, user: Any) -> Q:
        return expense_in_reach_q(user)

    def name_of(self, obj: Any, books: Books) -> str:
        return obj.note or books.joint_projects.label(obj.project_id)

    def make_columns(self) -> Iterator[Column]:
        label = self.label
        yield key_column()
        yield project_column()
        yield project_title()
        yield Date("date", label("date"), also="pvm, päivämäärä, day", required=True,
                   clearable=False, example="1.5.2026")  # fmt: skip
        yield Number("amount", label("amount"), also="euroa, määrä, hinta, kustannus, sum, cost",
                     required=True, clearable=False, example="1 000,50")  # fmt: skip
        yield Choice("category", label("category"), kind=ExpenseCategory, clearable=False,
                     also="laji, luokka, kategoria", more=_more(CATEGORY_WORDS),
                     example=ExpenseCategory.TRAVEL.label)  # fmt: skip
        yield One("municipality", label("municipality"), book=lambda books: books.municipalities,
                  hint=_lazily("One that takes part in the project; empty when the expense is "
                               "common."))  # fmt: skip
        yield Choice("state", label("state"), kind=ExpenseState, clearable=False,
                     also="tila, maksatushakemus, status, state, payment", more=_more(STATE_WORDS),
                     example=ExpenseState.PAID.label)  # fmt: skip
        yield Text("note", label("note"), also="huomautus, huomio, selite, kuvaus, beskrivning")

    def check(self, draft: Draft, books: Books) -> Found:
        if not_of_own_part(draft, books):
            yield "municipality", own_part_only()
