"""Reads a rendered page and workbook back as plainly as a browser and Excel do."""

import io
from html.parser import HTMLParser
from typing import Any

import openpyxl
from django.template import Context, Template

from projects.documents.blocks import Document
from tests.projects.documents.reading import CellRead, Reading, norm

VOID = {"img", "br", "col", "use"}
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
READ = (*HEADINGS, "p", "li", "dt", "dd", "a", "caption", "figcaption", "img", "table", "span")


class Node:
    """An element with its texts and elements in order."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.inside: list[Any] = []

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.inside)

    def all(self, *tags: str) -> list["Node"]:
        found = []
        for part in self.inside:
            if isinstance(part, Node):
                if part.tag in tags:
                    found.append(part)
                found += part.all(*tags)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def html_of(document: Document) -> str:
    return Template("{% document doc %}").render(Context({"doc": document}))


def read_html(html: str, base: str) -> Reading:
    """What a page's elements give; paths are joined to the site's address `base`."""
    tree = _Tree()
    tree.feed(html)
    assert len(tree.open) == 1, "every element is closed"
    root = tree.open[0]
    found = Reading(lang=root.all("div")[0].attributes.get("lang", ""))
    for node in root.all(*READ):
        words = norm(node.text())
        match node.tag:
            case "h2" | "h3" | "h4" | "h5" | "h6":
                found.headings.append((int(node.tag[1]), words))
            case "p":
                found.paragraphs.append(words)
            case "li":
                found.items.append(words)
            case "dt":
                found.facts.append((words, ""))
            case "dd":
                found.facts[-1] = (found.facts[-1][0], words)
            case "a":
                href = node.attributes["href"]
                whole = "#" if href.startswith("#") else href
                found.links.append((words, base + whole if whole.startswith("/") else whole))
            case "caption" | "figcaption":
                found.captions.append(words)
            case "img":
                found.alts.append(norm(node.attributes["alt"]))
            case "table":
                found.tables.append(_table(node))
        if node.attributes.get("lang"):
            found.languages.append((node.attributes["lang"], words))
    return found


def _table(table: Node) -> list[CellRead]:
    """Headers by scope, as the HTML standard finds them."""
    columns: dict[int, list[str]] = {}
    filled: set[tuple[int, int]] = set()
    for y, row in enumerate(table.all("thead")[0].all("tr")):
        x = 0
        for cell in row.all("th", "td"):
            assert cell.tag == "th" and cell.attributes["scope"] in {"col", "colgroup"}
            while (x, y) in filled:
                x += 1
            wide = int(cell.attributes.get("colspan", 1))
            for dx in range(wide):
                columns.setdefault(x + dx, []).append(norm(cell.text()))
                filled |= {(x + dx, y + dy) for dy in range(int(cell.attributes.get("rowspan", 1)))}
            x += wide
    found = []
    for body in table.all("tbody"):
        part: tuple[str, ...] = ()
        for row in body.all("tr"):
            head, *cells = row.all("th", "td")
            words = norm(head.text())
            if head.attributes["scope"] == "rowgroup":
                assert int(head.attributes["colspan"]) == len(columns) and not cells
                part = (words,)
                found.append(CellRead(words, (), ()))
                continue
            assert head.tag == "th" and head.attributes["scope"] == "row"
            found.append(CellRead(words, tuple(columns[0]), part))
            for x, cell in enumerate(cells, start=1):
                assert cell.tag == "td"
                found.append(CellRead(norm(cell.text()), tuple(columns[x]), (*part, words)))
    return found


def read_workbook(data: bytes) -> tuple[Reading, list[list[list[Any]]]]:
    """The reading, and the values of each table's cells as Excel would calculate with them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = Reading(lang=book.properties.language, title=norm(book.properties.title))
    values = []
    for sheet in book.worksheets[1:]:
        top = int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1
        assert sheet.freeze_panes.startswith("B")
        merged = {
            (row, column): sheet.cell(area.min_row, area.min_col).value
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        titles = []
        for column in range(1, sheet.max_column + 1):
            above = [
                merged.get((row, column), sheet.cell(row, column).value)
                for row in range(1, top + 1)
            ]
            # merged downwards, it is one title over two rows
            alone = any(
                area.min_col == column == area.max_col and area.max_row == 2
                for area in sheet.merged_cells.ranges
            )
            titles.append(tuple(norm(text) for text in (above[:1] if alone else above)))
        found.tables.append(cells := [])
        values.append(rows := [])
        part: tuple[str, ...] = ()
        for row in sheet.iter_rows(min_row=top + 1):
            head, *rest = row
            assert head.data_type == "s" and head.font.b
            if head.fill.fgColor.rgb != "00000000":
                part = (norm(head.value),)
                cells.append(CellRead(part[0], (), ()))
                rows.append([None])
                continue
            if head.border.top.style:
                part = ()
            cells.append(CellRead(norm(head.value), titles[0], part))
            rows.append([cell.value if cell.data_type != "s" else None for cell in row])
            for title, cell in zip(titles[1:], rest, strict=True):
                text = norm(str(cell.value)) if cell.value is not None else ""
                cells.append(CellRead(text, title, (*part, norm(head.value))))
    for row in book.worksheets[0].iter_rows():
        found.paragraphs += [norm(str(cell.value)) for cell in row if cell.value is not None]
    found.links = [
        (norm(str(cell.value)), cell.hyperlink.target)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.target
    ]
    return found, values
