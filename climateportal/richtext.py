"""Rich text: what an editor may write, and the sanitising that every path into the database takes.

The only place in the project that marks a string as safe HTML.
"""

import re
from functools import lru_cache
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

# What the editor offers and what is kept of a paste from Word, a web page or a spreadsheet.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Heading": {"levels": [3, 4]},  # the page has the h1 and h2
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h3", "h4", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}


LONGEST = 100_000  # characters; thirty printed pages


@lru_cache(maxsize=512)
def _cleaned(html: str) -> str:
    """Remembered, because a page sanitises what it shows once more, and deep nesting is slow."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def sanitise(html: str) -> str:
    """Keep the tags an editor may use; drop scripts, styles, event handlers and odd addresses.

    Raises ValidationError for a text longer than `LONGEST` characters.
    """
    if len(html) > LONGEST:
        raise ValidationError(
            _("The text is too long: at most %(most)s characters with its formatting."),
            params={"most": LONGEST},
        )
    return _cleaned(html)


def safe(html: str, top: int = 3) -> SafeString:
    """Stored rich text, ready for a template. Sanitised once more: storage may predate a rule.

    Headings begin at level `top`: 3 under a section's h2, 2 straight under a page's h1.
    """
    html = _cleaned(html)
    if top == 2:
        html = re.sub(r"(</?h)([34])>", lambda tag: f"{tag[1]}{int(tag[2]) - 1}>", html)
    return mark_safe(html)  # noqa: S308 - sanitised above, only the numbers of headings differ


def plain(html: str) -> str:
    """The words of a rich text on one line, for descriptions, feeds and search."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


def split_after_first_paragraph(html: str) -> tuple[str, str]:
    """The first paragraph and the rest; ("", html) when the text begins with something else.

    Sanitised paragraphs do not nest, so the first end tag ends the first paragraph.
    """
    end = html.find("</p>")
    if not html.startswith("<p>") or end < 0:
        return "", html
    return html[: end + 4], html[end + 4 :]


class RichTextField(ProseEditorField):
    """A rich text column. Sanitises in `pre_save` too, so that no path can store a script.

    The package sanitises in `full_clean()` only, which imports and shell code can forget.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("config", None)
        kwargs.pop("extensions", None)
        kwargs.pop("sanitize", None)
        super().__init__(*args, extensions=EXTENSIONS, sanitize=sanitise, **kwargs)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = sanitise(getattr(model_instance, self.attname) or "")
        if not plain(value):  # "<p></p>" is what the editor leaves of an emptied field
            value = ""
        setattr(model_instance, self.attname, value)
        return value
