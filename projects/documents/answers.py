"""A document as a file over HTTP: PDF, workbook or text. The view has checked who may read it.

A file is read outside the site, so its addresses are whole: those of the site that was asked.
"""

from collections.abc import Callable
from dataclasses import replace

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.text import slugify

from climateportal.models import Notice
from climateportal.translated import text_of
from projects.documents import pdf, plaintext, workbook
from projects.documents.blocks import Document, Line, Paragraph, Span

DAY = 24 * 60 * 60
MINUTES = 5 * 60  # a document that failed is not tried again so long
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_answer(
    request: HttpRequest, document: Document, *, page: str, private: bool = False, keep: bool = True
) -> HttpResponseBase:
    """The PDF, made once a day at most; a page that says so and leads to `page` when it fails.

    Without `keep`, for what a visitor can invent without end, none is kept. `private` keeps drafts
    out of shared caches. A reader who has the same bytes gets 304.
    """
    document = _to_send(request, document)
    name = pdf.fingerprint(document)

    def make() -> bytes:
        kept = caches["documents"]
        made = kept.get(f"pdf-{name}")
        if made is None:
            made = _made(document, f"failed-{name}")
            if keep:
                kept.set(f"pdf-{name}", made, DAY)
        return made

    try:
        return _answer(request, document, make, PDF, "pdf", private=private, etag=name)
    except pdf.PdfBusyError:
        return _no_pdf(request, document, page, 60)
    except pdf.PdfFailedError:
        return _no_pdf(request, document, page, MINUTES)


def _made(document: Document, failed: str) -> bytes:
    """The bytes, made now. A document that fails is remembered as failed for some minutes."""
    kept = caches["documents"]
    if kept.get(failed):
        raise pdf.PdfFailedError
    try:
        return pdf.render(document)
    except pdf.PdfBusyError:
        raise
    except pdf.PdfFailedError:
        kept.set(failed, True, MINUTES)
        raise


def _no_pdf(request: HttpRequest, document: Document, page: str, wait: int) -> HttpResponse:
    context = {"document_title": document.title, "page": page}
    response = render(request, "documents/no_pdf.html", context, status=503)
    response["Retry-After"] = str(wait)
    return response


def workbook_answer(
    request: HttpRequest, document: Document, *, private: bool = False
) -> HttpResponseBase:
    """The workbook, to be saved as a file."""
    document = _to_send(request, document)
    return _answer(
        request, document, lambda: workbook.render(document), XLSX, "xlsx", private=private
    )


def text_answer(
    request: HttpRequest, document: Document, *, private: bool = False
) -> HttpResponseBase:
    """The text that is sent by e-mail."""
    document = _to_send(request, document)
    return _answer(
        request,
        document,
        lambda: plaintext.render(document).encode(),
        "text/plain; charset=utf-8",
        "txt",
        private=private,
    )


def _to_send(request: HttpRequest, document: Document) -> Document:
    """The document with what it needs outside the site: its whole address, to which the paths in it
    are joined, and first the notices that stand on every page for good.

    Those that end by a day tell of breaks in the service, which mean nothing in a file.
    """
    lasting = Notice.objects.current().filter(ends_at=None).order_by("-starts_at", "-pk")
    with translation.override(document.lang):
        told = [Paragraph(_notice(notice, document.lang), "warning") for notice in lasting]
    address = document.address and request.build_absolute_uri(document.address)
    return replace(document, blocks=(*told, *document.blocks), address=address)


def _notice(notice: Notice, lang: str) -> Line:
    text = text_of(notice, "text")
    return (Span(text.value, lang="" if text.lang == lang else text.lang),)


def _answer(
    request: HttpRequest,
    document: Document,
    make: Callable[[], bytes],
    kind: str,
    ending: str,
    *,
    private: bool,
    etag: str = "",
) -> HttpResponseBase:
    """`make` runs only when the reader does not have the file yet."""
    headers = {
        "Content-Language": document.lang,
        "Content-Disposition": content_disposition_header(
            ending == "xlsx", f"{slugify(document.title)[:80] or 'document'}.{ending}"
        ),
    }
    if etag:
        headers["ETag"] = quote_etag(etag)
        same = get_conditional_response(request, headers["ETag"])
        if same is not None:
            return same
    response = HttpResponse(make(), content_type=kind, headers=headers)
    if private:
        patch_cache_control(response, private=True, no_store=True)
    return response
