"""Uploaded files: checked by what they contain, not by what they are called."""

import io
import secrets
import warnings
import zipfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MB = 1024 * 1024
IMAGE_MAX = 10 * MB
MATERIAL_MAX = 25 * MB
IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
IMAGE_WIDTH = 1600  # pixels; twice the width of the page's text column
MAX_PIXELS = 24_000_000  # 6000 x 4000, a good camera; more would take the memory of a worker

# extension → how the first bytes must look; zip-based formats also name a member they must hold
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MATERIAL_TYPES: dict[str, tuple[bytes | None, str | None]] = {
    "pdf": (_PDF, None),
    "docx": (_ZIP, "word/document.xml"),
    "xlsx": (_ZIP, "xl/workbook.xml"),
    "pptx": (_ZIP, "ppt/presentation.xml"),
    "odt": (_ZIP, "content.xml"),
    "ods": (_ZIP, "content.xml"),
    "odp": (_ZIP, "content.xml"),
    "doc": (_OLE, None),
    "xls": (_OLE, None),
    "ppt": (_OLE, None),
    "csv": (None, None),
    "txt": (None, None),
    "jpg": (b"\xff\xd8\xff", None),
    "jpeg": (b"\xff\xd8\xff", None),
    "png": (b"\x89PNG", None),
}


def _stored_name(folder: str, filename: str) -> str:
    path = PurePath(filename)
    stem = slugify(path.stem)[:60] or "tiedosto"
    return f"{folder}/{stem}-{secrets.token_hex(4)}{path.suffix.lower()}"


def image_path(instance: Any, filename: str) -> str:
    """Where a picture is stored: readable, unique, without the uploader's own path."""
    return _stored_name("kuvat", filename)


def material_path(instance: Any, filename: str) -> str:
    """Where a material is stored."""
    return _stored_name("aineistot", filename)


def _is_new(file: Any) -> bool:
    """A file already in storage was checked when it came."""
    return not (isinstance(file, FieldFile) and file._committed)


def validate_image(file: Any) -> None:
    """Refuse pictures too large, broken, of other kinds, or not pictures at all."""
    if not _is_new(file):
        return
    if file.size > IMAGE_MAX:
        raise ValidationError(
            _("The picture is %(size)s MB. Make it smaller than %(max)s MB and try again."),
            params={"size": round(file.size / MB, 1), "max": IMAGE_MAX // MB},
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            with Image.open(file, formats=IMAGE_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise ValidationError(_("The picture has too many pixels. Make it smaller."))
                image.load()
                image.thumbnail((8, 8))
                ImageOps.exif_transpose(image)  # reads the camera's data, which may be broken
    except ValidationError:
        raise
    except Exception as error:  # a broken file makes decoders raise anything
        raise ValidationError(
            _("This is not a picture we can show. Save it as JPEG, PNG or WebP and try again.")
        ) from error
    finally:
        file.seek(0)


def reencoded(file: UploadedFile) -> ContentFile:
    """The picture turned upright, at most 1600 px wide, without camera data (place, owner).

    Expects a file that passed `validate_image`.
    """
    file.seek(0)
    with Image.open(file, formats=IMAGE_FORMATS) as source:
        source.draft("RGB", (IMAGE_WIDTH, IMAGE_WIDTH * 2))  # a JPEG is decoded small at once
        source.thumbnail((IMAGE_WIDTH * 2, IMAGE_WIDTH * 2))  # before copies are made of it
        image = ImageOps.exif_transpose(source)
        image = image.convert("RGBA" if "A" in image.getbands() else "RGB")
        image.thumbnail((IMAGE_WIDTH, IMAGE_WIDTH * 2))
        out = io.BytesIO()
        image.save(out, "WEBP", quality=82, method=4)
    return ContentFile(out.getvalue(), name=PurePath(file.name).with_suffix(".webp").name)


def validate_material(file: Any) -> None:
    """Refuse files too large, of unlisted kinds, or whose content is not what the name says."""
    if not _is_new(file):
        return
    if file.size > MATERIAL_MAX:
        raise ValidationError(
            _("The file is %(size)s MB. The largest allowed is %(max)s MB."),
            params={"size": round(file.size / MB, 1), "max": MATERIAL_MAX // MB},
        )
    suffix = PurePath(file.name).suffix.lower().lstrip(".")
    if suffix not in MATERIAL_TYPES:
        raise ValidationError(
            _("Files of this kind are not accepted. Allowed are: %(kinds)s."),
            params={"kinds": ", ".join(sorted(MATERIAL_TYPES))},
        )
    start, member = MATERIAL_TYPES[suffix]
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    right = head.startswith(start) if start else b"\0" not in head
    if right and member:
        try:
            with zipfile.ZipFile(file) as archive:
                right = member in archive.namelist()
        except zipfile.BadZipFile:
            right = False
        finally:
            file.seek(0)
    if not right:
        raise ValidationError(
            _("The file is not what its name says (.%(kind)s). Save it again and try once more."),
            params={"kind": suffix},
        )
