"""A document as plain text for e-mail: 76 columns, headings underlined, tables as lists.

Short enough to be mailed: an address stands after its words once, zeros of a table's groups of
columns are not listed (the table says so), and a drawing is left out, as its table has its figures.
"""

import textwrap
from collections.abc import Iterator
from itertools import groupby
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
    Table,
    plain,
)
from projects.documents.cleaning import cleaned
from projects.documents.links import whole_link

WIDTH = 76  # columns; a line that long survives being quoted once
UNDERLINES = {1: "=", 2: "=", 3: "-"}  # by level; "·" below


def render(document: Document) -> str:
    """The document as text. Addresses stand after their words: Syke <https://www.syke.fi/>."""
    document = cleaned(document, on_paper=True)
    return _Letter(document).result()


def _wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """Lines of at most `WIDTH`, but an address or a very long word stays whole."""
    return textwrap.fill(
        " ".join(filter(None, text.split(" "))),  # not at spaces that do not break
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


class _Letter:
    """One document being written; each block becomes one piece of text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = words.labels(document.lang)
        self.told: set[str] = set()  # addresses

    def result(self) -> str:
        document = self.document
        pieces = [self.underlined(document.title, 1)]
        pieces += [_wrapped(text) for text in (document.subtitle, document.address) if text]
        pieces += [_WRITTEN[type(block)](self, block) for block in document.blocks]
        return "\n\n".join(filter(None, pieces)) + "\n"

    def line(self, spans: Line) -> str:
        return "".join(self.runs(spans))

    def runs(self, spans: Line) -> Iterator[str]:
        for span in spans:
            yield span.text
            href = whole_link(span.href, self.document.address)
            is_new = href not in self.told
            self.told.add(href)
            if is_new and href and href.removeprefix("mailto:") != span.text.strip():
                yield f" <{href.removeprefix('mailto:')}>"

    def underlined(self, text: str, level: int) -> str:
        shown = _wrapped(text)
        longest = max(map(len, shown.splitlines()))
        return f"{shown}\n{UNDERLINES.get(level, '·') * min(longest, WIDTH)}"

    def heading(self, block: Heading) -> str:
        return self.underlined(block.text, block.level)

    def paragraph(self, block: Paragraph) -> str:
        before = f"{self.words[block.tone]}: " if block.tone else ""
        return _wrapped(before + self.line(block.spans))

    def bullets(self, block: Bullets) -> str:
        marks = [f"{n}. " if block.numbered else "- " for n in range(1, len(block.items) + 1)]
        return "\n".join(
            _wrapped(self.line(item), mark, " " * len(mark))
            for mark, item in zip(marks, block.items, strict=True)
        )

    def facts(self, block: Facts) -> str:
        return "\n".join(
            _wrapped(f"{name}: {self.line(spans)}", "", "  ") for name, spans in block.rows
        )

    def table(self, block: Table) -> str:
        """Each row under its own name: what a screen reader or a phone can follow."""
        rows = [self.row(row, block) for row in block.rows]
        has_zeros = any(
            _is_zero(column, cell)
            for row in block.rows
            for column, cell in zip(block.columns, row.cells, strict=False)
        )
        caption = f"{block.caption} ({self.words['zeros']})" if has_zeros else block.caption
        return "\n\n".join([_wrapped(caption), *rows])

    def row(self, row: Row, table: Table) -> str:
        head, *cells = row.cells
        if row.kind == "part":
            return _wrapped(self.line(head), "# ", "  ")
        name = self.line(head)
        lines = [_wrapped(name if row.kind == "total" else f"{table.columns[0].title}: {name}")]
        pairs = zip(table.columns[1:], cells, strict=True)
        for group, found in groupby(pairs, key=lambda pair: pair[0].group):
            shown = [pair for pair in found if pair[1] and not _is_zero(*pair)]
            if group:
                told = [f"{column.title} {self.line(spans)}" for column, spans in shown]
                lines += [_wrapped(f"{group}: {', '.join(told)}", "  ", "    ")] if told else []
            else:
                texts = (f"{column.title}: {self.line(spans)}" for column, spans in shown)
                lines += [_wrapped(text, "  ", "    ") for text in texts]
        return "\n".join(lines)

    def figure(self, _block: Figure) -> str:
        return ""  # the table after it has its figures


def _is_zero(column: Column, spans: Line) -> bool:
    """Whether a cell of a group of columns says nothing but 0."""
    return bool(column.group) and plain(spans) == "0"


_WRITTEN: dict[type[Block], Any] = {
    Heading: _Letter.heading,
    Paragraph: _Letter.paragraph,
    Bullets: _Letter.bullets,
    Facts: _Letter.facts,
    Table: _Letter.table,
    Figure: _Letter.figure,
}
