"""Where addresses of other sites stand in public content: every address field, every rich text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.encoding import iri_to_uri

from climateportal.models import Page
from climateportal.publishing import published_q
from climateportal.richtext import RichTextField
from municipalities.models import ClimateTarget, Meeting, Municipality, Organisation, Region
from projects.models import (
    Decision,
    Event,
    Funding,
    GoodPractice,
    Material,
    Project,
    Task,
    Update,
    WorkPackage,
)
from projects.models.brokenlink import LONGEST, OWNERS


@dataclass(frozen=True)
class Road:
    """Which rows of a model are public, and by which paths one comes to their owner.

    `gate` is the path to what is published; None where everything is public.
    """

    owners: dict[str, str]
    gate: str | None = None
    only: Q = field(default_factory=Q)

    def public(self) -> Q:
        """The condition of being public now."""
        return self.only if self.gate is None else self.only & published_q(self.gate)


_OF_PROJECT = Road({"project": "project"}, "project__")
# a model with an address or a rich text that is missing here fails a test
ROADS: dict[type[models.Model], Road] = {
    Project: Road({"project": "pk"}, ""),
    Task: Road({"project": "project", "municipality": "municipality"}, "project__"),
    WorkPackage: _OF_PROJECT,
    Material: _OF_PROJECT,
    Update: _OF_PROJECT,
    Event: _OF_PROJECT,
    Funding: _OF_PROJECT,
    GoodPractice: Road({"practice": "pk"}, ""),
    Municipality: Road({"municipality": "pk"}, only=Q(successor=None)),
    Region: Road({"region": "pk"}),
    ClimateTarget: Road({"municipality": "municipality", "region": "region"}),
    Organisation: Road({"organisation": "pk"}),
    Meeting: Road({"region": "group__region"}, ""),
    Decision: Road({"region": "meeting__group__region"}, "meeting__"),
    Page: Road({}, ""),
}


@dataclass(frozen=True)
class Place:
    """An address where it stands; `owners` are the keys of `OWNERS`, in that order."""

    address: str
    place: str
    row: int
    column: str
    owners: tuple[int | None, ...]

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What tells it from other places."""
        return self.place, self.row, self.column, self.address


def link_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model that hold addresses."""
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.URLField | RichTextField)
    ]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def addresses(column: models.Field, value: Any) -> set[str]:
    """The addresses of other sites that a column's value holds, in ASCII."""
    if not value:
        return set()
    written = [value]
    if isinstance(column, RichTextField):
        parser = _Links()
        parser.feed(value)
        written = parser.found
    found = {iri_to_uri(address.strip()) for address in written}
    return {address for address in found if len(address) <= LONGEST and _is_external(address)}


def _is_external(address: str) -> bool:
    if not address.lower().startswith(("http://", "https://")):
        return False
    try:
        return urlsplit(address).hostname != urlsplit(settings.SITE_URL).hostname
    except ValueError:
        return True  # no address at all: that is told


def places() -> Iterator[Place]:
    """All places of public content with an address of another site. A query for each model."""
    for model, road in ROADS.items():
        columns = link_columns(model)
        filled = Q(*(~Q(**{column.name: ""}) for column in columns), _connector=Q.OR)
        paths = [road.owners[name] for name in OWNERS if name in road.owners]
        rows = model._base_manager.filter(road.public(), filled).order_by("pk")
        names = ["pk", *(column.name for column in columns), *paths]
        for key, *values in rows.values_list(*names).iterator(chunk_size=500):
            owning = iter(values[len(columns) :])
            owners = tuple(next(owning) if name in road.owners else None for name in OWNERS)
            for column, value in zip(columns, values, strict=False):
                for address in sorted(addresses(column, value)):
                    yield Place(address, model._meta.label_lower, key, column.name, owners)
