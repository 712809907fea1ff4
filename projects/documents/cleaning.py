"""Makes any document safe for every renderer, so that page, PDF, workbook and mail say the same.

What is refused in one place (a heading that skips a level, an emoji in a PDF, a script behind a
link) is mended here for all. Pure; a document that is clean already stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from projects.documents import words
from projects.documents.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    line,
    plain,
)
from projects.documents.characters import shown
from projects.documents.drawings import safe_drawing
from projects.documents.links import safe_link

LONGEST = 10_000  # characters of a paragraph or a cell
LONGEST_TITLE = 300  # of titles, headings, captions, names of facts
LONGEST_COLUMN = 120
MOST_BLOCKS = 1_000
MOST_ITEMS = 1_000  # of a list
MOST_COLUMNS = 30
MOST_ROWS = 5_000  # of a table on the page and in the workbook
MOST_ROWS_ON_PAPER = 500  # in the PDF and in mail: about twenty pages
MOST_CELLS_ON_PAPER = 20_000  # of all tables together: some five seconds of typesetting
MOST_LETTERS_ON_PAPER = 500_000  # of all texts and addresses together: some ninety pages
FEWEST_ROWS = 20  # of a table after that
CUT = "…"
NOTHING = "–"
NBSP = "\xa0"
_LOOSE = re.compile(r"(?<=\d) (?=[€%‰°]|\d{3}(?!\d))")  # within “1 200 €” no line ends
_SPACES = re.compile(" {2,}")


def cleaned(document: Document, *, on_paper: bool = False) -> Document:
    """The document as every renderer shows it; it is shorter `on_paper` (PDF, mail).

    A table that is cut says so under it. Text is shortened with “…”, never dropped unseen.
    """
    return _Cleaning(document, on_paper).result()


def _text(text: Any, longest: int = LONGEST) -> str:
    """One line of visible characters. The first cut bounds the work, the second the result."""
    text = str(text)
    short = _LOOSE.sub(NBSP, shown(text[: longest + 1]))
    if len(text) > longest or len(short) > longest:
        return short[: longest - len(CUT)].rstrip() + CUT
    return short


def _title(text: Any, longest: int = LONGEST_TITLE) -> str:
    return _spaced(_text(text, longest))


def _spaced(text: str) -> str:
    """Without spaces at the ends and several in a row; one that does not break stays itself."""
    return _SPACES.sub(" ", text).strip()


def _language(code: str, own: str) -> str:
    """The primary language of a run, "" when it is the document's or unreadable."""
    code = code.strip().lower().partition("-")[0]
    return code if code != own and re.fullmatch("[a-z]{2,3}", code) else ""


