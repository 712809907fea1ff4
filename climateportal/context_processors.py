"""What base.html needs on every page: the site's name, menus, languages, notices."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from climateportal.memory import remembered
from climateportal.models import Notice, Page
from climateportal.together import fetch_together
from climateportal.translated import text_of

# the first word of an address's name → the menu item it stands under
SECTIONS = {
    "project": "project-list",
    "region": "region-list",
    "meeting": "region-list",
    "municipality": "municipality-list",
}
LANGUAGE_WORDS = {"fi": "suomeksi", "sv": "på svenska", "en": "in English"}


class MenuItem(NamedTuple):
    """A link of a menu. `current` is the value of aria-current: "page", "true" or ""."""

    label: str
    lang: str
    url: str
    current: str


class LanguageLink(NamedTuple):
    """The same page in one language, with its query string. `address` is absolute, without it."""

    code: str
    word: str
    url: str
    address: str
    is_current: bool


def _section(request: HttpRequest) -> str:
    match = request.resolver_match
    first_word = ((match.url_name if match else "") or "").split("-")[0]
    return SECTIONS.get(first_word, "")


def _current(request: HttpRequest, url: str, is_section: bool = False) -> str:
    if request.resolver_match is None:  # an error page is nowhere in the menu
        return ""
    return "page" if request.path == url else "true" if is_section else ""


def _sections(request: HttpRequest) -> list[MenuItem]:
    names = {
        "project-list": gettext("Projects"),
        "region-list": gettext("Regions"),
        "municipality-list": gettext("Municipalities"),
    }
    here = _section(request)
    language = get_language() or settings.LANGUAGE_CODE
    return [
        MenuItem(label, language, reverse(name), _current(request, reverse(name), name == here))
        for name, label in names.items()
    ]


def _rows() -> tuple[list[Page], list[Notice]]:
    """Pages of the menus and notices of this moment, in their order: the same for everybody."""

    def read() -> tuple[list[Page], list[Notice]]:
        listed = Page.objects.published().exclude(menu=Page.Menu.NONE)
        pages, notices = fetch_together([listed, Notice.objects.current()])
        return (
            sorted(pages, key=lambda page: (page.order, page.pk)),
            sorted(notices, key=lambda notice: (notice.starts_at, notice.pk), reverse=True),
        )

    return remembered("frame", read)


def _menus(request: HttpRequest, pages: list[Page]) -> dict[str, list[MenuItem]]:
    menus: dict[str, list[MenuItem]] = {Page.Menu.MAIN: _sections(request), Page.Menu.FOOTER: []}
    for page in pages:
        text = text_of(page, "menu_title")
        if not text.value or text.lang != get_language():
            title = text_of(page, "title")
            text = title if title.lang == get_language() or not text.value else text
        url = page.get_absolute_url()
        menus[page.menu].append(MenuItem(text.value, text.lang, url, _current(request, url)))
    return menus


def _address(request: HttpRequest, language: str) -> str | None:
    """The path of this page in a language; None when no such page exists (an error page)."""
    match = request.resolver_match
    if match is None:
        return None
    with override(language):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return None


def _languages(request: HttpRequest) -> list[LanguageLink]:
    """Links to this page in every language; to each front page when there is no such page.

    Empty on pages that exist once for all languages (log-in, admin).
    """
    paths = {code: _address(request, code) for code, _ in settings.LANGUAGES}
    if None not in paths.values() and len(set(paths.values())) == 1:
        return []
    query = request.META.get("QUERY_STRING", "")
    links = []
    for code, path in paths.items():
        if path is None:
            with override(code):
                url, address = reverse("home"), ""
        else:
            url, address = f"{path}?{query}" if query else path, request.build_absolute_uri(path)
        links.append(LanguageLink(code, LANGUAGE_WORDS[code], url, address, code == get_language()))
    return links


def _lazy(make: Callable[[], Any]) -> Any:
    return SimpleLazyObject(make)


def site(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page. One query at most when base.html shows it, none when nobody asks."""
    rows = _lazy(_rows)
    menus = _lazy(lambda: _menus(request, rows[0]))
    return {
        "site_name": settings.SITE_NAME,
        "main_menu": _lazy(lambda: menus[Page.Menu.MAIN]),
        "footer_menu": _lazy(lambda: menus[Page.Menu.FOOTER]),
        "notices": _lazy(lambda: rows[1]),
        "languages": _lazy(lambda: _languages(request)),
    }
