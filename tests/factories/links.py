"""Addresses that do not work."""

import factory
from django.utils import timezone

from projects.enums import LinkProblem
from projects.models import BrokenLink


class BrokenLinkFactory(factory.django.DjangoModelFactory):
    """The address of the programme that a project carries out; give another `place` and owner."""

    class Meta:
        model = BrokenLink

    address = factory.Sequence(lambda n: f"https://vanha.example.fi/{n}")
    place = "projects.project"
    row = factory.LazyAttribute(lambda made: made.project.pk if made.project else 1)
    column = "implements_url"
    project = municipality = region = organisation = practice = None
    problem = LinkProblem.NOT_FOUND
    is_told = True
    since = checked_at = factory.LazyFunction(timezone.now)
