"""Uploads are judged by their content."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from climateportal import uploads


@pytest.fixture(autouse=True)
def in_english():
    """The messages are compared in their source language."""
    with translation.override("en"):
        yield


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_pass(kind: str) -> None:
    uploads.validate_image(upload("a.bin", picture(kind)))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        picture()[:200], picture("GIF"), b"GIF89a<script>alert(1)</script>",
    ],
    ids=["empty", "text", "svg", "cut", "gif", "polyglot"],
)  # fmt: skip
def test_fakes_and_other_kinds_are_refused_with_advice(content: bytes) -> None:
    with pytest.raises(ValidationError, match="JPEG, PNG"):
        uploads.validate_image(upload("a.jpg", content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_broken_camera_data_is_refused_or_can_be_shown(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = picture(kind, exif=exif.tobytes())
    begin = whole.index(b"MM\x00*")
    for broken in (b"MM\xfb*", b"XX\x00*"):
        content = whole[:begin] + broken + whole[begin + 4 :]
        try:
            uploads.validate_image(upload("a.jpg", content))
        except ValidationError as error:
            assert "JPEG, PNG" in error.messages[0]
        else:
            uploads.reencoded(upload("a.jpg", content))


def test_a_large_picture_is_refused_with_its_size(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "IMAGE_MAX", 100)
    with pytest.raises(ValidationError, match="MB"):
        uploads.validate_image(upload("a.png", picture("PNG", (500, 500))))


def test_too_many_pixels_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MAX_PIXELS", 1000)
    with pytest.raises(ValidationError, match="pixels"):
        uploads.validate_image(upload("a.png", picture("PNG", (100, 100))))


def test_the_place_of_a_photo_is_removed() -> None:
    exif = Image.Exif()
    exif[0x0110] = "Camera of a resident"
    content = picture(exif=exif, size=(3200, 1000))
    result = uploads.reencoded(upload("Kuva Ä.JPG", content))
    with Image.open(result) as image:
        assert image.format == "WEBP"
        assert image.size == (1600, 500)
        assert not image.getexif()
    assert b"resident" not in result.open().read()


def office(member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("opas.pdf", b"%PDF-1.7\n"),
        ("opas.docx", office("word/document.xml")),
        ("luvut.xlsx", office("xl/workbook.xml")),
        ("luvut.csv", "kunta;päästöt\n".encode("cp1252")),
    ],
)
def test_materials_pass(name: str, content: bytes) -> None:
    uploads.validate_material(upload(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("opas.exe", b"MZ"),
        ("opas.html", b"<script>"),
        ("opas.svg", b"<svg/>"),
        ("opas.pdf", b"<html>"),
        ("opas.docx", office("xl/workbook.xml")),
        ("opas.docx", b"PK\x03\x04 broken"),
        ("luvut.csv", b"MZ\0\0"),
        ("opas", b"%PDF-"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        uploads.validate_material(upload(name, content))


def test_stored_names_keep_no_path_of_the_uploader() -> None:
    name = uploads.image_path(None, "../../etc/Päästöt 2023.JPG")
    assert name.startswith("kuvat/paastot-2023-")
    assert name.endswith(".jpg")
