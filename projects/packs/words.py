"""How facts read in a document: days, sums, names and links, in the active language."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from climateportal import dates
from climateportal.templatetags.ui import euros, number
from climateportal.translated import Text, text_of
from municipalities.models import Municipality, Region
from projects.documents.blocks import Line, Span, line
from projects.enums import Activity, Precision, Stage
from projects.models import Project, Task
from projects.templatetags.projects import stage_sentence


def day(value: date | datetime | None, precision: str = Precision.DAY) -> str:
    """1.5.2026, 5/2026 or 2026; “not reported” for None (rule 3)."""
    if value is None:
        return unknown()
    return dates.short_date(value, precision)


def as_of(oldest: date | None, newest: date | None) -> str:
    """Of which day figures of several projects are: “10.10.2026”, “10.10.2026 or later”.

    Their days alone would read as the time in which the money was spent.
    """
    if oldest == newest:
        return day(oldest)
    return _("%(day)s or later") % {"day": day(oldest)}


def at(value: date, clock: time | None) -> str:
    """“2.11.2026 klo 13.00”; the day alone without a time."""
    if clock is None:
        return dates.long_date(value)
    return dates.occasion(timezone.make_aware(datetime.combine(value, clock)))


def unknown() -> str:
    """What stands for a figure that nobody has given."""
    return _("not reported")


def text(obj: models.Model, name: str, href: str = "", strong: bool = False) -> Line:
    """A translated text, marked with its language when it is not the document's; may be a link."""
    return marked(text_of(obj, name), href, strong)


def marked(found: Text, href: str = "", strong: bool = False) -> Line:
    """A text, marked with its language when it is not the document's; may be a link."""
    if not found.value:
        return ()
    lang = "" if found.lang == get_language() else found.lang
    return (Span(found.value, href=href, lang=lang, strong=strong),)


def project(row: Project) -> Line:
    """A project's title, leading to its page."""
    return text(row, "title", reverse("project", kwargs={"slug": row.slug}))


def municipality(row: Municipality) -> Line:
    """A municipality's name, leading to its page."""
    return text(row, "name", reverse("municipality", kwargs={"slug": row.slug}))


def region(row: Region) -> Line:
    """A region's name, leading to its page."""
    return text(row, "name", reverse("region", kwargs={"slug": row.slug}))


def due(task: Task) -> str:
    """When a task is due; “no date” without one."""
    return day(task.due_date, task.due_precision) if task.due_date else _("no date")


def days_late(task: Task, on: date) -> str:
    """“12 days”."""
    number_of = (on - task.due_date).days
    return ngettext("%(count)s day", "%(count)s days", number_of) % {"count": number(number_of)}


def stage(stage_value: str, activity: str = Activity.ACTIVE) -> str:
    """“Stage 4/5: Implementation”, or what replaces it (rule 1)."""
    return stage_sentence(stage_value, activity)


def stage_word(stage_value: str, activity: str = Activity.ACTIVE) -> str:
    """“4/5 Implementation”, “On hold”: for a cell of a table whose heading says what it is."""
    if activity != Activity.ACTIVE:
        return str(Activity(activity).label)
    value = Stage(stage_value)
    return f"{value.number}/5 {value.label}"


def change(amount: Decimal | int, money: bool = False) -> str:
    """“+3”, “−1 200 €”; nothing for no change."""
    if not amount:
        return ""
    shown = euros(abs(amount)) if money else number(abs(amount))
    return f"{'+' if amount > 0 else '−'}{shown}"


def joined(parts: Iterable[Line]) -> Line:
    """Lines one after another with commas between."""
    found: list[Line | str] = []
    for part in parts:
        if found:
            found.append(", ")
        found.append(part)
    return line(*found)
