"""Steering groups, their meetings and decisions."""

from datetime import date

import factory

from municipalities.models import Attendance, Meeting, Membership, SteeringGroup
from projects.models import Decision
from tests.factories.places import OrganisationFactory, RegionFactory


class SteeringGroupFactory(factory.django.DjangoModelFactory):
    """The steering group of a region."""

    class Meta:
        model = SteeringGroup

    region = factory.SubFactory(RegionFactory)
    name_fi = factory.Sequence(lambda n: f"Ohjausryhmä {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    """A seat whose holder is named."""

    class Meta:
        model = Membership

    group = factory.SubFactory(SteeringGroupFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    person = "Aino Esimerkki"


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting whose pack is a draft."""

    class Meta:
        model = Meeting

    group = factory.SubFactory(SteeringGroupFactory)
    date = date(2026, 9, 1)


class AttendanceFactory(factory.django.DjangoModelFactory):
    """A member who was there."""

    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    membership = factory.SubFactory(MembershipFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    """An item that waits for a decision. `projects=[…]` says which projects it concerns."""

    class Meta:
        model = Decision
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    title_fi = factory.Sequence(lambda n: f"Päätettävä asia {n}")

    @factory.post_generation
    def projects(obj: Decision, create: bool, extracted: list, **kwargs: object) -> None:  # noqa: N805
        if extracted:
            obj.projects.set(extracted)
