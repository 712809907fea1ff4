"""Fixed vocabularies about projects. Imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """The five stages, in order."""

    IDEA = "idea", _("Idea")
    DECIDED = "decided", _("Decided")
    PLANNING = "planning", _("Planning")
    IMPLEMENTATION = "implementation", _("Implementation")
    COMPLETED = "completed", pgettext_lazy("stage", "Completed")

    @property
    def number(self) -> int:
        """1 for Idea … 5 for Completed."""
        return list(Stage).index(self) + 1


UNDER_WAY = (Stage.PLANNING, Stage.IMPLEMENTATION)


class Activity(models.TextChoices):
    """Whether the project goes on. Not a stage: it replaces the stage bar's sentence."""

    ACTIVE = "active", _("Goes on")
    PAUSED = "paused", _("On hold")
    CANCELLED = "cancelled", pgettext_lazy("project", "Cancelled")


class ScheduleStatus(models.TextChoices):
    """How a project keeps to its schedule. AT_RISK is only ever stated by a coordinator."""

    ON_TIME = "on_time", _("On schedule")
    AT_RISK = "at_risk", _("At risk of delay")
    LATE = "late", _("Late")
    COMPLETED_ON_TIME = "completed_on_time", _("Completed on time")
    COMPLETED_LATE = "completed_late", _("Completed late")
    UNKNOWN = "unknown", pgettext_lazy("schedule", "Unknown")


class TaskState(models.TextChoices):
    """States of a task."""

    NOT_STARTED = "not_started", pgettext_lazy("task", "Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")


OPEN_TASK_STATES = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


class GoalState(models.TextChoices):
    """Whether a goal was reached."""

    OPEN = "open", pgettext_lazy("goal", "Open")
    MET = "met", pgettext_lazy("goal", "Met")
    NOT_MET = "not_met", pgettext_lazy("goal", "Not met")


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class OrganisationRole(models.TextChoices):
    """What an organisation does in a project. Funders are told by their funding."""

    RESPONSIBLE = "responsible", _("responsible")
    PARTNER = "partner", _("partner")


class ContactKind(models.TextChoices):
    """A named person, or a mailbox that outlives persons."""

    ROLE = "role", _("role mailbox")
    PERSON = "person", _("person")


class CostVisibility(models.TextChoices):
    """How much of a project's money the public page tells."""

    NOTHING = "nothing", _("nothing")
    TOTALS = "totals", _("totals")
    ALL = "all", _("every expense")


class CostSharing(models.TextChoices):
    """How the municipalities of a project divide what grants do not cover."""

    NOT_AGREED = "not_agreed", _("not agreed")
    EUROS = "euros", _("in euros")
    PERCENT = "percent", _("in percent")
    POPULATION = "population", _("by population")


class ExpenseState(models.TextChoices):
    """Where an expense stands in the payment applications to the funder."""

    PLANNED = "planned", pgettext_lazy("expense", "Planned")
    CLAIMED = "claimed", pgettext_lazy("expense", "Claimed")
    PAID = "paid", pgettext_lazy("expense", "Paid")


class ExpenseCategory(models.TextChoices):
    """What the money went to."""

    STAFF = "staff", _("Salaries")
    SERVICES = "services", _("Purchased services")
    TRAVEL = "travel", _("Travel")
    COMMUNICATION = "communication", _("Communication and events")
    EQUIPMENT = "equipment", _("Equipment and investments")
    OTHER = "other", _("Other costs")


class DecisionOutcome(models.TextChoices):
    """What a steering group did with an item."""

    APPROVED = "approved", pgettext_lazy("decision", "Approved")
    AMENDED = "amended", pgettext_lazy("decision", "Approved with changes")
    REJECTED = "rejected", pgettext_lazy("decision", "Rejected")
    POSTPONED = "postponed", pgettext_lazy("decision", "Left for later")
    NOTED = "noted", pgettext_lazy("decision", "Noted")


class Focus(models.TextChoices):
    """What part of a picture stays when a frame cuts the rest."""

    CENTRE = "centre", pgettext_lazy("part of a picture", "In the middle")
    TOP = "top", pgettext_lazy("part of a picture", "At the top")
    BOTTOM = "bottom", pgettext_lazy("part of a picture", "At the bottom")
    LEFT = "left", pgettext_lazy("part of a picture", "On the left")
    RIGHT = "right", pgettext_lazy("part of a picture", "On the right")


# a project's picture has the width of its text: it loses only of its height
FOCUS_OF_WIDE = [Focus.CENTRE, Focus.TOP, Focus.BOTTOM]


class EventKind(models.TextChoices):
    """What sort of event it is."""

    WEBINAR = "webinar", _("Webinar")
    WORKSHOP = "workshop", _("Workshop")
    TRAINING = "training", _("Training")
    CAMPAIGN = "campaign", _("Campaign")
    OTHER = "other", _("Other event")


class Licence(models.TextChoices):
    """On what terms a material may be used."""

    CC_BY = "cc-by-4.0", _("CC BY 4.0: use freely, name the source")
    CC0 = "cc0-1.0", _("CC0: use freely")
    RESERVED = "reserved", _("all rights reserved")


class LinkProblem(models.TextChoices):
    """Why an address does not work."""

    NOT_FOUND = "not_found", _("The page is not there (404)")
    GONE = "gone", _("The page has been removed (410)")
    NO_SERVER = "no_server", _("There is no such server")
    CERTIFICATE = "certificate", _("The server's certificate is not valid: browsers warn")
    INNER = "inner", _("The address is of an inner network: residents cannot open it")
    NO_ADDRESS = "no_address", _("This is no address of a web page")
    NO_ANSWER = "no_answer", _("The server has not answered for two checks")
    SERVER_ERROR = "server_error", _("The server has failed in two checks")

    @classmethod
    def lasting(cls) -> set["LinkProblem"]:
        """Those that are told at once; the others may be over tomorrow."""
        return set(cls) - {cls.NO_ANSWER, cls.SERVER_ERROR}
