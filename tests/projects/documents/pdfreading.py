"""Reads a tagged PDF as a screen reader does: along its structure tree, by marked content."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.projects.documents.reading import CellRead, Reading, norm

Marked = dict[tuple[int, int], str]  # (number of the page's object, MCID) → text


class PdfReader:
    """One file, its marked texts and the runs in another language."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.root = self.pdf.Root.StructTreeRoot
        self.texts: Marked = defaultdict(str)
        self.languages: dict[tuple[int, int], str] = {}
        for page in self.pdf.pages:
            self._read_page(page)
        self.ids = {
            str(element.ID): element for element in self.walk(self.root) if "/ID" in element
        }

    def _read_page(self, page: pikepdf.Page) -> None:
        fonts = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
        open_marks: list[tuple[int | None, str | None, str]] = []  # MCID, ActualText, language
        glyphs: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    about = operands[1] if len(operands) > 1 else Dictionary()
                    mark = about.get("/MCID")
                    actual = about.get("/ActualText")
                    open_marks.append(
                        (
                            None if mark is None else int(mark),
                            None if actual is None else str(actual),
                            str(about.get("/Lang", "")),
                        )
                    )
                    if actual is not None:
                        self._add(page, open_marks, str(actual))
                case "EMC":
                    open_marks.pop()
                case "Tf":
                    glyphs = fonts[str(operands[0])]
                case "Tj":
                    self._show(page, open_marks, bytes(operands[0]), glyphs)
                case "TJ":
                    for part in operands[0]:
                        if isinstance(part, pikepdf.String):
                            self._show(page, open_marks, bytes(part), glyphs)

    def _show(self, page: Any, marks: list[Any], codes: bytes, glyphs: dict[int, str]) -> None:
        if any(actual is not None for _mark, actual, _lang in marks):
            return  # said already
        pairs = zip(codes[::2], codes[1::2], strict=True)
        self._add(page, marks, "".join(glyphs.get(a * 256 + b, "\ufffd") for a, b in pairs))

    def _add(self, page: Any, marks: list[Any], text: str) -> None:
        number = next((mark for mark, _a, _l in reversed(marks) if mark is not None), None)
        if number is None:
            return
        key = (page.obj.objgen[0], number)
        self.texts[key] += text
        lang = next((lang for _m, _a, lang in reversed(marks) if lang), "")
        if lang:
            self.languages[key] = lang

    def kids(self, element: Any) -> Iterator[Any]:
        found = element.get("/K", Array())
        yield from found if isinstance(found, Array) else [found]

    def children(self, element: Any) -> Iterator[Any]:
        for kid in self.kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid

    def walk(self, element: Any) -> Iterator[Any]:
        """All elements below, in reading order."""
        for child in self.children(element):
            yield child
            yield from self.walk(child)

    def marks(self, element: Any, page: Any = None) -> Iterator[tuple[int, int]]:
        page = element.get("/Pg", page)
        for kid in self.kids(element):
            if isinstance(kid, int):
                yield page.objgen[0], int(kid)
            elif isinstance(kid, Dictionary) and "/S" in kid:
                yield from self.marks(kid, page)
            elif isinstance(kid, Dictionary) and "/MCID" in kid:
                yield kid.get("/Pg", page).objgen[0], int(kid.MCID)

    def marked_languages(self, element: Any, lang: str) -> Iterator[tuple[tuple[int, int], str]]:
        """Each marked run with its own language, else that of the nearest element around it."""
        lang = str(element.get("/Lang", lang))
        for kid in self.kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from self.marked_languages(kid, lang)
            elif isinstance(kid, int):
                mark = (element.Pg.objgen[0], int(kid))
                yield mark, self.languages.get(mark, lang)

    def text(self, element: Any) -> str:
        return norm("".join(self.texts[mark] for mark in self.marks(element)))

    def attribute(self, element: Any, name: str) -> Any:
        found = element.get("/A", Array())
        for one in found if isinstance(found, Array) else [found]:
            if isinstance(one, Dictionary) and name in one:
                return one[name]
        return None

    def rows(self, table: Any) -> Iterator[list[Any]]:
        for element in self.walk(table):
            if element.S == Name.TR:
                yield list(self.children(element))

    def headers(self, cell: Any) -> list[Any]:
        return [self.ids[str(name)] for name in self.attribute(cell, "/Headers") or []]

    def target(self, link: Any) -> str:
        for kid in self.kids(link):
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                action = kid.Obj.get("/A", Dictionary())
                return str(action.get("/URI", "#"))
        raise AssertionError("a link without its annotation")


def _to_unicode(font: Any) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, chars in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(chars).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, chars in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(chars, 16)
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(start + offset)
    return found


def read_pdf(data: bytes) -> Reading:
    """What the structure tree gives."""
    reader = PdfReader(data)
    found = Reading(lang=str(reader.pdf.Root.Lang), title=norm(str(reader.pdf.docinfo.Title)))
    for element in reader.walk(reader.root):
        kind = str(element.S)[1:]
        if re.fullmatch("H[1-6]", kind):
            found.headings.append((int(kind[1]), reader.text(element)))
        elif kind == "P" and Name.Caption != element.P.S:
            found.paragraphs.append(reader.text(element))
        elif kind == "LBody":
            found.items.append(reader.text(element))
        elif kind == "Figure":
            found.alts.append(norm(str(element.Alt)))
        elif kind == "Caption":
            found.captions.append(reader.text(element))
        elif kind == "Link":
            found.links.append((reader.text(element), reader.target(element)))
        elif kind == "Table":
            _read_table(reader, element, found)
    found.languages = [
        (lang, norm(reader.texts[mark]))
        for mark, lang in reader.marked_languages(reader.root, found.lang)
        if lang != found.lang
    ]
    return found


def _read_table(reader: PdfReader, table: Any, found: Reading) -> None:
    """A table with a caption is one; facts and figures are tables without."""
    kinds = [str(child.S)[1:] for child in reader.children(table)]
    rows = list(reader.rows(table))
    if "Caption" not in kinds:
        if "THead" in kinds:  # figures: names above their values
            found.facts += [
                (reader.text(reader.headers(cell)[0]), reader.text(cell)) for cell in rows[1]
            ]
        else:
            for head, value in rows:
                assert head.S == Name.TH and reader.attribute(head, "/Scope") == Name.Row
                assert reader.text(reader.headers(value)[0]) == reader.text(head)
                found.facts.append((reader.text(head), reader.text(value)))
        return
    cells = []
    for row in rows:
        if all(reader.attribute(cell, "/Scope") == Name.Column for cell in row):
            continue  # the header
        for index, cell in enumerate(row):
            if index == 0:
                assert cell.S == Name.TH and reader.attribute(cell, "/Scope") == Name.Row
            heads = reader.headers(cell)
            by_scope = {
                scope: tuple(
                    reader.text(head) for head in heads if reader.attribute(head, "/Scope") == scope
                )
                for scope in (Name.Column, Name.Row)
            }
            cells.append(CellRead(reader.text(cell), by_scope[Name.Column], by_scope[Name.Row]))
    found.tables.append(cells)
