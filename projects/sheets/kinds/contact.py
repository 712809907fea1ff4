"""The sheet of contacts: who they are, not on which projects they are listed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from projects.enums import ContactKind
from projects.models import Contact
from projects.permissions import contact_in_reach_q
from projects.sheets.books import Books
from projects.sheets.cells import folded
from projects.sheets.columns import Choice, Column, Date, One, Text, texts
from projects.sheets.drafts import Draft
from projects.sheets.kinds.base import Kind, key_column


class ContactKindOfSheet(Kind):
    """Persons and role mailboxes."""

    name = "contact"
    model = Contact
    title = _lazily("Contacts")
    owner = ""
    joined = ("organisation",)
    order = ("name", "pk")

    def reach_q(self, user: Any) -> Q:
        return contact_in_reach_q(user)

    def name_of(self, obj: Any, books: Books) -> str:
        return obj.name

    def make_columns(self) -> Iterator[Column]:
        label = self.label
        yield key_column()
        yield Choice("kind", label("kind"), kind=ContactKind, clearable=False,
                     example=ContactKind.ROLE.label)  # fmt: skip
        yield Text("name", label("name"), required=True, clearable=False, example="Ylä-Savo")
        yield from texts(Text, "title", label("title_fi"), also="nimike, title",
                         example=_lazily("Climate coordinator"))  # fmt: skip
        yield One("organisation", label("organisation"), book=lambda books: books.organisations)
        yield Text("email", label("email"), also="sähköposti, e-post, email, e-mail",
                   example="ilmasto@example.fi")  # fmt: skip
        yield Text("phone", label("phone"), also="puhelinnumero, puh, telefon, phone")
        yield Date("valid_until", label("valid_until"), also="voimassa asti, giltig till")

    def key_of(self, obj: Contact) -> Any:
        return folded(obj.name or ""), (obj.email or "").casefold(), obj.organisation_id

    def known(self, drafts: Sequence[Draft], books: Books) -> dict[Any, int]:
        rows = Contact.objects.filter(self.reach_q(books.user)).order_by().distinct()
        found = rows.values_list("pk", "name", "email", "organisation")
        return {(folded(name), mail.casefold(), org): pk for pk, name, mail, org in found}

    def repeated(self) -> tuple[str, str]:
        return "name", _(
            "There is already this contact: number %(key)s. Write the number if you mean it."
        )
