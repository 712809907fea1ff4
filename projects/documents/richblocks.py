"""What an editor wrote (agenda, minutes) as blocks of a document."""

from html.parser import HTMLParser
from typing import Any

from django.utils.translation import get_language

from climateportal import richtext
from projects.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    line,
    plain,
)

DASH = "– "  # before an item of a list within a list
MOST_COPIES = 5_000  # places that merged cells of one text cover besides their first
MOST_COPIED = 50_000  # characters with addresses that stand there; other copies are empty


def blocks_of(html: str, *, below: int, name: str, lang: str = "") -> tuple[Block, ...]:
    """Blocks of an editor's HTML. Its headings stand below level `below`.

    `name` captions a table that follows no heading; `lang` is the text's language when it is not
    the document's. Nothing that could be read is lost: quotations get their marks, lists within
    lists a dash, merged cells their text in every place.
    """
    reader = _Reader(below, name, lang)
    reader.feed(richtext.safe(html))
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Collects runs of text into the block that is open. Sanitised HTML may still nest oddly."""

    def __init__(self, below: int, name: str, lang: str) -> None:
        super().__init__(convert_charrefs=True)
        self.below, self.name, self.lang = below, name, lang
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.heading = 0  # its level while one is open
        self.strong = 0
        self.quote = 0
        self.href = ""
        self.lists: list[tuple[bool, list[Line]]] = []  # numbered, items; all go to the outermost
        self.item_begins = False
        self.rows: list[list[_Cell]] | None = None  # of the open table
        self.copies = _Copies()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        match tag:
            case "strong":
                self.strong += 1
            case "a":
                self.href = values.get("href") or ""
            case "br":
                self.spans.append(Span(" "))
            case "h3" | "h4":
                self.end_block()
                self.heading = self.below + int(tag[1]) - 2
            case "ul" | "ol":
                self.end_block()
                self.lists.append((tag == "ol", []))
            case "blockquote":
                self.end_block()
                self.quote += 1
            case "table" if self.rows is None:
                self.end_block()
                self.rows = []
            case "tr" if self.rows is not None:
                self.rows.append([])
            case "td" | "th" if self.rows:
                self.end_block()
                self.rows[-1].append(_Cell(values))
            case "p":
                self.end_block()
            case "li":
                self.end_block()
                self.item_begins = True

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "strong":
                self.strong = max(0, self.strong - 1)
            case "a":
                self.href = ""
            case "p" | "li" | "h3" | "h4":
                self.end_block()
            case "ul" | "ol" if self.lists:
                self.end_block()
                self.end_list()
            case "blockquote":
                self.end_block()
                self.quote = max(0, self.quote - 1)
            case "td" | "th" if self.rows and self.rows[-1]:
                self.end_block()
            case "table" if self.rows is not None:
                self.end_table()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if data[:1].isspace():
            text = f" {text}"
        if text.strip() and data[-1:].isspace():
            text = f"{text} "
        if text:
            self.spans.append(Span(text, self.href, self.lang, self.strong > 0))

    def end_block(self) -> None:
        """What was collected becomes a heading, an item, a cell's text or a paragraph."""
        spans, self.spans = _trimmed(self.spans), []
        level, self.heading = self.heading, 0
        if not spans:
            return
        if self.rows and self.rows[-1]:
            cell = self.rows[-1][-1]
            cell.spans = line(cell.spans, " " if cell.spans else "", spans)
        elif self.lists:
            items = self.lists[0][1]
            if self.item_begins or not items:
                items.append(line(DASH * (len(self.lists) - 1), spans))
            else:  # a second paragraph of the same item
                items[-1] = line(items[-1], " ", spans)
            self.item_begins = False
        elif level:
            self.blocks.append(Heading(level, plain(spans)))
        else:
            first, last = ("“", "”") if (self.lang or get_language()) == "en" else ("”", "”")
            self.blocks.append(Paragraph(line(first, spans, last) if self.quote else spans))

    def end_list(self) -> None:
        numbered, items = self.lists.pop()
        if not self.lists and items:
            self.blocks.append(Bullets(tuple(items), numbered))

    def end_table(self) -> None:
        rows, self.rows = self.rows or [], None
        grid = _grid(rows, self.copies)
        if len(grid) < 2:  # one row is a sentence, not a table
            self.blocks += [Paragraph(line(*_spaced(row))) for row in grid if any(row)]
            return
        before = [block for block in self.blocks if isinstance(block, Heading)]
        caption = before[-1].text if before else self.name
        columns = tuple(Column(plain(cell)) for cell in grid[0])
        self.blocks.append(Table(caption, columns, tuple(Row(row) for row in grid[1:]), self.name))


class _Cell:
    """A cell as written: its text and how many places it takes."""

    def __init__(self, attributes: dict[str, Any]) -> None:
        self.spans: Line = ()
        self.width = _count(attributes.get("colspan"))
        self.height = _count(attributes.get("rowspan"))


def _count(text: str | None) -> int:
    return min(max(int(text), 1), 30) if text and text.isdecimal() else 1


def _trimmed(spans: list[Span]) -> Line:
    """Without white space at either end and without two spaces in a row across runs."""
    found: list[Span] = []
    for span in spans:
        text = span.text
        if not found or found[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            found.append(Span(text, span.href, span.lang, span.strong))
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        last = found[-1]
        found[-1] = Span(last.text.rstrip(), last.href, last.lang, last.strong)
    return tuple(found)


def _spaced(row: tuple[Line, ...]) -> list[Line | str]:
    found: list[Line | str] = []
    for cell in row:
        if cell:
            found += [" ", cell] if found else [cell]
    return found


class _Copies:
    """What the merged cells of one text may still cover, so that a short text stays short."""

    def __init__(self) -> None:
        self.places, self.characters = MOST_COPIES, MOST_COPIED

    def of(self, cell: _Cell, places: int) -> Line | None:
        """What stands in each of the places that a cell covers besides its first.

        Nothing when the copies together are too long, None when there are too many of them.
        """
        if places > self.places:
            return None
        self.places -= places
        characters = places * sum(len(span.text) + len(span.href) for span in cell.spans)
        if characters > self.characters:
            return ()
        self.characters -= characters
        return cell.spans


def _grid(rows: list[list[_Cell]], copies: _Copies) -> list[tuple[Line, ...]]:
    """The rows that hold text: a merged cell's stands in every place it covers.

    The first is as wide as the table; others end with their last cell.
    """
    places: list[dict[int, Line]] = [{} for _row in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x in places[y]:
                x += 1
            below = places[y : y + cell.height]
            copy = copies.of(cell, len(below) * cell.width - 1)
            width = 1 if copy is None else cell.width
            if copy is not None:
                for covered in below:
                    covered.update(dict.fromkeys(range(x, x + width), copy))
            places[y][x] = cell.spans
            x += width
    found = [row for row in places if any(row.values())]
    width = max((max(row) + 1 for row in found), default=0)
    ends = [width, *(max(row) + 1 for row in found[1:])]
    return [
        tuple(row.get(x, ()) for x in range(end)) for row, end in zip(found, ends, strict=False)
    ]
