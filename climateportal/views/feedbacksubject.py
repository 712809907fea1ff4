"""What feedback is about: named in the address, or the page from which its giver comes."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from climateportal.models import OldSlug
from climateportal.translated import text_of
from municipalities.models import Municipality, Region
from projects.models import Project

# the name in an address → what is looked for, the name of its page, its field with the name
NAMED: dict[str, tuple[Any, str, str, Promise]] = {
    "hanke": (Project, "project", "title", _("Project")),
    "kunta": (Municipality, "municipality", "name", _("Municipality")),
    "alue": (Region, "region", "name", _("Region")),
}
PAGE = "sivu"
# other pages that may be named; none has a secret in its address
PAGES = {
    "home", "page", "project-list", "municipality-list", "region-list", "region-tasks",
    "region-costs", "meeting-list", "meeting", "municipality-report", "region-report",
}  # fmt: skip
_SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)
LONGEST_PATH = 200


class About(NamedTuple):
    """A subject, or a page of the site, or (with `is_lost`) something that is not to be found.

    `param` and `value` name it in an address and in the form.
    """

    param: str = ""
    value: str = ""
    subject: Any = None
    is_lost: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def kind(self) -> Promise:
        """What sort of thing it is, in a word."""
        return NAMED[self.param][3] if self.subject else _("Page")

    @property
    def field(self) -> str:
        """The field of the subject that names it."""
        return NAMED[self.param][2]

    @property
    def words(self) -> str:
        """Its name in the active language; of a page its address."""
        return text_of(self.subject, self.field).value if self.subject else self.value


def _rows(model: Any) -> Any:
    """What a visitor may name: what has a public page today."""
    if model is Project:
        return Project.objects.published()
    return model.objects.current(timezone.localdate()) if model is Municipality else model.objects


def _subject(param: str, slug: str) -> Any:
    model = NAMED[param][0]
    if not _SLUG.fullmatch(slug):
        return None
    found = _rows(model).filter(slug=slug).first()
    return found or _rows(model).filter(pk=OldSlug.objects.target(model, slug)).first()


def _page(path: str) -> About:
    """The page at a path of this site, if it is one that can be named."""
    if not path or len(path) > LONGEST_PATH or not path.isprintable():
        return About()
    with override(get_language_from_path(path) or "fi"):
        try:
            match = resolve(path)
        except Resolver404:
            return About()
    for param, (_model, name, _field, _words) in NAMED.items():
        if match.url_name == name and (subject := _subject(param, match.kwargs["slug"])):
            return About(param, subject.slug, subject)
    return About(PAGE, path) if match.url_name in PAGES else About()


def named(values: Mapping[str, str]) -> About:
    """What an address or a sent form names. Drafts are as unknown as what does not exist."""
    for param in NAMED:
        if slug := values.get(param, ""):
            subject = _subject(param, slug)
            return About(param, subject.slug, subject) if subject else About(is_lost=True)
    return _page(values.get(PAGE, ""))


def came_from(request: HttpRequest) -> About:
    """The page whose link was followed. Browsers tell it to the same site only (settings)."""
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return About()
    return _page(referrer.path) if referrer.netloc == request.get_host() else About()
