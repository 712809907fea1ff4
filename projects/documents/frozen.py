"""A document as JSON text and back: what a frozen meeting pack keeps, readable for decades.

`SCHEMA` grows only when old JSON would be misread; then `_UPGRADES` gains a step from the version
before. A new field with a default needs neither. tests/projects/documents/frozen/ keeps one file
of every version, which must open for good.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from types import NoneType
from typing import Any

from django.utils.functional import Promise

from projects.documents.blocks import KINDS, Column, Document, Row, Span

SCHEMA = 1
# version → how its JSON becomes that of the next version
_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
_NAMES = {kind: name for name, kind in KINDS.items()}
_Lines = tuple[tuple[Span, ...], ...]


class UnreadableDocumentError(ValueError):
    """The text is no document, or a newer version of the portal wrote it."""


def to_json(document: Document) -> str:
    """The document as JSON. The same document always gives the same text."""
    found = {"schema": SCHEMA, "document": _plain(document)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(text: str) -> Document:
    """The document that `to_json` wrote, by this version or an older one.

    Raises UnreadableDocumentError.
    """
    try:
        found = json.loads(text)
        version = found["schema"]
        if version > SCHEMA:
            raise UnreadableDocumentError(f"written by a newer version: schema {version}")
        for step in range(version, SCHEMA):
            found = _UPGRADES[step](found)
        return _document(found["document"])
    except UnreadableDocumentError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise UnreadableDocumentError(f"not a document: {error!r}") from error


def _plain(value: Any) -> Any:
    """Dataclasses, tuples, decimals and days as what JSON knows."""
    if is_dataclass(value):
        # a field at its default is left out: short, and equal to what an older version wrote
        found = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != field.default
        }
        name = _NAMES.get(type(value))
        return {"kind": name, **found} if name else found
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, str | Promise):  # a lazily translated text is the text of now
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return None  # JSON has no infinity
    if isinstance(value, bool | int | float | NoneType):
        return value
    raise TypeError(f"a document cannot hold {value!r}")


def _document(found: dict[str, Any]) -> Document:
    blocks = tuple(_block(block) for block in found["blocks"])
    return Document(**{**_known(Document, found), "blocks": blocks})


def _known(kind: type, found: dict[str, Any]) -> dict[str, Any]:
    """The fields that this version knows; one it has dropped since is passed over."""
    return {field.name: found[field.name] for field in fields(kind) if field.name in found}


def _block(found: dict[str, Any]) -> Any:
    name = found["kind"]
    kind = KINDS[name]
    return kind(
        **{
            field: _FIELDS.get((name, field), _same)(value)
            for field, value in _known(kind, found).items()
        }
    )


def _same(found: Any) -> Any:
    return found


def _line(found: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(**_known(Span, span)) for span in found)


def _lines(found: list[list[dict[str, Any]]]) -> _Lines:
    return tuple(_line(spans) for spans in found)


def _columns(found: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(**_known(Column, column)) for column in found)


def _rows(found: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(Row(**{**_known(Row, row), "cells": _lines(row["cells"])}) for row in found)


def _facts(found: list[list[Any]]) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return tuple((name, _line(spans)) for name, spans in found)


def _values(found: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(_value(value) for value in row) for row in found)


def _value(found: Any) -> Any:
    match found:
        case {"decimal": text}:
            return Decimal(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case {"moment": text}:
            return datetime.fromisoformat(text)
    return found


_FIELDS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("paragraph", "spans"): _line,
    ("bullets", "items"): _lines,
    ("facts", "rows"): _facts,
    ("facts", "values"): _values,
    ("table", "columns"): _columns,
    ("table", "rows"): _rows,
    ("table", "values"): _values,
}
