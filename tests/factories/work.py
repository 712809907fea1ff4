"""Projects and what hangs on them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from climateportal.publishing import PublicationState
from projects.actions import finish_edit
from projects.enums import Stage, TaskState
from projects.models import (
    Event,
    Expense,
    Funding,
    Goal,
    GoalBaseline,
    GoodPractice,
    Material,
    Measurement,
    Participation,
    Project,
    Task,
    Theme,
    Update,
    WorkPackage,
)
from tests.factories.places import MunicipalityFactory, OrganisationFactory


class ThemeFactory(factory.django.DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Theme

    name_fi = factory.Sequence(lambda n: f"Teema {n}")
    slug = factory.Sequence(lambda n: f"teema-{n}")


class ProjectFactory(factory.django.DjangoModelFactory):
    """A published project in implementation; `draft=True` makes a draft.

    `municipalities`, `regions`, `themes` take lists. Children made afterwards need
    `actions.refresh(project=…)` when a test looks at search or freshness.
    """

    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(publication=PublicationState.DRAFT, published_at=None)

    title_fi = factory.Sequence(lambda n: f"Hanke {n}")
    slug = factory.Sequence(lambda n: f"hanke-{n}")
    summary_fi = "Hankkeen ingressi."
    stage = Stage.IMPLEMENTATION
    publication = PublicationState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def municipalities(obj: Project, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        for municipality in extracted or []:
            Participation.objects.create(project=obj, municipality=municipality)

    @factory.post_generation
    def regions(obj: Project, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        obj.regions.set(extracted or [])

    @factory.post_generation
    def themes(obj: Project, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        obj.themes.set(extracted or [])

    @factory.post_generation
    def finished(obj: Project, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        finish_edit(project=obj, by=None, before=None, at=obj.content_updated_at)


class TaskFactory(factory.django.DjangoModelFactory):
    """An open task; `done=True` makes a done one."""

    class Meta:
        model = Task

    class Params:
        done = factory.Trait(state=TaskState.DONE, completed_at=date(2024, 3, 1))

    project = factory.SubFactory(ProjectFactory)
    title_fi = factory.Sequence(lambda n: f"Tehtävä {n}")
    state = TaskState.IN_PROGRESS


class GoalFactory(factory.django.DjangoModelFactory):
    """A goal of a project."""

    class Meta:
        model = Goal

    project = factory.SubFactory(ProjectFactory)
    text_fi = factory.Sequence(lambda n: f"Tavoite {n}")


class MeasurementFactory(factory.django.DjangoModelFactory):
    """A value of the whole, a day later each."""

    class Meta:
        model = Measurement

    goal = factory.SubFactory(GoalFactory)
    date = factory.Sequence(lambda n: date(2020, 1, 1) + timedelta(days=n))
    value = Decimal(10)


class GoalBaselineFactory(factory.django.DjangoModelFactory):
    """A municipality followed by itself."""

    class Meta:
        model = GoalBaseline

    goal = factory.SubFactory(GoalFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


class WorkPackageFactory(factory.django.DjangoModelFactory):
    """A work package."""

    class Meta:
        model = WorkPackage

    project = factory.SubFactory(ProjectFactory)
    title_fi = factory.Sequence(lambda n: f"Osa {n}")


class FundingFactory(factory.django.DjangoModelFactory):
    """Funding of 100 000 €."""

    class Meta:
        model = Funding

    project = factory.SubFactory(ProjectFactory)
    funder = factory.SubFactory(OrganisationFactory)
    amount = "100000.00"


class ExpenseFactory(factory.django.DjangoModelFactory):
    """An expense of 1 000 €."""

    class Meta:
        model = Expense

    project = factory.SubFactory(ProjectFactory)
    date = date(2024, 3, 1)
    amount = "1000.00"


class MaterialFactory(factory.django.DjangoModelFactory):
    """A material behind a link."""

    class Meta:
        model = Material

    project = factory.SubFactory(ProjectFactory)
    title_fi = factory.Sequence(lambda n: f"Aineisto {n}")
    url = "https://example.fi/aineisto"


class UpdateFactory(factory.django.DjangoModelFactory):
    """A news item."""

    class Meta:
        model = Update

    project = factory.SubFactory(ProjectFactory)
    title_fi = factory.Sequence(lambda n: f"Uutinen {n}")


class EventFactory(factory.django.DjangoModelFactory):
    """An event that starts now."""

    class Meta:
        model = Event

    project = factory.SubFactory(ProjectFactory)
    title_fi = factory.Sequence(lambda n: f"Tapahtuma {n}")
    starts_at = factory.LazyFunction(timezone.now)


class GoodPracticeFactory(factory.django.DjangoModelFactory):
    """A published good practice."""

    class Meta:
        model = GoodPractice

    title_fi = factory.Sequence(lambda n: f"Toimintamalli {n}")
    slug = factory.Sequence(lambda n: f"toimintamalli-{n}")
    what_fi = "Mitä tehdään."
    publication = PublicationState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
