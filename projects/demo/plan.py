"""What a demo project is made of, before it is written: one plan per project."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from projects.demo.texts import L
from projects.enums import Activity, Stage

Row = dict[str, Any]  # columns of one row; texts as `L`


FIXED_HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}  # month, day
FROM_EASTER = (-2, 1, 39)  # Good Friday, Easter Monday, Ascension Day


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    century, golden = year // 100, year % 19
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    epact -= epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=epact - weekday)


def is_day_off(day: date) -> bool:
    """Whether Finnish offices are closed: a weekend, a public holiday or the eve that is kept."""
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4
    movable = {easter(day.year) + timedelta(days=days) for days in FROM_EASTER}
    fixed = (day.month, day.day) in FIXED_HOLIDAYS
    return day.weekday() > 4 or fixed or midsummer_eve or day in movable


def workday(day: date) -> date:
    """The day itself, or the first one after it on which people work."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class Days:
    """Days counted from the day the demo is made on."""

    today: date

    def ago(self, days: int) -> date:
        """So many days before."""
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """So many days after."""
        return self.today + timedelta(days=days)


@dataclass(frozen=True, kw_only=True)
class Halt:
    """The project is put on hold or cancelled on a day, with the reason."""

    to: Activity
    on: date
    reason: L


@dataclass(frozen=True, kw_only=True)
class OwnStage:
    """One municipality (its slug) moves to a stage of its own on a day."""

    municipality: str
    on: date
    to: Stage


@dataclass(frozen=True)
class Measured:
    """A value of a goal's figure on a day, of the whole or of a municipality (its slug)."""

    on: date
    value: str
    municipality: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A project and its life: written step by step, each step on its day by its editor.

    `stages` holds (day, stage); the first one makes the project. `fields` are project columns
    from the start (the summary is written last), `last` those of the latest edit on `updated`.
    Task rows may hold `added` (the day, default: the first), `done` (the day), `cancelled` (the
    day), `municipality` (slug) and `package` (order of the work package from 1); goal rows
    `measured` (of `Measured`) and `followed` (`municipality` and what is its own of base and
    target); participation rows begin with `municipality`, contact rows with `contact`, a key of
    `projects.demo.people`. The project's money is in `projects.demo.books`.
    """

    slug: str
    by: str  # key of an editor
    stages: list[tuple[date, Stage]]
    updated: date
    fields: Row
    last: Row = field(default_factory=dict)
    completed_on: date | None = None
    checked: date | None = None
    published_on: date | None = None  # default: the first day; a later day hides it until then
    is_draft: bool = False
    picture: str = ""  # key of `projects.demo.pictures`
    municipalities: list[str | Row] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)  # organisation or municipality
    partners: list[str] = field(default_factory=list)
    maintainer: str = ""
    contacts: list[Row] = field(default_factory=list)
    goals: list[Row] = field(default_factory=list)
    packages: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    materials: list[Row] = field(default_factory=list)
    news: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    own_stages: list[OwnStage] = field(default_factory=list)
    halt: Halt | None = None
