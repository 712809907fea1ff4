"""A document as an Excel workbook: everything in reading order, then a sheet for each table."""

import re
import textwrap
from collections import Counter
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from projects.documents import words
from projects.documents.blocks import (
    Block,
    Bullets,
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
from projects.documents.tables import groups

LONGEST_NAME = 31  # characters of a sheet's name that Excel takes
WIDEST = 48  # letters; longer texts wrap
_DECIMALS = re.compile(r"\d[.,](\d{1,2})(?!\d)")  # three digits are thousands in English
MADE = datetime(2000, 1, 1)  # no clock: the same document, the same workbook
BOLD, LINK = Font(bold=True), Font(color="0A5474", underline="single")
TITLE, HEADING, MUTED = (
    Font(bold=True, size=16, color="0F3B33"),
    Font(bold=True, size=13, color="0F3B33"),
    Font(color="4A5852"),
)
HEAD_FILL, PART_FILL = (
    PatternFill("solid", fgColor="DDE6D8"),
    PatternFill("solid", fgColor="EFF3EC"),
)
WRAP = Alignment(wrap_text=True, vertical="top")
TOTAL = Border(top=Side(style="medium", color="77857D"))


def render(document: Document) -> bytes:
    """The document as .xlsx. The first sheet has its text, each table its own sheet."""
    return _Book(cleaned(document)).result()


def _write(cell: Cell, value: Any) -> None:
    """A text stays a text, whatever it begins with: “=1+1” is no formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@" and value != "–"


class _Book:
    """One workbook: knows where the first sheet is and which names of sheets are taken."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = words.labels(document.lang)
        self.book = Workbook()
        self.first: Worksheet = self.book.active
        self.names: set[str] = set()
        tables = [block for block in document.blocks if isinstance(block, Table)]
        self.tables_named = Counter(_allowed(table.name).casefold() for table in tables)
        self.captions = Counter(table.caption for table in tables)
        self.section = ""  # the heading that the next table stands under
        self.first.title = self.sheet_name(document.title)
        self.line = 0

    def result(self) -> bytes:
        document, sheet = self.document, self.first
        about = self.book.properties
        about.title, about.creator = document.title, document.publisher
        about.language, about.created = document.lang, MADE
        sheet.column_dimensions["A"].width = 44
        sheet.column_dimensions["B"].width = 60
        self.put(document.title, font=TITLE)
        if document.subtitle:
            self.put(document.subtitle, font=MUTED)
        if document.address:
            self.put(document.address, href=document.address)
        for block in document.blocks:
            _WRITTEN[type(block)](self, block)
        for each in self.book.worksheets:
            _for_paper(each)
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()

    def put(self, text: Any, *, href: str = "", font: Font | None = None, column: int = 1) -> Cell:
        """One cell on the next line of the first sheet, or beside the line that is there."""
        if column == 1:
            self.line += 1
        cell = self.first.cell(self.line, column)
        _write(cell, text)
        cell.alignment = (
            WRAP if column > 1 or len(str(text)) > WIDEST else Alignment(vertical="top")
        )
        if font:
            cell.font = font
        if href:
            _link(cell, whole_link(href, self.document.address))
        return cell

    def put_line(self, spans: Line, *, before: str = "", column: int = 1) -> None:
        """A line of runs; its first link is the cell's, the others stand after it as text."""
        hrefs = [whole_link(span.href, self.document.address) for span in spans]
        hrefs = [href for href in hrefs if href]
        rest = "".join(f" <{href}>" for href in hrefs[1:])
        self.put(f"{before}{plain(spans)}{rest}", href=hrefs[0] if hrefs else "", column=column)

    def heading(self, block: Heading) -> None:
        self.line += 1
        self.section = block.text if block.level == 2 else self.section
        self.put(block.text, font=HEADING if block.level == 2 else BOLD)

    def paragraph(self, block: Paragraph) -> None:
        before = f"{self.words[block.tone]}: " if block.tone else ""
        self.put_line(block.spans, before=before)
        self.whole_width()

    def bullets(self, block: Bullets) -> None:
        for number, item in enumerate(block.items, start=1):
            self.put_line(item, before=f"{number}. " if block.numbered else "• ")
            self.whole_width()

    def facts(self, block: Facts) -> None:
        for index, (name, spans) in enumerate(block.rows):
            self.put(name)
            if not block.values:
                self.put_line(spans, column=2)
                continue
            value, unit = block.values[index]
            cell = self.put(value, column=2)
            cell.number_format = _format(value, plain(spans).removesuffix(unit))
            cell.alignment = Alignment(horizontal="right", vertical="top")
            self.put(unit, column=3)

    def figure(self, block: Figure) -> None:
        if block.caption:
            self.put(block.caption, font=BOLD)
        self.put(f"{self.words['drawing']}: {block.alt}")
        self.whole_width()

    def whole_width(self) -> None:
        """Long text wraps over both columns, in a row as high as it needs."""
        cell = self.first.cell(self.line, 1)
        self.first.merge_cells(start_row=self.line, end_row=self.line, start_column=1, end_column=2)
        cell.alignment = WRAP
        self.first.row_dimensions[self.line].height = 15 * (1 + len(str(cell.value)) // 95)

    def table(self, block: Table) -> None:
        sheet: Worksheet = self.book.create_sheet(self.sheet_name(self.told_apart(block)))
        cell = self.put(f"{block.caption} ({self.words['sheet']})")
        place = sheet.title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{place}'!A1")
        cell.font = LINK
        top = _header(sheet, block)
        for index, row in enumerate(block.rows):
            values = block.values[index] if block.values else ()
            self.row(sheet, top + index + 1, row, values, block)
        for index, column in enumerate(block.columns):
            texts = [plain(row.cells[index]) for row in block.rows if row.kind != "part"]
            longest = max([len(text) for text in texts] + [len(column.title) + 2])
            letter = get_column_letter(index + 1)
            sheet.column_dimensions[letter].width = min(max(longest + 2, 8), WIDEST)
        sheet.freeze_panes = sheet.cell(top + 1, 2)
        sheet.print_title_rows = f"1:{top}"
        sheet.oddHeader.left.text = block.caption.replace("&", "&&")

    def row(self, sheet: Worksheet, line: int, row: Row, values: Any, table: Table) -> None:
        for index, spans in enumerate(row.cells):
            cell = sheet.cell(line, index + 1)
            value = values[index] if index < len(values) else None
            hrefs = [whole_link(span.href, self.document.address) for span in spans]
            if value is None:
                _write(cell, plain(spans))
            else:
                cell.value = value
                cell.number_format = _format(value, plain(spans))
            numeric = table.columns[index].numeric
            cell.alignment = Alignment(
                horizontal="right" if numeric else None, vertical="top", wrap_text=True
            )
            if href := next(filter(None, hrefs), ""):
                _link(cell, href)
            if index == 0 or row.kind == "total":
                cell.font = Font(bold=True, color=cell.font.color, underline=cell.font.underline)
            if row.kind == "total":
                cell.border = TOTAL
        if row.kind == "part":
            for index in range(len(table.columns)):
                sheet.cell(line, index + 1).fill = PART_FILL

    def told_apart(self, table: Table) -> str:
        """The table's name; with its section or by its caption where several have that name."""
        if self.tables_named[_allowed(table.name).casefold()] < 2:
            return table.name
        longer = f"{self.section}, {table.name}"
        if self.section and len(_allowed(longer)) <= LONGEST_NAME:
            return longer
        caption = textwrap.shorten(_allowed(table.caption), LONGEST_NAME, placeholder="")
        return caption if caption and self.captions[table.caption] == 1 else table.name

    def sheet_name(self, name: str) -> str:
        """At most 31 characters, none that Excel forbids, unlike every name before it."""
        name = _allowed(name)[:LONGEST_NAME].strip(" '") or self.words["table"]
        found, number = name, 1
        while found.casefold() in self.names or found.casefold() == "history":  # Excel's own
            number += 1
            found = f"{name[: LONGEST_NAME - len(str(number)) - 1].rstrip()} {number}"
        self.names.add(found.casefold())
        return found


def _allowed(name: str) -> str:
    """Without what Excel forbids in a sheet's name."""
    return " ".join(re.sub(r"[\[\]:*?/\\]", " ", name).split()).strip("'")


def _link(cell: Cell, href: str) -> None:
    if href:
        cell.hyperlink = href
        cell.font = LINK


def _header(sheet: Worksheet, table: Table) -> int:
    """One row of headers, or two where columns have groups. Returns the last one's number."""
    upper = groups(table)
    for group in upper:
        _write(sheet.cell(1, group.first + 1), group.title or table.columns[group.first].title)
        sheet.merge_cells(
            start_row=1,
            start_column=group.first + 1,
            end_row=1 if group.title else 2,
            end_column=group.first + group.width,
        )
    top = 2 if upper else 1
    for index, column in enumerate(table.columns):
        if column.group or not upper:
            _write(sheet.cell(top, index + 1), column.title)
        for line in range(1, top + 1):
            cell = sheet.cell(line, index + 1)
            cell.font, cell.fill = BOLD, HEAD_FILL
            middle = line == 1 and bool(column.group)
            side = "center" if middle else "right" if column.numeric else None
            cell.alignment = Alignment(horizontal=side, vertical="bottom", wrap_text=True)
    return top


def _format(value: Any, text: str) -> str:
    """How Excel shows a value: with its unit in the text, and the decimals of the text or its own.

    Excel would round 68.47, given as 68.5, to 69 % where the page says 68 %.
    """
    if not isinstance(value, int | float | Decimal):
        return "d.m.yyyy"
    told = _DECIMALS.search(text)
    own = -Decimal(str(value)).normalize().as_tuple().exponent
    decimals = max(len(told[1]) if told else 0, min(own, 2))
    shown = f"#,##0.{'0' * decimals}" if decimals > 0 else "#,##0"
    for unit in "€%":
        if unit in text:
            return f'{shown} "{unit}"'
    return shown if abs(value) >= 10_000 or decimals > 0 else "0"


def _for_paper(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if sheet.max_column > 5 else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"


_WRITTEN: dict[type[Block], Any] = {
    Heading: _Book.heading,
    Paragraph: _Book.paragraph,
    Bullets: _Book.bullets,
    Facts: _Book.facts,
    Table: _Book.table,
    Figure: _Book.figure,
}
