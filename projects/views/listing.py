"""The public list of projects: filters, counts, order and pages, all in the address."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from django.core.paginator import Paginator
from django.db.models import Case, F, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from climateportal.memory import remembered
from climateportal.replay import replayed
from climateportal.templatetags.ui import number
from climateportal.translated import SOURCE, Text
from municipalities.enums import RegionKind
from municipalities.names import named
from projects.enums import Stage
from projects.facets import NO_TEXT, Facet, Facets
from projects.forms import (
    NAMES,
    ONE_ONLY,
    ORDER,
    PAGE,
    PARAMETERS,
    TEXT,
    FilterReader,
    Order,
    ProjectFilters,
    SearchText,
    parameter_of,
)
from projects.keysets import KeySet
from projects.models import Project

PER_PAGE = 20
MOST_PLACES = 6  # pages of places that a search text leads to
KIND_NAMES = {
    RegionKind.COUNTY: gettext_lazy("Counties"),
    RegionKind.SUBREGION: gettext_lazy("Sub-regions"),
    RegionKind.COOPERATION: gettext_lazy("Cooperation areas"),
}
EVERY = {
    Facet.REGION: gettext_lazy("All regions"),
    Facet.MUNICIPALITY: gettext_lazy("All municipalities"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick or option to select, with the number of projects it leaves."""

    parameter: str
    value: str
    label: Text
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices under a heading; the heading's value is empty where there is none."""

    heading: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet as a control: a select when `every` says what choosing nothing means."""

    parameter: str
    name: str
    every: str
    groups: tuple[ChoiceGroup, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice made: a link that takes it back, and how many projects there would be then."""

    name: str
    label: Text
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """The page of a municipality or a region that the search text names."""

    label: Text
    url: str
    kind: str
    county: Text
    projects: str  # “3 projects”


@replayed(TEXT, *PARAMETERS, ORDER, PAGE)
def project_list(request: HttpRequest) -> HttpResponse:
    """Published projects that fit the filters in the address, twenty on a page.

    Six queries, however many projects there are; twelve at most when nothing is remembered.
    """
    text = SearchText.read(request.GET, get_language() or SOURCE)
    facets = Facets.load(text.beginnings)
    reader = FilterReader(request.GET, text, facets)
    filters, problems = reader.filters, reader.problems
    matching = facets.matching(filters.chosen)
    paginator = Paginator(range(len(matching)), PER_PAGE)
    if filters.page > paginator.num_pages:
        problems.append(
            _("There is no page %(page)s: this is the last one.") % {"page": filters.page}
        )
        filters = replace(filters, page=paginator.num_pages)
    page = paginator.page(filters.page)
    context = {
        "filters": filters,
        "problems": problems,
        "controls": [_control(facets, facet, filters) for facet in Facet],
        "chips": list(_chips(facets, filters)),
        "places": list(_places(facets, filters.text)),
        "orders": Order,
        "found": _found(len(matching)),
        "total": len(facets.published),
        "page_obj": page,
        "projects": _rows(matching, filters.order, page.start_index(), page.end_index()),
    }
    return render(request, "projects/list.html", context)


def _places(facets: Facets, text: str) -> Iterator[PlaceLink]:
    options = [
        (option, option.names)
        for facet in (Facet.MUNICIPALITY, Facet.REGION)
        for option in facets.options[facet].values()
    ]
    for option in named(text, options)[:MOST_PLACES]:
        is_region = option.group.value in KIND_NAMES
        yield PlaceLink(
            label=option.label,
            url=reverse("region" if is_region else "municipality", kwargs={"slug": option.value}),
            kind=option.kind,
            county=NO_TEXT if is_region else option.group,
            projects=_found(len(option.projects)),
        )


def _found(count: int) -> str:
    text = ngettext("%(count)s project", "%(count)s projects", count)
    return text % {"count": number(count)}


def _rows(matching: KeySet, order: Order, first: int, last: int) -> list[Project]:
    """The projects on a page, from the `first` to the `last` of those that match, from 1 on."""
    keys = list(islice(matching.in_order(_in_order(order)), max(first - 1, 0), last))
    rows = Project.objects.published().for_list().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _in_order(order: Order) -> Sequence[int]:
    """The keys of all public projects in an order, remembered until something changes."""
    language = (get_language() or SOURCE) if order == Order.TITLE else ""
    rows = _sorted(Project.objects.published(), order).values_list("pk", flat=True)
    return remembered(("order of projects", order, language), lambda: array("q", rows))


def _sorted(projects: QuerySet, order: Order) -> QuerySet:
    match order:
        case Order.TITLE:
            return projects.by_title(get_language() or SOURCE)
        case Order.END:
            return projects.order_by(F("end_date").asc(nulls_last=True), "pk")
        case Order.STAGE:
            number = Case(*(When(stage=stage, then=Value(stage.number)) for stage in Stage))
            return projects.order_by(number, "-content_updated_at", "pk")
        case _:
            return projects.order_by("-content_updated_at", "pk")


def _control(facets: Facets, facet: Facet, filters: ProjectFilters) -> Filter:
    chosen = filters.chosen[facet]
    rows = facets.counts(facet, filters.chosen)
    groups = []
    for group, members in groupby(rows, key=lambda row: row[0].group):
        choices = (
            Choice(
                parameter_of(facet, option.value),
                option.value,
                option.label,
                count,
                option.value in chosen,
            )
            for option, count in members
        )
        groups.append(ChoiceGroup(_heading(group), tuple(choices)))
    return Filter(
        parameter=parameter_of(facet, ""),
        name=NAMES[facet],
        every=str(EVERY[facet]) if facet in ONE_ONLY else "",
        groups=tuple(groups),
    )


def _heading(group: Text) -> Text:
    if group.value in KIND_NAMES:
        return Text(str(KIND_NAMES[RegionKind(group.value)]), get_language() or SOURCE)
    return group


def _chips(facets: Facets, filters: ProjectFilters) -> Iterator[Chip]:
    path = reverse("project-list")
    if filters.text:
        rest = filters.without_text()
        # without the text every public project is found
        everything = replace(facets, found=facets.published)
        yield Chip(
            name=_("Search text"),
            label=Text(filters.text, get_language() or SOURCE),
            url=path + rest.query(),
            count=len(everything.matching(rest.chosen)),
        )
    for facet, values in filters.chosen.items():
        for value in values:
            rest = filters.without(facet, value)
            yield Chip(
                name=NAMES[facet],
                label=facets.options[facet][value].label,
                url=path + rest.query(),
                count=len(facets.matching(rest.chosen)),
            )
