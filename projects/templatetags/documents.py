"""{% document doc %}: a document on a page, one template for each kind of block."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from climateportal.templatetags.ui import joined
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
from projects.documents.drawings import drawing_size
from projects.documents.tables import groups

register = template.Library()
TEMPLATES: dict[type[Block], str] = {
    Heading: "documents/heading.html",
    Paragraph: "documents/paragraph.html",
    Bullets: "documents/bullets.html",
    Facts: "documents/facts.html",
    Table: "documents/table.html",
    Figure: "documents/figure.html",
}
MID = 3  # columns from which the rows are cards on a phone
WIDE = 7  # columns from which the table also scrolls by itself where it is too wide for the page
TURNED = 10  # columns from which heads of numbers are turned upwards
MANY = 3  # drawings in a row, which a phone shows beside each other


@register.inclusion_tag("documents/document.html")
def document(doc: Document) -> dict[str, Any]:
    """All blocks below the page's h1, marked with their language when it is not the page's.

    The page links css/documents.css in its head.
    """
    doc = cleaned(doc)
    pieces = [
        {"template": TEMPLATES[type(block)], "block": block, "number": number}
        | _extras(block, doc.lang)
        for number, block in enumerate(doc.blocks)
    ]
    return {"lang": doc.lang if doc.lang != get_language() else "", "parts": list(_parts(pieces))}


def _parts(pieces: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Pieces one by one, but drawings that follow one another together."""
    for are_drawings, found in groupby(pieces, lambda piece: isinstance(piece["block"], Figure)):
        together = list(found)
        yield {"pieces": together, "is_strip": are_drawings and len(together) >= MANY}


def _extras(block: Block, lang: str) -> dict[str, Any]:
    """What a template needs besides the block itself."""
    match block:
        case Paragraph():
            return {"label": words.labels(lang).get(block.tone, "")}
        case Figure():
            across, down = drawing_size(block.svg)
            address = "data:image/svg+xml," + quote(block.svg, safe="=:/'")
            return {"address": address, "width": f"{across:g}", "height": f"{down:g}"}
        case Table():
            width = len(block.columns)
            return {
                "groups": groups(block),
                "under": [column for column in block.columns if column.group],
                "bodies": list(_bodies(block)),
                "look": "wide" if width >= WIDE else "mid" if width >= MID else "",
                "turned": width >= TURNED,
            }
    return {}


def _bodies(table: Table) -> Iterator[list[dict[str, Any]]]:
    """Rows in parts: a part's row opens a <tbody>, for its heading is that of a row group."""
    body: list[dict[str, Any]] = []
    for row in table.rows:
        # a total stands outside the part that it follows
        is_after_part = row.kind == "total" and body and body[0]["kind"] == "part"
        if body and (row.kind == "part" or is_after_part):
            yield body
            body = []
        head, *cells = row.cells
        rest = zip(_shapes(table), cells, strict=row.kind != "part")
        body.append(
            {"kind": row.kind, "head": head, "cells": [(shape, spans) for shape, spans in rest]}
        )
    yield body


def _shapes(table: Table) -> list[dict[str, str]]:
    """Class and label of the cells in each column but the first, for when a row is a card.

    A group's heading stands over the first of its values; they begin a line of their own.
    """
    shapes = []
    for before, column in pairwise(table.columns):
        begins = column.group != before.group
        heading = f"{column.group}:\n" if begins and column.group else ""
        classes = ["n"] * column.numeric + ["new"] * begins + ["over"] * bool(heading)
        shapes.append({"class": " ".join(classes), "label": f"{heading}{column.title}"})
    return shapes


@register.filter
def column_of(group: Any, table: Table) -> Any:
    """The column that stands in the upper header row by itself."""
    return table.columns[group.first]


@register.filter
def runs(line: Line) -> SafeString:
    """A line of a document: links, strong words, words in another language."""
    found = SafeString()
    for span in line:  # a large pack has thousands; most are one run of plain text
        found += _run(span)
    return found


def _run(span: Span) -> SafeString:
    body = _without_at(joined(span.text))
    if span.strong:
        body = format_html("<strong>{}</strong>", body)
    lang = format_html(' lang="{}"', span.lang) if span.lang else ""
    if span.href:
        return format_html('<a href="{}"{}>{}</a>', _without_at(span.href), lang, body)
    return format_html("<span{}>{}</span>", lang, body) if lang else body


def _without_at(text: str) -> SafeString:
    """The text with “@” as an entity: people see it, harvesters of addresses do not."""
    if "@" not in text:
        return conditional_escape(text)
    return format_html_join(format_html("&#{};", 64), "{}", ((part,) for part in text.split("@")))
