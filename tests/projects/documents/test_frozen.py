"""A frozen pack opens for good: what was written is what is read, in every version."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy

from projects.documents.blocks import Column, Document, Paragraph, Row, Span, Table, line
from projects.documents.frozen import SCHEMA, UnreadableDocumentError, from_json, to_json
from tests.projects.documents.samples import hostile, pack

KEPT = sorted((Path(__file__).parent / "frozen").glob("v*.json"))


@pytest.mark.parametrize("document", [pack(), pack("sv"), Document("", "en", ())])
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    text = to_json(document)
    assert from_json(text) == document
    assert to_json(from_json(text)) == text


def test_texts_without_half_characters_come_back_even_from_a_hostile_document() -> None:
    document = hostile()
    assert from_json(to_json(document)) == document


def test_numbers_and_days_keep_their_kind() -> None:
    values = ((Decimal("1000.50"), 3, 2.5, date(2024, 3, 14), datetime(2024, 3, 14, 9, 30), None),)
    columns = tuple(Column(str(n)) for n in range(6))
    table = Table("T", columns, (Row((line("a"),) * 6),), "T", values)
    (found,) = from_json(to_json(Document("T", "fi", (table,)))).blocks
    assert found.values == values
    assert [type(value) for value in found.values[0]] == [type(value) for value in values[0]]


def test_lazy_texts_are_written_as_texts_and_infinity_as_nothing() -> None:
    table = Table("T", (Column("A"),), (Row((line("a"),)),), "T", ((float("inf"),),))
    document = Document("T", "fi", (Paragraph((Span(gettext_lazy("Search")),)), table))
    paragraph, table = from_json(to_json(document)).blocks
    assert paragraph.spans == (Span("Hae"),)
    assert table.values == ((None,),)


def test_every_version_so_far_still_opens() -> None:
    """A new SCHEMA needs a new file: write it with to_json(pack()) and never change it again."""
    assert [path.stem for path in KEPT] == [f"v{version}" for version in range(1, SCHEMA + 1)]
    for path in KEPT:
        assert from_json(path.read_text(encoding="utf-8")).title == pack().title
    assert KEPT[-1].read_text(encoding="utf-8").strip() == to_json(pack()), (
        "the sample or the format has changed: is the kept file still read right?"
    )


def test_a_field_that_came_later_takes_its_default_and_one_that_went_is_passed_over() -> None:
    text = json.dumps(
        {
            "schema": 1,
            "document": {
                "title": "T", "lang": "fi", "gone": 1,
                "blocks": [{"kind": "paragraph", "gone": 1, "spans": [{"text": "a", "gone": 1}]}],
            },
        }
    )  # fmt: skip
    assert from_json(text) == Document("T", "fi", (Paragraph(line("a")),))


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", '{"schema":1}', '{"schema":99,"document":{}}', '{"schema":0}',
        '{"schema":"1","document":{}}',
        '{"schema":1,"document":{"title":"T","lang":"fi","blocks":[{"kind":"odd"}]}}',
        '{"schema":1,"document":{"title":"T","lang":"fi","blocks":[{"kind":"table","caption":"",'
        '"columns":[],"rows":[],"name":"","values":[[{"decimal":"x"}]]}]}}',
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_clearly(text: str) -> None:
    with pytest.raises(UnreadableDocumentError):
        from_json(text)
