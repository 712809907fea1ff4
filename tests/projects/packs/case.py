"""A region with a project that lives through two meetings, and how to read its pack."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Meeting, Municipality, Region, SteeringGroup
from projects import actions
from projects.documents.blocks import Document, Facts, Heading, Table, plain
from projects.enums import Stage
from projects.models import (
    Participation,
    Project,
    Task,
)
from projects.packs import (
    build_pack,
    pack_facts,
)
from tests.factories import (
    MeetingFactory,
    MunicipalityFactory,
    RegionFactory,
    SteeringGroupFactory,
)

TODAY = timezone.localdate()
FIRST, SECOND = TODAY - timedelta(days=100), TODAY - timedelta(days=10)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def saved(row: models.Model, day: date) -> Any:
    row._history_date = noon(day)
    row.save()
    return row


class Case:
    """A region with a project that lives through two meetings."""

    def __init__(self) -> None:
        long_ago = FIRST - timedelta(days=50)
        self.region: Region = saved(RegionFactory.build(name_fi="Yhteistyö"), long_ago)
        self.places: list[Municipality] = [
            saved(MunicipalityFactory.build(name_fi=name), long_ago) for name in ("Akaa", "Urjala")
        ]
        for place in self.places:
            saved(self.region.memberships.model(region=self.region, municipality=place), long_ago)
        self.project = self.new("Lämpöhanke", long_ago, budget=1000)
        self.group: SteeringGroup = SteeringGroupFactory(region=self.region)
        self.first: Meeting = MeetingFactory(group=self.group, date=FIRST)
        self.second: Meeting = MeetingFactory(group=self.group, date=SECOND)

    def new(self, title: str, day: date, **values: Any) -> Project:
        project = Project(
            title_fi=title, slug=f"tapaus-{Project.objects.count()}",
            stage=Stage.PLANNING, publication=PublicationState.PUBLISHED, published_at=noon(day),
            money_as_of=day, **values,
        )  # fmt: skip
        with actions.editing(project=project, by=None, at=noon(day)):
            project.save()
            for place in self.places:
                saved(Participation(project=project, municipality=place), day)
        return project

    def task(self, title: str, day: date, due: date | None = None) -> Task:
        return saved(Task(project=self.project, title_fi=title, due_date=due), day)

    def pack(self, meeting: Meeting | None = None, language: str = "fi") -> Document:
        fresh = Meeting.objects.get(pk=(meeting or self.second).pk)
        return build_pack(pack_facts(fresh), language)


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def table(document: Document, caption: str) -> list[list[str]]:
    found = next(
        block
        for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith(caption)
    )
    return [[plain(cell) for cell in row.cells] for row in found.rows]


def figures(document: Document) -> dict[str, str]:
    found = next(
        block for block in document.blocks if isinstance(block, Facts) and block.tone == "figures"
    )
    return {name: plain(value) for name, value in found.rows}
