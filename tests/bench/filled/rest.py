"""What hangs on made-up projects: people, money, goals, changes of stage, events, practices."""

import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Organisation, Region
from projects.enums import ContactKind, ExpenseCategory, ExpenseState, Stage
from projects.models import (
    Contact,
    Event,
    Expense,
    Goal,
    GoodPractice,
    Measurement,
    Participation,
    Project,
    ProjectContact,
    RegionCoordinator,
    StageChange,
)
from tests.bench.filled.words import ENDINGS, WORDS

BATCH = 2000


def add_rest(places: list[Municipality], rng: random.Random) -> None:
    """One contact for two projects, three expenses, two goals and two changes of stage for each."""
    rows = Participation.objects.order_by("project", "order").values_list("project", "municipality")
    taking_part = {pk: [place for _, place in some] for pk, some in groupby(rows, lambda r: r[0])}
    projects = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    _people(projects, places, rng)
    _money(taking_part, rng)
    _goals(projects, places, rng)
    _events(projects, rng)


def _people(projects: list[int], places: list[Municipality], rng: random.Random) -> None:
    towns = Organisation.objects.bulk_create(
        Organisation(name_fi=place.name_fi, kind="municipality", municipality=place)
        for place in places
    )
    contacts = Contact.objects.bulk_create(
        (
            Contact(
                kind=ContactKind.ROLE if n % 5 == 0 else ContactKind.PERSON,
                name=f"{rng.choice(ENDINGS).capitalize()} Esimerkki{n}",
                title_fi="Ilmastoasiantuntija", organisation=rng.choice(towns),
                email=f"henkilo{n}@example.fi",
            )
            for n in range(len(projects) // 2)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    ProjectContact.objects.bulk_create(
        (
            ProjectContact(project_id=pk, contact=contacts[n % len(contacts)], is_primary=True)
            for n, pk in enumerate(projects)
        ),
        batch_size=BATCH,
    )
    RegionCoordinator.objects.bulk_create(
        RegionCoordinator(region=region, contact=contacts[n % len(contacts)])
        for n, region in enumerate(Region.objects.all())
    )


def _money(taking_part: dict[int, list[int]], rng: random.Random) -> None:
    today = timezone.localdate()

    def made() -> Iterator[Expense]:
        for project, places in taking_part.items():
            for _ in range(3):
                yield Expense(
                    project_id=project, date=today - timedelta(days=rng.randint(1, 390)),
                    amount=Decimal(rng.randint(100, 2_000_000)) / 100,
                    category=rng.choice(ExpenseCategory.values),
                    municipality_id=rng.choice(places) if rng.random() < 0.5 else None,
                    state=rng.choice(ExpenseState.values),
                )  # fmt: skip

    Expense.objects.bulk_create(made(), batch_size=BATCH)


def _goals(projects: list[int], places: list[Municipality], rng: random.Random) -> None:
    today = timezone.localdate()
    owners: list[dict[str, int]] = [{"project_id": pk} for pk in projects for _ in range(2)]
    owners += [{"municipality_id": place.pk} for place in places]
    owners += [{"region_id": region.pk} for region in Region.objects.all()]
    goals = Goal.objects.bulk_create(
        (
            Goal(
                text_fi=f"Vähennetään: {rng.choice(WORDS)} {n}", unit_fi="MWh",
                base_value=1000, base_date=today - timedelta(days=700), target_value=500,
                target_date=today + timedelta(days=700), **owner,
            )
            for n, owner in enumerate(owners)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Measurement.objects.bulk_create(
        (
            Measurement(
                goal=goal, date=today - timedelta(days=300 * n + 5), value=1000 - 40 * n,
            )
            for goal in goals
            for n in range(2)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _events(projects: list[int], rng: random.Random) -> None:
    now = timezone.now()
    StageChange.objects.bulk_create(
        (
            StageChange(
                project_id=pk, at=now - timedelta(days=rng.randint(1, 400)),
                from_stage=Stage.PLANNING if n else "", to_stage=Stage.IMPLEMENTATION,
            )
            for pk in projects
            for n in range(2)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Event.objects.bulk_create(
        Event(
            project_id=pk, title_fi=f"Työpaja {pk}",
            starts_at=now + timedelta(days=rng.randint(-200, 200)),
        )
        for pk in projects[::5]
    )  # fmt: skip
    GoodPractice.objects.bulk_create(
        GoodPractice(
            project_id=pk, title_fi=f"Toimintamalli {pk}", slug=f"malli-{pk}", what_fi="Mitä.",
            resources=2, publication=PublicationState.PUBLISHED, published_at=now,
        )
        for pk in projects[::10]
    )  # fmt: skip
