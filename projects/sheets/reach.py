"""What a user may write, asked once for a file: sets made by the predicates of permissions."""

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from municipalities.models import Municipality, Region
from municipalities.permissions import (
    coordinates_area,
    is_administrator,
    municipality_in_reach_q,
    region_in_reach_q,
)
from projects.models import Participation, Project
from projects.permissions import (
    project_in_reach_q,
    project_of_area_q,
    project_part_q,
)
from projects.review import locked_q


def locked_alone() -> str:
    """What is told of a row that would change a public text that nobody else has seen."""
    return _(
        "Another person looks at changes of this project before they are published. Write it in "
        "the form of the project and ask for a look."
    )


def _keys(model: type[models.Model], condition: Q) -> set[int]:
    rows = model._default_manager.filter(condition).order_by()
    return set(rows.values_list("pk", flat=True))


class Reach:
    """The reach of one user. A project is the user's as a whole, or only the own part of it."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.everything = is_administrator(user)
        self.adds_projects = coordinates_area(user)

    @cached_property
    def projects(self) -> set[int]:
        """Projects edited as a whole."""
        return _keys(Project, project_in_reach_q(self.user))

    @cached_property
    def parts(self) -> set[int]:
        """Joint projects of which only the own part is edited."""
        return _keys(Project, project_part_q(self.user))

    @cached_property
    def of_area(self) -> set[int]:
        """Projects of which the user says to whom they belong."""
        return _keys(Project, project_of_area_q(self.user))

    @cached_property
    def locked(self) -> set[int]:
        """Published projects whose texts nobody changes alone."""
        return _keys(Project, locked_q())

    @cached_property
    def reviewed_places(self) -> tuple[set[int], set[int]]:
        """Regions that ask for a second pair of eyes, and their municipalities."""
        regions = _keys(Region, Q(requires_review=True))
        return regions, _keys(Municipality, Q(regions__in=regions))

    @cached_property
    def municipalities(self) -> set[int]:
        """Those in the user's reach."""
        return _keys(Municipality, municipality_in_reach_q(self.user))

    @cached_property
    def regions(self) -> set[int]:
        """Those in the user's reach."""
        return _keys(Region, region_in_reach_q(self.user))

    @cached_property
    def _own_parts(self) -> set[tuple[int, int]]:
        own = Municipality.objects.filter(municipality_in_reach_q(self.user)).values("pk")
        rows = Participation.objects.filter(project__in=self.parts, municipality__in=own)
        return set(rows.order_by().values_list("project", "municipality"))

    def owns_row(self, project: int | None, municipality: int | None) -> bool:
        """Whether a row of a project that names this municipality is the user's to write."""
        return self.everything or project in self.projects or self.is_part(project, municipality)

    def is_part(self, project: int | None, municipality: int | None) -> bool:
        """Whether the row belongs to the own part of a joint project."""
        return project in self.parts and (project, municipality) in self._own_parts
