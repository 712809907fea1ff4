"""Putting organisations beside the people and seats that were read with them."""

from collections.abc import Iterable

from django.db import models

from municipalities.models import Municipality, Organisation


def in_order(row: models.Model) -> tuple[int, int]:
    """The order an editor gave, then the order of entry."""
    return row.order, row.pk


def with_organisations(
    rows: Iterable[models.Model],
    organisations: Iterable[Organisation],
    municipalities: Iterable[Municipality],
) -> None:
    """Fill `organisation` of rows, and its `municipality`, from what was read: no more queries."""
    places = {place.pk: place for place in municipalities}
    bodies = {body.pk: body for body in organisations}
    for body in bodies.values():
        body.municipality = places.get(body.municipality_id)
    for row in rows:
        row.organisation = bodies.get(row.organisation_id)
