"""Long tables of a document: the first rows, and where the others are read."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.templatetags.ui import number
from municipalities.models import Region
from projects.documents.blocks import Block, Paragraph, Span, line
from projects.summaries.state import State
from projects.summaries.tasklist import TaskFilter

MOST = 40  # rows of one table: more is no reading for a meeting
MANY_PROJECTS = 60  # above this nearly every table would be as long, and the pack twenty pages
MOST_OF_MANY = 12
T = TypeVar("T")


def most(state: State) -> int:
    """How many rows a table has, so that a pack can be read for a meeting: 4–8 pages, or 10."""
    return MOST if len(state.projects) <= MANY_PROJECTS else MOST_OF_MANY


def first(rows: Sequence[T], state: State) -> Sequence[T]:
    """Those to show."""
    return rows[: most(state)]


def rest(rows: Sequence, state: State, address: str) -> Iterator[Block]:
    """How many are not shown, with a link to the list that has them today."""
    left = len(rows) - most(state)
    if left > 0:
        words = ngettext(
            "%(count)s more is not listed here.", "%(count)s more are not listed here.", left
        )
        link = Span(_("Today's list has everything"), href=address)
        yield Paragraph(line(words % {"count": number(left)}, " ", link, "."), "note")


def all_projects(state: State) -> str:
    """The address of the list of the projects of a region or municipality."""
    place = "alue" if isinstance(state.area, Region) else "kunta"
    return f"{reverse('project-list')}?{urlencode({place: state.area.slug})}"


def all_tasks(state: State, which: TaskFilter) -> str:
    """The address of the list of a region's tasks; of a municipality's projects."""
    if not isinstance(state.area, Region):
        return all_projects(state)
    address = reverse("region-tasks", kwargs={"slug": state.area.slug})
    return f"{address}?{urlencode({'tila': which})}"


def all_costs(state: State) -> str:
    """The address of a region's costs by project; of a municipality's projects."""
    if not isinstance(state.area, Region):
        return all_projects(state)
    return reverse("region-costs", kwargs={"slug": state.area.slug})
