"""The sheet of participations: each municipality's own stage, contact and cost share."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from projects.enums import CostSharing, Stage
from projects.ledger import COUNTING
from projects.models import Participation
from projects.permissions import participation_in_reach_q
from projects.sheets.books import Books
from projects.sheets.columns import Choice, Column, Number, One, Text, Whole, texts
from projects.sheets.drafts import Draft
from projects.sheets.kinds.base import (
    Found,
    Kind,
    key_column,
    owners_fixed,
    project_column,
    project_title,
)


class ParticipationKind(Kind):
    """Municipalities of projects. Project and municipality tell which row is meant."""

    name = "participation"
    model = Participation
    title = _lazily("Participating municipalities")
    joined = ("project", "municipality", "contact")
    order = ("project", "order", "pk")

    def reach_q(self, user: Any) -> Q:
        return participation_in_reach_q(user)

    def name_of(self, obj: Any, books: Books) -> str:
        return books.municipalities.label(obj.municipality_id)

    def make_columns(self) -> Iterator[Column]:
        label = self.label
        yield key_column()
        yield project_column()
        yield project_title()
        yield One("municipality", label("municipality"), book=lambda books: books.municipalities,
                  required=True, fixed=True, clearable=False, example="Akaa")  # fmt: skip
        yield Choice("stage", label("stage"), kind=Stage, also="vaihe, skede, stage",
                     example=Stage.PLANNING.label)  # fmt: skip
        yield One("contact", label("contact"), book=lambda books: books.contacts,
                  also="yhteyshenkilö, kontaktperson, contact",
                  hint=_lazily("By e-mail address or name."))  # fmt: skip
        yield Number("cost_share_amount", label("cost_share_amount"))
        yield Number("cost_share_percent", label("cost_share_percent"))
        yield from texts(Text, "note", label("note_fi"), also="huomautus, note")
        yield Whole("order", label("order"))

    def key_of(self, obj: Participation) -> Any:
        return obj.project_id, obj.municipality_id

    def known(self, drafts: Sequence[Draft], books: Books) -> dict[Any, int]:
        rows = Participation.objects.filter(self.reach_q(books.user)).order_by()
        return {(*key,): pk for pk, *key in rows.values_list("pk", "project", "municipality")}

    def stands_for(self, key: Any) -> bool:
        return None not in key

    def check(self, draft: Draft, books: Books) -> Found:
        obj: Participation = draft.obj
        if obj.project_id not in books.cost_sharing:
            return
        fixed = not books.reach.everything and obj.project_id not in books.reach.of_area
        if fixed and (draft.is_new or "order" in draft.values):
            yield "municipality", owners_fixed()
        how = CostSharing(books.cost_sharing[obj.project_id])
        for name in ("cost_share_amount", "cost_share_percent"):
            given = name in draft.values and draft.values[name] is not None
            if given and COUNTING.get(how) != name:
                told = _("The project shares its costs otherwise: %(how)s. Leave the cell empty.")
                yield name, told % {"how": how.label}