def _number(value: Any) -> Any:
    """A value of a table that a workbook can hold as a number or a day, else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, int | float):
        return value if isfinite(value) and abs(value) < 1e15 else None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


class _Cleaning:
    """One pass over one document: knows its anchors and how deep the headings are."""

    def __init__(self, document: Document, on_paper: bool) -> None:
        self.document = document
        self.lang = document.lang if document.lang in {"fi", "sv", "en"} else "fi"
        self.words = words.labels(self.lang)
        self.on_paper = on_paper
        self.cells_left = MOST_CELLS_ON_PAPER
        self.letters_left = MOST_LETTERS_ON_PAPER
        self.address = safe_link(document.address, frozenset())
        self.level = 1
        self.taken: set[str] = set()
        self.heading = ""
        self.anchors = frozenset(
            block.anchor
            for block in document.blocks
            if isinstance(block, Heading) and block.anchor and _title(block.text)
        )

    def result(self) -> Document:
        document = self.document
        title = _title(document.title) or _title(document.publisher) or self.words["untitled"]
        self.heading = title
        blocks = tuple(self.blocks())
        return Document(
            title=title,
            lang=self.lang,
            blocks=blocks,
            subtitle=_title(document.subtitle),
            publisher=_title(document.publisher),
            address=self.address,
        )

    def blocks(self) -> Iterator[Block]:
        """The blocks that remain; one may become none or two."""
        number = 0
        the_rest = Paragraph(line(words.the_rest(self.lang)), "note")
        for block in self.document.blocks:
            if self.letters_left <= 0:
                yield the_rest
                return
            for clean in self.block(block):
                number += 1
                if number > MOST_BLOCKS:
                    yield the_rest
                    return
                yield clean

    def block(self, block: Block) -> Iterator[Block]:
        match block:
            case Heading():
                yield from self.headed(block)
            case Paragraph():
                if spans := self.line(block.spans):
                    tone = block.tone if block.tone in {"note", "warning"} else ""
                    yield Paragraph(spans, tone)
            case Bullets():
                yield from self.listed(block)
            case Facts():
                rows = tuple(self.facts(block))
                if rows:
                    values = block.values if len(block.values) == len(rows) else ()
                    yield Facts(rows, "figures" if block.tone == "figures" else "", values)
            case Table():
                yield from self.table(block)
            case Figure():
                yield from self.figure(block)

    def headed(self, block: Heading) -> Iterator[Block]:
        """Headings begin at 2 and go one level deeper at a time; an empty one is none."""
        text = _title(block.text)
        if not text:
            return
        self.level = max(2, min(block.level, self.level + 1, 6))
        self.heading = text
        anchor = block.anchor if re.fullmatch(r"[A-Za-z][\w-]{0,80}", block.anchor, re.A) else ""
        if anchor in self.taken:
            anchor = ""
        self.taken.add(anchor)
        yield Heading(self.level, text, anchor)

    def listed(self, block: Bullets) -> Iterator[Block]:
        items = tuple(item for spans in block.items[:MOST_ITEMS] if (item := self.line(spans)))
        if items:
            yield Bullets(items, block.numbered)
        if len(block.items) > MOST_ITEMS:
            rows = len(block.items) - MOST_ITEMS
            yield Paragraph(line(words.left_out(self.lang, rows=rows)), "note")

    def facts(self, block: Facts) -> Iterator[tuple[str, Line]]:
        """A name without a value is not reported (rule 3); a value without a name stays."""
        for name, spans in block.rows[:MOST_ITEMS]:
            name, value = _title(name), self.line(spans)
            if name or value:
                yield name or NOTHING, value or line(self.words["unknown"])

    def line(self, spans: Line) -> Line:
        """The runs that have text, within `LONGEST` characters together and what paper has left."""
        found: list[Span] = []
        left = LONGEST
        for span in spans:
            room = min(left, self.letters_left)
            if room <= 0:
                found.append(Span(CUT))
                break
            href = safe_link(span.href, self.anchors)
            text = _text(span.text, room)
            if not text.strip() and href:
                text = _text(href.removeprefix("mailto:"), room)
            left -= len(text)
            if self.on_paper:
                self.letters_left -= len(text) + len(href)
            if text:
                found.append(Span(text, href, _language(span.lang, self.lang), bool(span.strong)))
        return tuple(found) if plain(found).strip() else ()

    def table(self, block: Table) -> Iterator[Block]:
        """Every row gets a cell for each column; a table without rows is none (rule 3)."""
        columns = tuple(
            replace(
                column,
                title=_title(column.title, LONGEST_COLUMN) or NOTHING,
                group=_title(column.group, LONGEST_COLUMN),
            )
            for column in block.columns[:MOST_COLUMNS]
        )
        if not columns or not block.rows:
            return
        kept, rows_out = _kept(block.rows, self.most_rows(len(columns)))
        self.cells_left -= len(kept) * len(columns)
        values = block.values if len(block.values) == len(block.rows) else ()
        rows = tuple(self.row(block.rows[index], columns) for index in kept)
        yield Table(
            caption=_title(block.caption) or _title(block.name) or self.heading,
            columns=columns,
            rows=rows,
            name=_title(block.name, 100) or _title(block.caption, 100) or self.words["table"],
            values=tuple(
                _numbers(values[index], len(row.cells))
                for index, row in zip(kept, rows, strict=True)
            )
            if values
            else (),
        )
        if rows_out:
            elsewhere = self.on_paper and bool(self.address) and len(block.rows) <= MOST_ROWS
            text = words.left_out(self.lang, rows=rows_out, elsewhere=elsewhere)
            yield Paragraph(line(Span(text, self.address if elsewhere else "")), "note")
        if columns_out := len(block.columns) - len(columns):
            yield Paragraph(line(words.left_out(self.lang, columns=columns_out)), "note")

    def most_rows(self, columns: int) -> int:
        if not self.on_paper:
            return MOST_ROWS
        return max(FEWEST_ROWS, min(MOST_ROWS_ON_PAPER, self.cells_left // columns))

    def row(self, row: Row, columns: tuple[Column, ...]) -> Row:
        cells = tuple(self.line(cell) for cell in row.cells)
        if row.kind == "part":
            return Row((_together(cells) or line(NOTHING),), "part")
        if len(cells) > len(columns):
            last = len(columns) - 1
            cells = (*cells[:last], _together(cells[last:]))
        cells += ((),) * (len(columns) - len(cells))
        head = cells[0] or line(NOTHING)
        return Row((head, *cells[1:]), row.kind if row.kind == "total" else "")

    def figure(self, block: Figure) -> Iterator[Block]:
        """A drawing always says what it shows; one that cannot be drawn is its words alone."""
        caption = _title(block.caption)
        alt = _spaced(_text(block.alt)) or caption or self.words["drawing"]
        svg = safe_drawing(block.svg)
        if svg:
            yield Figure(svg, alt, caption)
            return
        yield Paragraph(line(alt))
        if caption and caption != alt:
            yield Paragraph(line(caption))


def _kept(rows: tuple[Row, ...], most: int) -> tuple[list[int], int]:
    """Indices of the rows to show and how many stay out. Totals at the end stay."""
    kept = list(range(min(len(rows), most)))
    if len(rows) > most:
        last = range(max(most, len(rows) - 3), len(rows))
        kept += [index for index in last if rows[index].kind == "total"]
    return kept, len(rows) - len(kept)


def _together(cells: tuple[Line, ...]) -> Line:
    """Several cells as one, so that nothing is lost where there is one cell too many."""
    found: list[Span] = []
    for cell in cells:
        if cell:
            found += [Span(", "), *cell] if found else cell
    return tuple(found)


def _numbers(values: tuple[Any, ...], width: int) -> tuple[Any, ...]:
    found = tuple(_number(value) for value in values[:width])
    return found + (None,) * (width - len(found))
