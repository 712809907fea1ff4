"""What every part of the demo needs: moments, editors, places, and how a row is written."""

from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.core.management.base import CommandError
from django.db import models
from django.utils import timezone

from climateportal.models import User
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Organisation, Region
from projects.demo.texts import columns_of


class World:
    """The database as the demo sees it on one day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.now = timezone.now()

    def clock(self, day: date, hour: int) -> datetime:
        """A full hour of a day in Finland."""
        return timezone.make_aware(datetime.combine(day, time(hour)))

    def moment(self, day: date) -> datetime:
        """When something was written on a day: ten o'clock, but never in the future."""
        return min(self.clock(day, 10), self.now)

    @cached_property
    def _municipalities(self) -> dict[str, Municipality]:
        return {row.slug: row for row in Municipality.objects.current(self.today)}

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {row.slug: row for row in Region.objects.all()}

    def municipality(self, slug: str) -> Municipality:
        """A municipality of the register."""
        return self._municipalities[slug]

    def region(self, slug: str) -> Region:
        """A region of the register, or one that the demo has made."""
        return self._regions[slug]

    def has_region(self, slug: str) -> bool:
        """Whether the region exists already."""
        return slug in self._regions

    def remember_region(self, region: Region) -> None:
        """Let others find a region just made."""
        self._regions[region.slug] = region

    def is_municipality(self, slug: str) -> bool:
        """Whether a key names a municipality."""
        return slug in self._municipalities

    def members_of(self, slug: str) -> list[str]:
        """Slugs of a region's municipalities, by name."""
        rows = self.region(slug).members.order_by("name_fi")
        return list(rows.values_list("slug", flat=True))

    def editor(self, key: str) -> User:
        """One of the demo's editors; see `projects.demo.people`."""
        return User.objects.get(email=f"{key}@example.fi")

    def organisation_of(self, slug: str) -> Organisation:
        """The organisation that is a municipality, from the register: “Pälkäneen kunta”."""
        return Organisation.objects.get(municipality=self.municipality(slug))

    def write(self, row: models.Model, *, at: datetime, by: User | None = None) -> Any:
        """Check and store a row the way the admin would, dated in its history. Returns it."""
        row._history_date, row._history_user = at, by
        # the database checks relations and constraints itself: this way it takes half the time
        relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
        row.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
        row.save()
        return row

    def add(
        self, model: type[models.Model], *, at: datetime, by: User | None, **values: Any
    ) -> Any:
        """Write a new row; texts may be given as `L`."""
        return self.write(model(**columns_of(values)), at=at, by=by)


def world_on(today: date) -> World:
    """The world of a day. Raises CommandError when the register of municipalities is missing."""
    if not Region.objects.filter(kind=RegionKind.COUNTY).exists():
        raise CommandError(
            "The register of municipalities is empty. Run `python manage.py load_register` first."
        )
    return World(today)
