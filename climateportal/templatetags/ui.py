"""Template tags for what every page needs: texts with their language, dates, money, icons.

Built in to every template (settings), so no {% load %} is needed.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from climateportal import richtext
from climateportal.dates import NBSP, dash, long_date, machine_date, occasion, short_date
from climateportal.numerals import euros, number, percent
from climateportal.translated import Text, text_of

register = template.Library()
register.filter(euros)
register.filter(percent)
WORD_JOINER = "\u2060"


def joined(text: str) -> str:
    """Keep “2030 -hanke” on one line: no break before the hyphen of a compound."""
    return text.replace(" -", f"{NBSP}-{WORD_JOINER}")


@register.simple_tag
def t(obj: Any, name: str) -> SafeString:
    """A translated text, marked with its language when it is not the page's (rule 12)."""
    return marked(text_of(obj, name))


def marked(text: Text) -> SafeString:
    """A text, marked with its language when it is not the page's."""
    value = conditional_escape(joined(text.value))
    if not text.value or text.lang == get_language():
        return value
    return format_html('<span lang="{}">{}</span>', text.lang, value)


@register.simple_tag
def rich(obj: Any, name: str, css: str = "prose", top: int = 3) -> SafeString:
    """A translated rich text in a block, marked with its language; nothing when it is empty.

    Its headings begin at level `top`: 2 where the text stands straight under the h1.
    """
    text = text_of(obj, name)
    if not text.value:
        return SafeString()
    if text.lang == get_language():
        return format_html('<div class="{}">{}</div>', css, richtext.safe(text.value, top))
    return format_html(
        '<div class="{}" lang="{}">{}</div>', css, text.lang, richtext.safe(text.value, top)
    )


@register.filter
def safe_html(html: str) -> SafeString:
    """A piece of stored rich text, sanitised."""
    return richtext.safe(html)


@register.filter
def plain(html: str) -> str:
    """The words of a rich text on one line."""
    return richtext.plain(html)


@register.filter
def joiner(text: str) -> str:
    """See `joined`."""
    return joined(text)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite: ok, now, next, late, half, stop, x, arrow …"""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


def _time(value: date | datetime, text: str, precision: str = "day") -> SafeString:
    """A date's words with the date for machines."""
    return format_html('<time datetime="{}">{}</time>', machine_date(value, precision), text)


@register.filter
def day(value: date | datetime | None, precision: str = "day") -> SafeString:
    """2.11.2026, in English 2 Nov 2026: for tables, tags and lists. Nothing for None."""
    if value is None:
        return SafeString()
    return _time(value, short_date(value, precision), precision)


@register.filter
def long_day(value: date | datetime | None, precision: str = "day") -> SafeString:
    """2.11.2026, 2 november 2026: for sentences and facts. Nothing for None."""
    if value is None:
        return SafeString()
    return _time(value, long_date(value, precision), precision)


@register.filter
def moment(value: datetime) -> str:
    """“2.11.2026 klo 13.00”: for sentences."""
    return occasion(value)


@register.simple_tag
def day_range(start: date, end: date, precision: str = "day") -> SafeString:
    """1.5.2021–30.9.2022, in English 1 May 2021 – 30 Sep 2022; one date when both are the same."""
    first, last = (short_date(value, precision) for value in (start, end))
    if first == last:
        return day(start, precision)
    return format_html("{}{}{}", day(start, precision), dash(first, last), day(end, precision))


@register.filter
def grouped(value: int | None) -> str:
    """12 345; “not reported” for None."""
    return _("not reported") if value is None else number(value)


@register.filter
def css_number(value: float | Decimal) -> str:
    """A number for SVG or CSS: always with a decimal point, in every language."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def listed(names: list[str]) -> str:
    """“Akaa, Pälkäne and Urjala” in the active language."""
    names = [str(name) for name in names]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """The breadcrumb around its <li> items, from the front page on; nothing without items."""
    if not content.strip():
        return SafeString()
    return format_html(
        '<nav class="crumbs band" aria-label="{}"><ol class="wrap">'
        '<li><a href="{}">{}</a></li>{}</ol></nav>',
        _("You are here"),
        reverse("home"),
        _("Front page"),
        content,
    )


@register.simple_tag
def mail(address: str) -> SafeString:
    """A real link to an e-mail address, without the plain "@" that harvesters look for."""
    name, _at, host = address.rpartition("@")
    return format_html('<a href="{}">{}&#64;{}</a>', mail_address(address), name, host)


def mail_address(address: str) -> SafeString:
    """The address of a link to an e-mail address, without the plain "@" as well."""
    name, _at, host = address.rpartition("@")
    return format_html("mailto:{}&#64;{}", quote(name, safe="+"), quote(host))


@register.filter
def phone_address(number: str) -> str:
    """tel: address of a phone number written for people, e.g. “040 123 4567”."""
    digits = "".join(char for char in number if char.isdigit())
    return f"tel:{'+' if number.strip().startswith('+') else ''}{digits}"


@register.filter
def control(field: BoundField) -> SafeString:
    """A form control without a placeholder, which would repeat the label and vanish when typing."""
    return field.as_widget(attrs={"placeholder": False})


@register.simple_tag
def static_or_plain(path: str) -> str:
    """A static file's address even when the collected manifest lacks it: for the 500 page."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


class PageLink(NamedTuple):
    """A link to one page of a list; without a number it stands for the pages left out."""

    number: int | None
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, number: int) -> str:
    """The present address with another page number; the first page needs none."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = str(number)
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def page_links(context: template.Context, page_obj: Page) -> list[PageLink]:
    """Links to the first and last pages and those around this one."""
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)
    return [
        PageLink(number, page_query(context, number), number == page_obj.number)
        if isinstance(number, int)
        else PageLink(None, "", False)
        for number in numbers
    ]
