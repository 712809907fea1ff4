"""What is read of a plan in Kausal Watch, whichever of its interfaces the JSON came from."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from projects.enums import OrganisationRole, Precision, TaskState


class PlanError(ValueError):
    """The JSON is not a plan. The message says what is wrong and what to do."""


@dataclass(frozen=True)
class Named:
    """A phase, status, category or organisation: its identifier and its name in the plan."""

    identifier: str
    name: str

    def __str__(self) -> str:
        return self.name or self.identifier


@dataclass(frozen=True)
class PlanTask:
    """A task of an action. `body` is HTML."""

    identifier: str
    title: str
    state: TaskState
    body: str = ""
    due: date | None = None
    completed: date | None = None
    precision: Precision = Precision.DAY


@dataclass(frozen=True)
class Party:
    """An organisation with its role."""

    organisation: Named
    role: OrganisationRole


@dataclass(frozen=True)
class Person:
    """Somebody to turn to. Kausal Watch does not publish e-mail addresses."""

    identifier: str
    name: str
    title: str = ""
    organisation: Named | None = None
    is_primary: bool = False


@dataclass(frozen=True)
class Link:
    """An address given with an action."""

    url: str
    title: str


@dataclass(frozen=True)
class News:
    """A dated piece of news of an action. `body` is HTML."""

    identifier: str
    title: str
    day: date
    body: str


@dataclass(frozen=True)
class Action:
    """One action of the plan. `lead` and `description` are HTML."""

    identifier: str
    code: str  # what people call it: “3.2.1”
    name: str
    official_name: str = ""
    lead: str = ""
    description: str = ""
    phase: Named | None = None
    status: Named | None = None
    status_reason: str = ""
    is_completed: bool = False
    start: date | None = None
    end: date | None = None
    is_ongoing: bool = False
    precision: Precision = Precision.DAY
    merged_with: str = ""
    categories: tuple[Named, ...] = ()
    parties: tuple[Party, ...] = ()
    people: tuple[Person, ...] = ()
    tasks: tuple[PlanTask, ...] = ()
    links: tuple[Link, ...] = ()
    news: tuple[News, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A plan with its actions. `left_out` counts what the JSON holds and the portal has no place
    for, by its name there.
    """

    identifier: str
    name: str
    actions: tuple[Action, ...]
    left_out: dict[str, int] = field(default_factory=dict)


def text(value: Any) -> str:
    """A JSON value as trimmed text that a database can hold; nothing for null."""
    if value is None:
        return ""
    return str(value).replace("\0", "").encode(errors="replace").decode().strip()


def day(value: Any, where: str) -> date | None:
    """A date of the JSON, with or without a time of day. Raises PlanError."""
    written = text(value)
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise PlanError(f"{where}: “{written}” is not a date.") from error


PRECISIONS = {
    "FULL": Precision.DAY,
    "DAY": Precision.DAY,
    "MONTH_YEAR": Precision.MONTH,
    "YEAR": Precision.YEAR,
}


def precision(value: Any) -> Precision:
    """`FULL`, `MONTH_YEAR`, `YEAR` in any case; a missing one is a full date."""
    return PRECISIONS.get(text(value).upper(), Precision.DAY)


STATES = {
    "NOT_STARTED": TaskState.NOT_STARTED,
    "IN_PROGRESS": TaskState.IN_PROGRESS,
    "COMPLETED": TaskState.DONE,
    "CANCELLED": TaskState.CANCELLED,
}


def state(value: Any, where: str) -> TaskState:
    """The state of a task. Raises PlanError for one that is not known."""
    try:
        return STATES[text(value).upper()]
    except KeyError as error:
        raise PlanError(f"{where}: the state “{text(value)}” is not known.") from error


def role(value: Any) -> OrganisationRole:
    """Collaborators are partners, all others answer for the action."""
    partner = text(value).upper() == "COLLABORATOR"
    return OrganisationRole.PARTNER if partner else OrganisationRole.RESPONSIBLE
