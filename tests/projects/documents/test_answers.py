"""A document's files over HTTP: what is kept, who gets how many, what is said without one."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.cache import caches
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from climateportal.models import Notice
from projects.documents import answers, pdf
from projects.documents.blocks import Column, Document, Paragraph, Row, Span, Table, line
from tests.projects.documents.pdfreading import read_pdf
from tests.projects.documents.reading import norm
from tests.projects.documents.samples import pack


@pytest.fixture
def request_for(rf: RequestFactory) -> HttpRequest:
    return rf.get("/alueet/kestavat/kokoukset/2024-03-14/")


@pytest.mark.django_db
def test_a_pdf_is_made_once_and_sent_once(
    request_for: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    render = pdf.render
    monkeypatch.setattr(answers.pdf, "render", lambda doc: made.append(doc) or render(doc))
    first = answers.pdf_answer(request_for, pack("sv"), page="/")
    second = answers.pdf_answer(request_for, pack("sv"), page="/")
    assert first.content == second.content and len(made) == 1
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Language"] == "sv"
    assert first["Content-Disposition"] == (
        'inline; filename="styrgruppen-for-kestavat-mote-1432024.pdf"'
    )
    request_for.META["HTTP_IF_NONE_MATCH"] = first["ETag"]
    assert answers.pdf_answer(request_for, pack("sv"), page="/").status_code == 304
    private = answers.pdf_answer(request_for, pack(), page="/", private=True)
    assert "no-store" in private["Cache-Control"] and "private" in private["Cache-Control"]


@pytest.mark.django_db
def test_without_a_pdf_a_page_says_so_and_leads_to_the_page(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: Document) -> bytes:
        raise pdf.PdfFailedError

    monkeypatch.setattr(answers.pdf, "render", fail)
    document = Document("Ei vielä tehty", "fi", ())
    response = answers.pdf_answer(rf.get("/"), document, page="/alueet/kestavat/")
    assert response.status_code == 503
    assert response["Retry-After"] == "300"
    html = response.content.decode()
    assert "PDF ei ole nyt saatavilla" in html and 'href="/alueet/kestavat/"' in html


@pytest.mark.django_db
def test_a_pdf_that_failed_is_not_tried_for_each_request(
    request_for: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def failing_with(error: type[Exception]) -> Any:
        def fail(document: Document) -> bytes:
            tried.append(document.title)
            raise error

        return fail

    def ask(title: str) -> tuple[int, str]:
        response = answers.pdf_answer(request_for, Document(title, "fi", ()), page="/")
        return response.status_code, response["Retry-After"]

    monkeypatch.setattr(answers.pdf, "render", failing_with(pdf.PdfBusyError))
    assert ask("A") == ask("A") == (503, "60")
    monkeypatch.setattr(answers.pdf, "render", failing_with(pdf.PdfFailedError))
    assert ask("A") == ask("A") == ask("B") == (503, "300")
    assert tried == ["A", "A", "A", "B"]


@pytest.mark.django_db
def test_invented_documents_are_not_kept(
    request_for: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(answers.pdf, "render", lambda doc: made.append(doc.title) or b"%PDF-")
    for title, keep in (("A", False), ("A", False), ("B", True), ("B", True)):
        document = Document(title, "sv", ())
        answer = answers.pdf_answer(request_for, document, page="/sida/", keep=keep)
        assert answer.status_code == 200
    assert made == ["A", "A", "B"]


@pytest.mark.django_db
def test_kept_documents_push_out_no_counts(
    request_for: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers.pdf, "render", lambda doc: b"%PDF-")
    monkeypatch.setattr(caches["documents"], "_max_entries", 3)
    monkeypatch.setattr(caches["default"], "_max_entries", 3)
    caches["default"].set("allauth:rl:login_failed", [1, 2], 300)
    for number in range(9):
        answers.pdf_answer(request_for, Document(str(number), "fi", ()), page="/")
    assert caches["default"].get("allauth:rl:login_failed") == [1, 2]


@pytest.mark.django_db
def test_a_file_leads_to_the_site_that_was_asked(request_for: HttpRequest) -> None:
    rows = (Row((line(Span("Lapua", "/kunnat/lapua/")), line("1"))),)
    table = Table("Taulukko", (Column("A"), Column("B", numeric=True)), rows, "T")
    document = Document("T", "fi", (table,), address="/alueet/a/?alku=1")
    whole = "http://testserver/kunnat/lapua/"
    text = answers.text_answer(request_for, document).content.decode()
    assert f"Lapua <{whole}>" in text and "http://testserver/alueet/a/?alku=1" in text
    book = openpyxl.load_workbook(
        io.BytesIO(answers.workbook_answer(request_for, document).content)
    )
    assert book.worksheets[1]["A2"].hyperlink.target == whole
    assert book.worksheets[0]["A2"].hyperlink.target == "http://testserver/alueet/a/?alku=1"
    made = answers.pdf_answer(request_for, document, page="/")
    assert ("Lapua", whole) in read_pdf(made.content).links


@pytest.mark.django_db
def test_lasting_notices_stand_first_in_every_file(request_for: HttpRequest) -> None:
    """“This is a demo”: a file that is passed on must not pass for real. A break ends by itself."""
    Notice.objects.create(text_fi="Tämä on esittelysivusto.")
    soon = timezone.now() + timedelta(days=1)
    Notice.objects.create(text_fi="Huoltokatko huomenna.", ends_at=soon)
    Notice.objects.create(text_fi="Ei vielä.", starts_at=soon)
    document = Document("Aineisto", "sv", (Paragraph(line("Text")),))
    text = answers.text_answer(request_for, document).content.decode()
    assert "Observera: Tämä on esittelysivusto.\n\nText" in text
    assert "Huoltokatko" not in text and "Ei vielä" not in text
    made = read_pdf(answers.pdf_answer(request_for, document, page="/").content)
    assert norm("Tämä on esittelysivusto.") in made.paragraphs[0]
    assert ("fi", norm("Tämä on esittelysivusto.")) in made.languages
    book = answers.workbook_answer(request_for, document)
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert "esittelysivusto" in str([cell.value for (cell, *_) in sheet.iter_rows()])


@pytest.mark.django_db
def test_workbook_and_text_have_names_and_kinds(request_for: HttpRequest) -> None:
    book = answers.workbook_answer(request_for, pack(), private=True)
    assert book["Content-Disposition"].startswith("attachment; filename=")
    assert book.content[:2] == b"PK" and "no-store" in book["Cache-Control"]
    text = answers.text_answer(request_for, Document("会議", "fi", ()))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert 'filename="document.txt"' in text["Content-Disposition"]
    assert text.content.decode().startswith("□□")
