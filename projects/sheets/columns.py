"""Columns of a sheet: how a cell is read, what is stored, and how that is written back.

Reading what was written always gives what is stored, or something that counts as the same: an
export that comes back unchanged changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import EnumType
from html import escape, unescape
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from climateportal.richtext import plain, sanitise
from climateportal.sheetfiles.tables import Value
from climateportal.sheetfiles.tables import clean as cleaned
from projects.enums import Precision
from projects.schedule import period_end
from projects.sheets import cells
from projects.sheets.books import Books, Names
from projects.sheets.cells import Day, Wrong

LANGUAGE_NAMES = {"fi": _lazily("Finnish"), "sv": _lazily("Swedish"), "en": _lazily("English")}
LONGEST_SHOWN = 300  # characters of a value in a preview


@dataclass(frozen=True)
class Column:
    """One column. `name` is the field it fills; `also` are more headings, in any language."""

    name: str
    label: Any
    also: str = ""  # parted by commas
    hint: Any = ""
    example: str = ""
    language: str = ""  # of a translated text
    required: bool = False  # in a new row
    clearable: bool = True
    read_only: bool = False
    fixed: bool = False  # once the row is stored
    is_number: ClassVar[bool] = False

    def read(self, text: str, books: Books) -> Any:
        """What a cell that is not blank says. Raises Wrong."""
        raise NotImplementedError

    def stored(self, obj: models.Model) -> Any:
        """What the row has now."""
        return getattr(obj, self.name)

    def put(self, obj: models.Model, value: Any) -> None:
        """Give the row a value."""
        setattr(obj, self.name, value)

    def written(self, value: Any, books: Books) -> Value:
        """The value for a workbook."""
        return self.text(value, books)

    def text(self, value: Any, books: Books) -> str:
        """The value in words that `read` reads."""
        return "" if value is None else str(value)

    @property
    def empty(self) -> Any:
        """The value that “(clear)” gives."""
        return None

    @property
    def fields(self) -> set[str]:
        """The fields of the model that the column fills."""
        return {self.name}

    def heading(self) -> str:
        """“Nimi (ruotsi)”: in the active language."""
        name = str(self.label)
        name = name[:1].upper() + name[1:]
        return f"{name} ({LANGUAGE_NAMES[self.language]})" if self.language else name

    def words(self) -> str:
        """What may be written in the column, for the sheet of words."""
        return ""

    def shown(self, value: Any, books: Books) -> str:
        """The value in a preview."""
        text = self.text(value, books)
        return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


@dataclass(frozen=True)
class Text(Column):
    """A line of text."""

    lines: bool = False  # keeps line breaks

    def read(self, text: str, books: Books) -> str:
        return text if self.lines else " ".join(text.split())

    def text(self, value: Any, books: Books) -> str:
        return str(value or "")

    @property
    def empty(self) -> str:
        return ""


@dataclass(frozen=True)
class Rich(Column):
    """Rich text: paragraphs as plain text, anything more as HTML, which is sanitised."""

    def read(self, text: str, books: Books) -> str:
        if text.startswith("<") and plain(text) != text:
            try:
                html = sanitise(text)
            except ValidationError as error:
                raise Wrong(" ".join(error.messages)) from error
            return html if plain(html) else ""
        parts = [part for part in text.split("\n\n") if part.strip()]
        return "".join(
            f"<p>{escape(part.strip(), quote=False).replace(chr(10), '<br>')}</p>" for part in parts
        )

    def text(self, value: Any, books: Books) -> str:
        html = str(value or "")
        simple = html.removeprefix("<p>").removesuffix("</p>")
        words = unescape(simple.replace("</p><p>", "\n\n").replace("<br>", "\n"))
        same = "<" not in simple.replace("</p><p>", "").replace("<br>", "")
        return words if same and self.read(cleaned(words), books) == html else html

    def shown(self, value: Any, books: Books) -> str:
        return super().shown(plain(str(value or "")), books)

    @property
    def empty(self) -> str:
        return ""


@dataclass(frozen=True)
class Choice(Column):
    """A word of a vocabulary. `without` are values that cannot be written here."""

    kind: EnumType | None = None
    without: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)  # other words: folded → value

    @property
    def allowed(self) -> list[str]:
        """The values that may be written."""
        return [choice.value for choice in self.kind if choice.value not in self.without]

    def read(self, text: str, books: Books) -> str:
        return cells.read_choice(text, self.kind, self.allowed, self.more)

    def text(self, value: Any, books: Books) -> str:
        return str(self.kind(value).label) if value in self.kind.values else str(value or "")

    def words(self) -> str:
        return ", ".join(str(self.kind(value).label) for value in self.allowed)

    @property
    def empty(self) -> str:
        return ""


@dataclass(frozen=True)
class Yes(Column):
    """Yes or no."""

    clearable: bool = False

    def read(self, text: str, books: Books) -> bool:
        return cells.read_yes(text)

    def text(self, value: Any, books: Books) -> str:
        return str(cells.YES if value else cells.NO)

    def words(self) -> str:
        return f"{cells.YES}, {cells.NO}"


@dataclass(frozen=True)
class Date(Column):
    """A day; with `precision`, the field that tells how exactly it is known, also 5/2026, 2026."""

    precision: str = ""
    is_end: bool = False  # whether a month stands for its last day

    @property
    def fields(self) -> set[str]:
        return {self.name, self.precision} - {""}

    def read(self, text: str, books: Books) -> Day:
        day = cells.read_day(text, exact=not self.precision)
        return Day(period_end(*day), day.precision) if self.is_end else day

    def stored(self, obj: models.Model) -> Day | None:
        value = getattr(obj, self.name)
        exactness = getattr(obj, self.precision) if self.precision else Precision.DAY
        return None if value is None else Day(value, str(exactness))

    def put(self, obj: models.Model, value: Day | None) -> None:
        setattr(obj, self.name, value.date if value else None)
        if value and self.precision:
            setattr(obj, self.precision, value.precision)

    def written(self, value: Any, books: Books) -> Value:
        if value is not None and value.precision == Precision.DAY:
            return value.date
        return self.text(value, books)

    def text(self, value: Any, books: Books) -> str:
        return cells.day_text(value) if value else ""

    def words(self) -> str:
        return "1.5.2026, 5/2026, 2026" if self.precision else "1.5.2026"


@dataclass(frozen=True)
class Number(Column):
    """A number with decimals."""

    is_number: ClassVar[bool] = True
    decimals: int = 2
    is_money: bool = True

    def read(self, text: str, books: Books) -> Any:
        return cells.read_decimal(text, self.decimals, self.is_money)

    def written(self, value: Any, books: Books) -> Value:
        return value

    def text(self, value: Any, books: Books) -> str:
        return "" if value is None else cells.number_text(value)

    def words(self) -> str:
        return "1 000,50"


@dataclass(frozen=True)
class Whole(Column):
    """A whole number."""

    clearable: bool = False

    def read(self, text: str, books: Books) -> int:
        return cells.read_whole(text)

    def written(self, value: Any, books: Books) -> Value:
        return value

    def words(self) -> str:
        return "1, 2, 3"


@dataclass(frozen=True)
class One(Column):
    """Another row, by name. `book` tells the names."""

    book: Callable[[Books], Names] = field(default=lambda books: Names())

    def read(self, text: str, books: Books) -> int:
        return self.book(books).find(text)

    def stored(self, obj: models.Model) -> int | None:
        return getattr(obj, f"{self.name}_id")

    def put(self, obj: models.Model, value: int | None) -> None:
        setattr(obj, f"{self.name}_id", value)

    def text(self, value: Any, books: Books) -> str:
        return self.book(books).label(value)


@dataclass(frozen=True)
class Many(Column):
    """Several rows, by name. Not put into the row: the writer sets them after it is saved."""

    book: Callable[[Books], Names] = field(default=lambda books: Names())
    adds_only: bool = False  # whether what is not listed stays

    def read(self, text: str, books: Books) -> frozenset[int]:
        names = self.book(books)
        parts = _parts(text, ";\n")
        if len(parts) == 1:
            try:
                return frozenset([names.find(text)])
            except Wrong:
                parts = _parts(text, ",")
        return frozenset(names.find(part) for part in parts)

    @property
    def fields(self) -> set[str]:
        return set()

    def stored(self, obj: models.Model) -> frozenset[int]:
        if obj.pk is None:
            return frozenset()
        return frozenset(row.pk for row in getattr(obj, self.name).all())

    def put(self, obj: models.Model, value: Any) -> None:
        """Nothing: see `Many`."""

    def text(self, value: Any, books: Books) -> str:
        names = self.book(books)
        return "; ".join(sorted(names.label(pk) for pk in value or ()))

    @property
    def empty(self) -> frozenset[int]:
        return frozenset()


def _parts(text: str, delimiters: str) -> list[str]:
    for delimiter in delimiters[1:]:
        text = text.replace(delimiter, delimiters[0])
    return [part.strip() for part in text.split(delimiters[0]) if part.strip()]


@dataclass(frozen=True)
class Told(Column):
    """Something to read only, such as the title of the project: a cell is never taken over."""

    clearable: bool = False
    read_only: bool = True
    tell: Callable[[Any], str] = str

    def read(self, text: str, books: Books) -> str:
        return text

    def stored(self, obj: models.Model) -> str:
        return "" if obj.pk is None else self.tell(obj)


def texts(make: type, name: str, label: Any, also: str = "", **more: Any) -> Iterable[Column]:
    """A column for each language of a translated text. Only Finnish may be required."""
    for language in ("fi", "sv", "en"):
        first = language == "fi"
        yield make(
            name=f"{name}_{language}",
            label=label,
            also=also,
            language=language,
            hint=more.get("hint", "") if first else "",
            example=more.get("example", "") if first else "",
            required=more.get("required", False) and first,
            clearable=not (more.get("required", False) and first),
        )


def read_only_note() -> str:
    """What is told of a changed cell in a column that is only to be read."""
    return _("is only told here and does not change by an import")
