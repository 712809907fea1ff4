"""What the six kinds of sheets share."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from projects.sheets.books import Books
from projects.sheets.columns import Column, One, Told
from projects.sheets.drafts import Draft

Found = Iterator[tuple[str, str]]  # name of a column ("" is the whole row) and a sentence


class Key(Column):
    """The number of a stored row: written by an export, left empty for a new row."""

    def text(self, value: Any, books: Books) -> str:
        return "" if value is None else str(value)

    def written(self, value: Any, books: Books) -> Any:
        return value


def key_column(example: Any = "") -> Key:
    """The first column of every sheet."""
    return Key(
        "id",
        pgettext_lazy("column of a spreadsheet", "Number"),
        also="id, tunnus, tunniste, nro, nr, no, pk",
        hint=pgettext_lazy("column of a spreadsheet", "Empty: a new row. Do not change a number."),
        clearable=False,
    )


def project_column(joint: bool = True, **more: Any) -> One:
    """To which project a row belongs; `joint` ones count, of which only a part is edited."""
    return One(
        "project",
        pgettext_lazy("column of a spreadsheet", "project"),
        also="hankkeen osoite, hankkeen tunnus, projekt, project, slug",
        hint=pgettext_lazy(
            "column of a spreadsheet",
            "The last part of the address of the project's page. Its title will do too.",
        ),
        book=lambda books: books.joint_projects if joint else books.projects,
        example="hiilineutraali-kunta-2035",
        fixed=True,
        clearable=False,
        **{"required": True, **more},
    )


def project_title() -> Told:
    """The title of the project, so that a person knows which it is."""
    return Told(
        "project_title",
        pgettext_lazy("column of a spreadsheet", "title of the project"),
        also="hankkeen nimi, projektets namn",
        tell=lambda obj: str(obj.project) if obj.project_id else "",
    )


class Kind:
    """One kind of rows. `joined` and `fetched` are what its columns need of other tables."""

    name: ClassVar[str]
    model: ClassVar[type[models.Model]]
    title: ClassVar[Any]
    owner: ClassVar[str] = "project_id"  # "" when rows belong to no project
    joined: ClassVar[tuple[str, ...]] = ()
    fetched: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("pk",)

    def __init__(self) -> None:
        self.columns: tuple[Column, ...] = tuple(self.make_columns())
        self.by_name = {column.name: column for column in self.columns}

    def make_columns(self) -> Iterator[Column]:
        """The columns in the order of an export; the first is the key."""
        raise NotImplementedError

    def label(self, field: str) -> Any:
        """What a field of the model is called."""
        return self.model._meta.get_field(field).verbose_name

    def reach_q(self, user: Any) -> Q:
        """Rows that the user may edit."""
        raise NotImplementedError

    def rows(self) -> QuerySet:
        """Rows with all that their columns read."""
        found = self.model._default_manager.select_related(*self.joined)
        return found.prefetch_related(*self.fetched).order_by(*self.order)

    def key_of(self, obj: Any) -> Any:
        """What no two rows of a file may share, besides the number; None when there is no such."""
        return None

    def known(self, drafts: Sequence[Draft], books: Books) -> dict[Any, int]:
        """Keys of stored rows that new rows might repeat, with their numbers."""
        return {}

    def stands_for(self, key: Any) -> bool:
        """Whether a row without a number that has the key of a stored one means that one."""
        return False

    def repeated(self) -> tuple[str, str]:
        """What is told of a new row that seems to be stored already."""
        raise NotImplementedError

    def name_of(self, obj: Any, books: Books) -> str:
        """What a row is called in a preview; it may be half filled in. No query."""
        raise NotImplementedError

    def check(self, draft: Draft, books: Books) -> Found:
        """Rules over several columns."""
        yield from ()

    def prepare(self, draft: Draft, books: Books) -> None:
        """Fill in what follows from what was said."""

    def project_of(self, obj: Any) -> int | None:
        """The project whose page shows the row."""
        return getattr(obj, self.owner) if self.owner else None


def not_of_own_part(draft: Draft, books: Books) -> bool:
    """Whether the row is somebody else's in a joint project, or would become so."""
    obj: Any = draft.obj
    return bool(obj.project_id) and not books.reach.owns_row(obj.project_id, obj.municipality_id)


def own_part_only() -> str:
    """What is told of a row that is not of the own part of a joint project."""
    return _(
        "Of this joint project you edit only the rows of your own municipality. Write it here."
    )


def owners_fixed() -> str:
    """What is told to those who edit a project but do not say to whom it belongs."""
    return _("Who takes part in this project is decided by those who coordinate its area.")


def not_reachable() -> str:
    """Says the same of what is not there and of what is out of reach."""
    return _("There is no such row, or it is outside your area. A new row has no number.")


def moved() -> str:
    """Why an owner does not change."""
    return _("A stored row keeps its owner. Leave the number empty to add a new row.")
