"""Texts of the demo in three languages, and how they become columns."""

from typing import Any, NamedTuple


class L(NamedTuple):
    """One text in Finnish, Swedish and English. The last two may be missing."""

    fi: str
    sv: str = ""
    en: str = ""


def rich(fi: str, sv: str = "", en: str = "") -> L:
    """A rich text: paragraphs parted by an empty line; one that starts with “- ” is a list."""
    return L(_html(fi), _html(sv), _html(en))


def _html(text: str) -> str:
    blocks = [block.strip() for block in text.strip().split("\n\n")]
    return "".join(_block(block) for block in blocks if block)


def _block(block: str) -> str:
    text = " ".join(block.split())
    if text.startswith("- "):
        return (
            "<ul>" + "".join(f"<li><p>{item}</p></li>" for item in text[2:].split(" - ")) + "</ul>"
        )
    return f"<p>{text}</p>"


def columns_of(values: dict[str, Any]) -> dict[str, Any]:
    """`{"title": L(a, b, c)}` becomes `{"title_fi": a, "title_sv": b, "title_en": c}`."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, L):
            columns |= {f"{name}_{lang}": text for lang, text in value._asdict().items()}
        else:
            columns[name] = value
    return columns
