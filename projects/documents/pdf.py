"""A document as an accessible, tagged PDF (PDF/UA-1), made by typst in a process of its own."""

import hashlib
import json
import logging
import subprocess
import sys
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

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
    Span,
    Table,
)
from projects.documents.cleaning import cleaned
from projects.documents.columnwidths import table_layout
from projects.documents.drawings import drawing_size
from projects.documents.links import whole_link
from projects.documents.tables import groups

logger = logging.getLogger(__name__)
PROGRAM = Path(__file__).with_name("typesetting.py")
NARROW = 340  # px, of a drawing that leaves room for another beside it
SECONDS = 15  # for one document; the longest takes five, a usual one less than one
_one_at_a_time = Lock()  # in each web process


class PdfFailedError(Exception):
    """The PDF could not be made now; the log says why. The page itself is not affected."""


class PdfBusyError(PdfFailedError):
    """Others were waiting for theirs: nothing is known of this one."""


def render(document: Document) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    Raises PdfFailedError when it fails or takes too long, PdfBusyError when others do.
    """
    given = payload(cleaned(document, on_paper=True))
    if not _one_at_a_time.acquire(timeout=SECONDS):
        logger.error("PDF of “%s” waited for others for %s s", document.title, SECONDS)
        raise PdfBusyError
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with nothing of the document in it
            [sys.executable, "-I", str(PROGRAM)],
            input=given.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={},
        )
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace").strip()
        logger.error("PDF of “%s” failed: %s", document.title, why[-2000:])
        raise PdfFailedError from error
    except (subprocess.TimeoutExpired, OSError) as error:
        logger.error("PDF of “%s” failed: %s", document.title, type(error).__name__)
        raise PdfFailedError from error
    finally:
        _one_at_a_time.release()
    return done.stdout


def fingerprint(document: Document) -> str:
    """Names the PDF's bytes without making them: a key to store them under, an ETag."""
    given = payload(cleaned(document, on_paper=True))
    return hashlib.sha256(f"{_makers()}{given}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _makers() -> str:
    """What else decides the bytes: our two sources and the libraries."""
    sources = (PROGRAM, PROGRAM.parent / "typst" / "pack.typ")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return f"{digest} {version('typst')} {version('pikepdf')} "


def payload(document: Document) -> str:
    """What pack.typ reads: a cleaned document as JSON, with widths and whole addresses."""
    blocks = _beside([_DRAWN[type(block)](block, document) for block in document.blocks])
    anchors = {block["anchor"] for block in blocks if "anchor" in block}
    given = {
        "lang": document.lang,
        "title": document.title,
        "subtitle": document.subtitle,
        "publisher": document.publisher,
        "blocks": [_within(block, anchors) for block in blocks],
        # for the program, in the order of the tables in the file
        "tables": [kinds for block in blocks for kinds in _row_kinds(block)],
    }
    return json.dumps(given, ensure_ascii=False, sort_keys=True)


def _beside(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drawings that follow one another stand two in a row when both are narrow enough."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        if block["draw"] != "figure" or block["width"] > NARROW:
            found.append(block)
        elif found and found[-1]["draw"] == "drawings":
            found[-1]["figures"].append(block)
        else:
            found.append({"draw": "drawings", "figures": [block]})
    return found


def _row_kinds(block: dict[str, Any]) -> list[list[str]]:
    """The kinds of rows of each table that pack.typ draws for the block; [] without row headers."""
    match block["draw"]:
        case "table":
            return [[row["kind"] or "row" for row in block["rows"]]]
        case "facts":
            return [["row"] * len(block["rows"])]
        case "figures":
            return [[]] * -(-len(block["rows"]) // block["across"])
    return []


def _within(value: Any, anchors: set[str]) -> Any:
    """Without links to a place that the document lacks: typst refuses those."""
    if isinstance(value, dict):
        if "text" in value and "to" in value:
            rest = {name: part for name, part in value.items() if name != "to"}
            return {**rest, "to": value["to"]} if value["to"] in anchors else rest
        return {name: _within(part, anchors) for name, part in value.items()}
    return [_within(part, anchors) for part in value] if isinstance(value, list) else value


def _spans(line: Line, document: Document) -> list[dict[str, Any]]:
    return [_span(span, document) for span in line]


def _span(span: Span, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {"text": span.text}
    if span.href.startswith("#"):
        found["to"] = span.href[1:]
    elif href := whole_link(span.href, document.address):
        found["href"] = href
    if span.lang:
        found["lang"] = span.lang
    if span.strong:
        found["strong"] = True
    return found


def _heading(block: Heading, document: Document) -> dict[str, Any]:
    found = {"draw": "heading", "level": block.level, "text": block.text}
    return {**found, "anchor": block.anchor} if block.anchor else found


def _paragraph(block: Paragraph, document: Document) -> dict[str, Any]:
    label = words.labels(document.lang).get(block.tone, "")
    spans = _spans(block.spans, document)
    return {"draw": "paragraph", "tone": block.tone, "label": label, "spans": spans}


def _bullets(block: Bullets, document: Document) -> dict[str, Any]:
    items = [_spans(item, document) for item in block.items]
    return {"draw": "bullets", "numbered": block.numbered, "items": items}


def _facts(block: Facts, document: Document) -> dict[str, Any]:
    rows = [[name, _spans(value, document)] for name, value in block.rows]
    if block.tone != "figures":
        return {"draw": "facts", "rows": rows}
    # five or six stand in two rows of three
    return {"draw": "figures", "rows": rows, "across": 3 if len(rows) in {3, 5, 6} else 4}


def _table(block: Table, document: Document) -> dict[str, Any]:
    layout = table_layout(block)
    return {
        "draw": "table",
        "caption": block.caption,
        "columns": [
            {
                "title": column.title,
                "group": column.group,
                "numeric": column.numeric,
                "width": width,
                "broken": broken,
            }
            for column, width, broken in zip(
                block.columns, layout.widths, layout.broken, strict=True
            )
        ],
        "groups": [asdict(group) for group in groups(block)],
        "turned": layout.turned,
        "size": layout.size,
        "rows": [
            {"kind": row.kind, "cells": [_spans(cell, document) for cell in row.cells]}
            for row in block.rows
        ],
    }


def _figure(block: Figure, document: Document) -> dict[str, Any]:
    return {
        "draw": "figure",
        "svg": block.svg,
        "width": drawing_size(block.svg)[0],
        "alt": block.alt,
        "caption": block.caption,
    }


_DRAWN: dict[type[Block], Any] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    Figure: _figure,
}
