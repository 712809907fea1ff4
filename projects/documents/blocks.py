"""The view model of a document: plain, already formatted blocks that every renderer shows alike.

A document is built once, in one language, with every number, date and label already a text.
Page, PDF, workbook and e-mail are thin renderers of it, and a frozen meeting pack is its JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text: plain, a link, or in another language than the document."""

    text: str
    href: str = ""  # a path of this site, or an http(s) or mailto address
    lang: str = ""  # only when it differs from the document's
    strong: bool = False


Line = tuple[Span, ...]


def line(*parts: "str | Span | Line") -> Line:
    """A line of texts, spans and other lines. Empty parts fall away."""
    found: list[Span] = []
    for part in parts:
        if isinstance(part, tuple):
            found.extend(part)
        elif isinstance(part, Span):
            found.append(part)
        elif part:
            found.append(Span(str(part)))
    return tuple(found)


def plain(spans: Iterable[Span]) -> str:
    """The text of a line alone."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. The document's title is level 1; blocks begin at 2 and skip no level."""

    level: int
    text: str
    anchor: str = ""  # id on the page; target of links inside the document


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `tone` says how it stands out besides its words: "", "note" or "warning"."""

    spans: Line
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values: figures of a summary, details of a meeting.

    `values` are the same values as a number with its unit for a workbook; none where the texts
    stand.
    """

    rows: tuple[tuple[str, Line], ...]
    tone: str = ""  # "figures": big numbers on the page
    values: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Neighbours with the same non-empty `group` share a heading above."""

    title: str
    group: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `kind` is "", "part" (opens a group of rows) or "total"."""

    cells: tuple[Line, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column heads its rows. `name` is the sheet's name in a workbook.

    A "part" row has one cell, which spans all columns. In others there is a cell for each column.
    `values` are the same cells as numbers or dates for a workbook, None where the text stands.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str
    values: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG text, with what it shows said in words. A table with its data follows."""

    svg: str
    alt: str
    caption: str = ""


Block = Heading | Paragraph | Bullets | Facts | Table | Figure
KINDS: Mapping[str, type] = {
    kind.__name__.lower(): kind for kind in (Heading, Paragraph, Bullets, Facts, Table, Figure)
}


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language (`lang`: fi, sv or en)."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    publisher: str = ""  # the site's name; the author in the PDF's metadata
    address: str = ""  # where the page is, whole

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """The headings of the first level below the title, for a list of contents."""
        return tuple(row for row in self.blocks if isinstance(row, Heading) and row.level == 2)
