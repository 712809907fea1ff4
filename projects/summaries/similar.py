"""What municipalities of about the same size do on the same themes: examples to ask about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, FloatField, OuterRef, QuerySet, When
from django.db.models.functions import Cast

from climateportal.publishing import published_q
from climateportal.translated import columns
from municipalities.models import Municipality
from projects.enums import Activity
from projects.models import Participation, Project, Theme

TIMES = 2  # a similar municipality has at most so many times more inhabitants, or fewer
NEAREST = 12  # municipalities that are looked at, so that a page costs the same at any size
SHOWN = 5
OF_ONE = 2  # projects of one municipality among them


@dataclass(frozen=True)
class Candidate:
    """A project of another municipality on one of the themes; a row for each theme they share."""

    project: int
    place: int
    population: int
    theme: int
    updated_at: float  # seconds; a newer page before an older one


@dataclass(frozen=True)
class Example:
    """A project chosen: whose, and which of the themes it shares."""

    project: int
    place: int
    themes: frozenset[int]


def is_similar(population: int | None, other: int | None) -> bool:
    """Whether two municipalities are about the same size.

    The larger one has at most `TIMES` times the inhabitants of the smaller one. A population that
    nobody knows is similar to none.
    """
    if not population or not other:
        return False
    return max(population, other) <= TIMES * min(population, other)


def similar_examples(
    population: int | None, candidates: Iterable[Candidate]
) -> tuple[Example, ...]:
    """At most `SHOWN` of the candidates: the rule of “similar-sized, same themes”.

    Only of similar municipalities (`is_similar`). A project that shares more themes comes first,
    then one of a municipality nearer in size, then the more recently updated. Each project once,
    under the municipality nearest in size, and at most `OF_ONE` of each municipality.
    """
    themes: dict[int, set[int]] = {}
    nearest: dict[int, Candidate] = {}

    def times(row: Candidate) -> tuple[float, int]:
        return max(population, row.population) / min(population, row.population), row.place

    for row in candidates:
        if not is_similar(population, row.population):
            continue
        themes.setdefault(row.project, set()).add(row.theme)
        if row.project not in nearest or times(row) < times(nearest[row.project]):
            nearest[row.project] = row
    found: list[Example] = []
    of_place: dict[int, int] = {}
    for row in sorted(
        nearest.values(),
        key=lambda row: (-len(themes[row.project]), times(row), -row.updated_at, row.project),
    ):
        if of_place.get(row.place, 0) < OF_ONE and len(found) < SHOWN:
            of_place[row.place] = of_place.get(row.place, 0) + 1
            found.append(Example(row.project, row.place, frozenset(themes[row.project])))
    return tuple(found)


def read_candidates(
    municipality: Municipality, its_projects: QuerySet[Project], on: date
) -> tuple[list[Candidate], dict[int, Municipality]]:
    """What there is to choose from, of the `NEAREST` municipalities that have any. One query.

    Public projects that have not been cancelled, on a theme of the municipality's own projects,
    in none of which it takes part itself. Municipalities come by key, with their names.
    """
    population = municipality.population
    if not population:
        return [], {}
    mine = its_projects.values("pk")
    themes = Theme.objects.filter(projects__in=mine).values("pk")
    links = Project.themes.through.objects.filter(project=OuterRef("project"), theme__in=themes)
    rows = (
        Participation.objects.filter(published_q("project__"))
        .exclude(project__in=mine)
        .exclude(project__activity=Activity.CANCELLED)
        .order_by()
    )
    size = Cast("population", FloatField())
    times = Case(
        When(population__gte=population, then=size / float(population)),
        default=float(population) / size,
    )
    # each is asked for its first project that will do, which is soon found
    near = (
        Municipality.objects.current(on)
        .filter(
            Exists(rows.filter(Exists(links), municipality=OuterRef("pk"))),
            population__gte=-(-population // TIMES),
            population__lte=population * TIMES,
        )
        .order_by(times, "pk")
        .values("pk")[:NEAREST]
    )
    names = ["population", "population_year", "slug", *columns("name")]
    found = rows.filter(project__themes__in=themes, municipality__in=near).values_list(
        "project", "municipality", "project__themes", "project__content_updated_at",
        *(f"municipality__{name}" for name in names),
    )  # fmt: skip
    candidates: list[Candidate] = []
    places: dict[int, Municipality] = {}
    for project, pk, theme, updated, *values in found:
        if pk not in places:
            places[pk] = Municipality(pk=pk, **dict(zip(names, values, strict=True)))
        size_of = places[pk].population
        candidates.append(Candidate(project, pk, size_of, theme, updated.timestamp()))
    return candidates, places


@dataclass(frozen=True)
class SimilarProject:
    """An example as the page shows it."""

    project: Project
    municipality: Municipality
    themes: tuple[Theme, ...]


def named(
    examples: Sequence[Example],
    projects: dict[int, Project],
    places: dict[int, Municipality],
    themes: Iterable[Theme],
) -> tuple[SimilarProject, ...]:
    """The examples with what was read of them."""
    known = sorted(themes, key=lambda row: (row.order, row.pk))
    return tuple(
        SimilarProject(
            projects[row.project],
            places[row.place],
            tuple(theme for theme in known if theme.pk in row.themes),
        )
        for row in examples
    )
