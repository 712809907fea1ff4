"""The sheet of goals. Measured values stay on the goal's page."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily
from django.utils.translation import pgettext_lazy

from projects.enums import GoalState
from projects.models import Goal
from projects.permissions import goal_in_reach_q
from projects.sheets.books import Books
from projects.sheets.cells import folded
from projects.sheets.columns import Choice, Column, Date, Number, One, Text, Whole, texts
from projects.sheets.drafts import Draft
from projects.sheets.kinds.base import Found, Kind, key_column, project_column, project_title

OWNERS = ("project", "municipality", "region")


class GoalKind(Kind):
    """Goals of projects, municipalities and regions."""

    name = "goal"
    model = Goal
    title = _lazily("Goals")
    joined = OWNERS
    order = ("project", "municipality", "region", "order", "pk")

    def reach_q(self, user: Any) -> Q:
        return goal_in_reach_q(user)

    def name_of(self, obj: Any, books: Books) -> str:
        return obj.text_fi

    def make_columns(self) -> Iterator[Column]:
        label = self.label
        either = pgettext_lazy(
            "column of a spreadsheet", "Only when the goal is not a project's but its own."
        )
        yield key_column()
        yield project_column(joint=False, required=False)
        yield project_title()
        yield One("municipality", label("municipality"), book=lambda books: books.municipalities,
                  hint=either, fixed=True, clearable=False)  # fmt: skip
        yield One("region", label("region"), book=lambda books: books.regions, hint=either,
                  fixed=True, clearable=False)  # fmt: skip
        yield from texts(Text, "programme", label("programme_fi"))
        yield from texts(Text, "text", label("text_fi"), also="teksti, text, goal",
                         required=True,
                         example=_lazily("The municipality's buildings use less energy.")
                         )  # fmt: skip
        yield Choice("state", label("state"), kind=GoalState, clearable=False)
        yield from texts(Text, "unit", label("unit_fi"), example="MWh")
        for name, example in (("base_value", "1 200"), ("target_value", "900")):
            yield Number(name, label(name), decimals=3, is_money=False, example=example)
        for name, example in (("base_date", "1.1.2024"), ("target_date", "31.12.2028")):
            yield Date(name, label(name), example=example)
        yield Whole("order", label("order"))

    def key_of(self, obj: Goal) -> Any:
        return obj.project_id, obj.municipality_id, obj.region_id, folded(obj.text_fi or "")

    def known(self, drafts: Sequence[Draft], books: Books) -> dict[Any, int]:
        rows = Goal.objects.filter(self.reach_q(books.user)).order_by()
        found = rows.values_list("pk", "project", "municipality", "region", "text_fi")
        return {(*owners, folded(text)): pk for pk, *owners, text in found}

    def repeated(self) -> tuple[str, str]:
        return "text_fi", _(
            "There is already this goal: number %(key)s. Write the number if you mean it."
        )

    def check(self, draft: Draft, books: Books) -> Found:
        obj: Goal = draft.obj
        if draft.is_new:
            owners = [name for name in OWNERS if getattr(obj, f"{name}_id")]
            if len(owners) != 1:
                yield "project", _("A goal belongs to one project, one municipality or one region.")
            if not books.reach.everything:
                if obj.municipality_id and obj.municipality_id not in books.reach.municipalities:
                    yield "municipality", _("This is outside your area.")
                if obj.region_id and obj.region_id not in books.reach.regions:
                    yield "region", _("This is outside your area.")
        has_figure = obj.base_value is not None or obj.target_value is not None
        if has_figure and not obj.unit_fi:
            yield "unit_fi", _("Say what is counted, so that the figures can be read.")
