"""Joint projects of a region: who of the region takes part, and each one's own stage."""

from collections.abc import Iterable
from dataclasses import dataclass

from municipalities.alphabet import alphabetical
from municipalities.models import Municipality
from projects.enums import Stage
from projects.models import Project
from projects.summaries.counts import ProjectFacts
from projects.summaries.members import Members


@dataclass(frozen=True)
class PlaceStage:
    """One municipality's stage in a joint project."""

    municipality: Municipality
    stage: Stage


@dataclass(frozen=True)
class JointProject:
    """A project of several municipalities of the region, or of the region itself."""

    project: Project
    places: tuple[PlaceStage, ...]  # members of the region only
    elsewhere: int  # how many municipalities outside the region take part

    @property
    def municipalities(self) -> list[Municipality]:
        """Those of the region."""
        return [row.municipality for row in self.places]

    @property
    def different(self) -> list[tuple[Stage, list[Municipality]]]:
        """Those in another stage than the project, by stage."""
        found: dict[Stage, list[Municipality]] = {}
        for row in self.places:
            if row.stage != self.project.stage:
                found.setdefault(row.stage, []).append(row.municipality)
        return [(stage, found[stage]) for stage in Stage if stage in found]


def joint_projects(facts: Iterable[ProjectFacts], members: Members) -> list[ProjectFacts]:
    """Projects of two or more members, or of the region without any one of them."""

    def together(row: ProjectFacts) -> bool:
        return sum(pk in members.by_pk for pk in row.own_stages) != 1

    def place(row: ProjectFacts) -> tuple[bool, float]:
        return row.is_over, -row.updated_at.timestamp()

    return sorted(filter(together, facts), key=place)


def joint_project(row: ProjectFacts, project: Project, members: Members) -> JointProject:
    """The project with its places in the region by name."""
    places = sorted(
        (members.by_pk[pk] for pk in row.own_stages if pk in members.by_pk),
        key=lambda place: alphabetical(place.name),
    )
    return JointProject(
        project,
        tuple(PlaceStage(place, Stage(row.stage_in(place.pk))) for place in places),
        len(row.own_stages) - len(places),
    )
