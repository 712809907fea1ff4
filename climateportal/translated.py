"""Content in three languages: one declared column per language, honest fallback to Finnish.

Built on django-translated-fields; why not modeltranslation: docs/decisions/0002-translations.md.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

LANGUAGES = ("fi", "sv", "en")
SOURCE = "fi"


class Text(NamedTuple):
    """A text and the language it is really in (`fi`, `sv` or `en`)."""

    value: str
    lang: str


def text_of(obj: models.Model, name: str, language: str | None = None) -> Text:
    """The translated field `name` of `obj` in `language` (default: the active one).

    Falls back to Finnish, then to any language that has a text; an empty Text when none has.
    """
    wanted = (language or get_language() or SOURCE)[:2]
    for lang in (wanted, SOURCE, *LANGUAGES):
        if value := getattr(obj, to_attribute(name, lang), ""):
            return Text(value, lang)
    return Text("", wanted)


def _getter(name: str, field: TranslatedField) -> Callable[[models.Model], str]:
    return lambda obj: text_of(obj, name).value


def _setter(name: str, field: TranslatedField) -> Callable[[models.Model, Any], None]:
    def refuse(obj: models.Model, value: Any) -> None:
        raise AttributeError(f"Set {name}_fi, {name}_sv or {name}_en; {name} is only read.")

    return refuse


def translated(field: models.Field) -> TranslatedField:
    """Declare `field` once per language. Swedish and English may always be left empty."""
    optional = {"blank": True, "default": ""}
    return TranslatedField(
        field,
        {"sv": optional, "en": optional, **({"fi": optional} if field.blank else {})},
        languages=LANGUAGES,
        attrgetter=_getter,
        attrsetter=_setter,
    )


def columns(name: str) -> list[str]:
    """The three column names of the translated field `name`: for forms, exports and digests."""
    return [to_attribute(name, lang) for lang in LANGUAGES]
