"""Files that the demo's projects give to download, made here: a PDF, a table and a plain text."""

from django.core.files.base import ContentFile


def text_file(name: str, lines: list[str]) -> ContentFile:
    """A plain text file."""
    return ContentFile(("\n".join(lines) + "\n").encode(), name=f"{name}.txt")


def csv_file(name: str, rows: list[list[str | int]]) -> ContentFile:
    """A table that Finnish Excel opens as it is: UTF-8 with a mark, parted by semicolons."""
    lines = [";".join(str(cell) for cell in row) for row in rows]
    return ContentFile(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"), name=f"{name}.csv")


def pdf_file(name: str, title: str, lines: list[str]) -> ContentFile:
    """A PDF of one A4 page with a heading and paragraphs, tagged so that it can be read aloud."""
    objects = _objects(title, lines)
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 2 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return ContentFile(out, name=f"{name}.pdf")


def _objects(title: str, lines: list[str]) -> list[bytes]:
    texts = [title, *lines]
    content = b"\n".join(_shown(number, text) for number, text in enumerate(texts))
    parts = [b"%d 0 R" % (9 + number) for number in range(len(texts))]
    fixed = [
        b"<< /Type /Catalog /Pages 3 0 R /Lang (fi-FI) /MarkInfo << /Marked true >> "
        b"/StructTreeRoot 7 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
        b"<< /Title (%s) >>" % _escaped(title),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /StructParents 0 "
        b"/Tabs /S /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /StructTreeRoot /K 8 0 R /ParentTree << /Nums [0 [%s]] >> >>" % b" ".join(parts),
        b"<< /Type /StructElem /S /Document /P 7 0 R /K [%s] >>" % b" ".join(parts),
    ]
    tagged = [
        b"<< /Type /StructElem /S /%s /P 8 0 R /Pg 4 0 R /K %d >>"
        % (b"P" if number else b"H1", number)
        for number in range(len(texts))
    ]
    return [*fixed, *tagged]


def _shown(number: int, text: str) -> bytes:
    kind, size = (b"P", 12) if number else (b"H1", 20)
    return b"/%s << /MCID %d >> BDC BT /F %d Tf 56 %d Td (%s) Tj ET EMC" % (
        kind, number, size, 770 - 28 * number, _escaped(text),
    )  # fmt: skip


def _escaped(text: str) -> bytes:
    for mark in "\\()":
        text = text.replace(mark, f"\\{mark}")
    return text.encode("cp1252", "replace")
