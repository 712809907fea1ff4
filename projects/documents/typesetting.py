"""Sets one document as PDF in a process of its own: JSON comes in, PDF goes out.

A program, never imported by the site: typst keeps over 100 MB once it has run, so the process ends
with its document. It needs nothing of Django and sees none of the site's settings.
"""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

FOLDER = Path(__file__).parent / "typst"
FEW_LINES = 460  # points from the top, of 842
MOST_MEMORY = 1024**3  # bytes; the longest document that `cleaned` lets through needs half


def limit_memory() -> None:
    """A document that grows beyond all reason ends this process, not the machine."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def typeset(payload: str) -> bytes:
    """The PDF that pack.typ makes of the payload; typst refuses what is not accessible.

    A few lines alone on the last page are set tighter, when that saves the page.
    """
    usual = _compiler(payload)
    pages, end = _end(usual)
    if pages > 1 and end < FEW_LINES:
        tight = _compiler(payload, tight="yes")
        if _end(tight)[0] < pages:
            return tight.compile(pdf_standards=["ua-1"])
    return usual.compile(pdf_standards=["ua-1"])


def _compiler(payload: str, **more: str) -> typst.Compiler:
    return typst.Compiler(
        FOLDER / "pack.typ",
        root=FOLDER,
        font_paths=[FOLDER],
        ignore_system_fonts=True,
        sys_inputs={"doc": payload, **more},
    )


def _end(compiler: typst.Compiler) -> tuple[int, float]:
    """The number of pages, and how far down the last one goes in points."""
    return json.loads(compiler.query("<end>", field="value", one=True))


def _children(element: Any) -> Iterator[Any]:
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _each(element: Any, kind: Any) -> Iterator[Any]:
    """Elements of a kind in reading order. Tables do not stand in tables."""
    for child in _children(element):
        if kind == child.S:
            yield child
        else:
            yield from _each(child, kind)


def _put_captions_into_tables(element: Any) -> None:
    """A table near the end of a page comes as Div[Caption, Div[Table]]: make it Table[Caption]."""
    kids = element.get("/K", Array())
    for index, child in enumerate(kids if isinstance(kids, Array) else [kids]):
        if not isinstance(child, Dictionary) or child.get("/S") != Name.Div:
            continue
        caption, *rest = _children(child)
        tables = list(_each(child, Name.Table))
        if Name.Caption != caption.S or len(rest) != 1 or len(tables) != 1:
            continue
        table = tables[0]
        inside = table.get("/K", Array())
        table.K = Array([caption, *(inside if isinstance(inside, Array) else [inside])])
        caption.P, table.P = table, element
        kids[index] = table


def _attributes(cell: Any) -> Any:
    """The cell's table attributes, made when there are none."""
    found = cell.get("/A")
    for one in found if isinstance(found, Array) else [found]:
        if isinstance(one, Dictionary) and one.get("/O") == Name.Table:
            return one
    made = Dictionary(O=Name.Table)
    if isinstance(found, Array):
        found.append(made)
    else:
        cell.A = Array([found, made]) if isinstance(found, Dictionary) else made
    return made


def _mark_row(row: Any, name: str, kind: str, part: str) -> None:
    """Make the row's first cell the header of the others, under the `part` it belongs to."""
    head, *cells = _children(row)
    head.S = Name.TH
    head.ID = String(name)
    attributes = _attributes(head)
    attributes.Scope = Name.Row
    if kind == "part":  # columns' headers would only be noise before it
        if "/Headers" in attributes:
            del attributes.Headers
        return
    above = [String(part)] if part else []
    attributes.Headers = Array([*attributes.get("/Headers", []), *above])
    for cell in cells:
        attributes = _attributes(cell)
        attributes.Headers = Array([*attributes.get("/Headers", []), *above, String(name)])


def mend_tables(pdf: pikepdf.Pdf, tables: list[list[str]]) -> None:
    """Captions where they belong, and headers of rows: typst tags those of columns only.

    `tables` has the kinds of rows of each table in the file; [] has no headers of rows. The new
    IDs go into the file's ID tree.
    """
    root = pdf.Root.StructTreeRoot
    for document in _children(root):
        _put_captions_into_tables(document)
    found = list(_each(root, Name.Table))
    if len(found) != len(tables):
        raise ValueError(f"{len(tables)} tables went in, {len(found)} came out")
    marked: list[tuple[bytes, Any]] = []
    for number, (table, kinds) in enumerate(zip(found, tables, strict=True)):
        if not kinds:
            continue
        part = ""
        bodies = list(_each(table, Name.TBody)) or [table]
        rows = [row for body in bodies for row in _each(body, Name.TR)]
        for index, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
            name = f"r{number}-{index}"
            part = "" if kind in {"part", "total"} else part
            _mark_row(row, name, kind, part)
            part = name if kind == "part" else part
            marked.append((name.encode(), next(_children(row))))
    _add_to_id_tree(pdf, root, marked)


def _add_to_id_tree(pdf: pikepdf.Pdf, root: Any, marked: list[tuple[bytes, Any]]) -> None:
    tree = root.get("/IDTree")
    if tree is None:
        return
    names = [*_names(tree), *marked]
    names.sort(key=lambda pair: pair[0])
    flat = Array([part for name, element in names for part in (String(name), element)])
    root.IDTree = pdf.make_indirect(Dictionary(Names=flat))


def _names(node: Any) -> Iterator[tuple[bytes, Any]]:
    """Every name of a name tree with its element."""
    pairs = list(node.get("/Names", []))
    for name, element in zip(pairs[::2], pairs[1::2], strict=True):
        yield bytes(name), element
    for kid in node.get("/Kids", []):
        yield from _names(kid)


def main() -> None:
    """Read the payload, write the PDF. A failure is a message on stderr and exit code 1."""
    limit_memory()
    payload = sys.stdin.buffer.read().decode()
    tables = json.loads(payload)["tables"]
    try:
        made = typeset(payload)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            mend_tables(pdf, tables)
            pdf.save(sys.stdout.buffer, deterministic_id=True)
    except (typst.TypstError, pikepdf.PdfError, ValueError, RuntimeError) as error:
        sys.exit(f"{type(error).__name__}: {error}"[:2000])


if __name__ == "__main__":
    main()
