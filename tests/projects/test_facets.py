"""Facets: whose projects each choice holds, counted once, public ones only."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from municipalities.models import Region
from projects.enums import Activity, Stage
from projects.facets import Facet, Facets
from projects.models import Participation, Project
from projects.summaries import in_region_q
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def counts(facet: Facet, **chosen: str) -> dict[str, int]:
    """Numbers by option, of those that are offered."""
    picked = {Facet(name): (value,) for name, value in chosen.items()}
    return {option.value: count for option, count in Facets.load().counts(facet, picked)}


def test_a_project_is_counted_once_in_a_region_however_it_belongs_to_it() -> None:
    akaa, urjala = MunicipalityFactory.create_batch(2)
    region = RegionFactory(slug="etela", members=[akaa, urjala])
    ProjectFactory(municipalities=[akaa, urjala], regions=[region])
    assert counts(Facet.REGION) == {"etela": 1}


@pytest.mark.parametrize("how", ["named", "member", "named child", "named grandchild"])
def test_regions_hold_what_the_region_page_holds(how: str) -> None:
    place = MunicipalityFactory()
    top = RegionFactory(county=True, members=[place])
    middle = RegionFactory(parent=top)
    low = RegionFactory(parent=middle)
    other = RegionFactory()
    if how == "member":
        ProjectFactory(municipalities=[place])
    else:
        ProjectFactory(regions=[{"named": top, "named child": middle}.get(how, low)])
    facets = Facets.load()
    for region in Region.objects.all():
        expected = set(
            Project.objects.published().filter(in_region_q(region.pk)).values_list("pk", flat=True)
        )
        assert facets.options[Facet.REGION][region.slug].projects == expected, region
    assert facets.options[Facet.REGION][top.slug].projects
    assert not facets.options[Facet.REGION][other.slug].projects


def test_a_merged_municipalitys_projects_are_its_successors() -> None:
    new = MunicipalityFactory(slug="uusi")
    old = MunicipalityFactory(
        slug="vanha", successor=new, valid_until=timezone.localdate() - timedelta(days=1)
    )
    both = ProjectFactory(municipalities=[old, new])
    ProjectFactory(municipalities=[old])
    facets = Facets.load()
    assert counts(Facet.MUNICIPALITY) == {"uusi": 2}
    assert both.pk in facets.options[Facet.MUNICIPALITY]["uusi"].projects
    assert facets.moved == {"vanha": "uusi"}


def test_on_hold_and_cancelled_stand_beside_the_stages() -> None:
    ProjectFactory(stage=Stage.PLANNING)
    ProjectFactory(stage=Stage.PLANNING, activity=Activity.PAUSED)
    ProjectFactory(stage=Stage.IDEA, activity=Activity.CANCELLED)
    assert counts(Facet.STAGE) == {"planning": 1, "paused": 1, "cancelled": 1}


def test_a_halted_project_has_no_schedule_status() -> None:
    ProjectFactory(activity=Activity.PAUSED)
    ProjectFactory()
    assert counts(Facet.SCHEDULE) == {"unknown": 1}


def test_a_facet_counts_under_the_other_facets_but_not_under_itself() -> None:
    energy, water = ThemeFactory(slug="energia"), ThemeFactory(slug="vesi")
    ProjectFactory(stage=Stage.IDEA, themes=[energy])
    ProjectFactory(stage=Stage.PLANNING, themes=[energy, water])
    ProjectFactory(stage=Stage.PLANNING, themes=[water])
    assert counts(Facet.THEME, stage="planning") == {"energia": 1, "vesi": 2}
    assert counts(Facet.STAGE, stage="planning") == {"idea": 1, "planning": 2}
    assert counts(Facet.STAGE, theme="energia") == {"idea": 1, "planning": 1}


def test_options_without_a_public_project_are_not_offered_unless_chosen() -> None:
    empty = MunicipalityFactory(slug="tyhja")
    RegionFactory(slug="tyhja-alue", members=[empty])
    ThemeFactory(slug="tyhja-teema")
    for facet in Facet:
        assert counts(facet) == {}
    assert counts(Facet.MUNICIPALITY, municipality="tyhja") == {"tyhja": 0}


@pytest.mark.parametrize(
    "hidden", [{"draft": True}, {"published_at": timezone.now() + timedelta(hours=1)}]
)
def test_what_is_not_public_is_not_even_a_number(hidden: dict) -> None:
    place, theme = MunicipalityFactory(), ThemeFactory()
    region = RegionFactory(members=[place])
    everywhere = {"municipalities": [place], "themes": [theme], "regions": [region]}
    ProjectFactory(**everywhere, **hidden)
    facets = Facets.load()
    assert not facets.published
    assert not any(
        option.projects for options in facets.options.values() for option in options.values()
    )
    ProjectFactory(**everywhere)
    assert [list(counts(facet).values()) for facet in Facet] == [[1], [1], [1], [1], [1]]


def test_the_schedule_status_is_that_of_the_day() -> None:
    project = ProjectFactory(end_date=date(2026, 5, 31))
    TaskFactory(project=project)
    for day, status in ((date(2026, 5, 31), "on_time"), (date(2026, 6, 1), "late")):
        facets = Facets.load(on=day)
        assert facets.options[Facet.SCHEDULE][status].projects == {project.pk}


def test_municipalities_stand_by_county_and_name_in_the_alphabet() -> None:
    names = ["Åland", "Ähtäri", "Öja", "Äetsä", "Zeta", "akaa"]
    places = [MunicipalityFactory(name_fi=name, slug=f"k{n}") for n, name in enumerate(names)]
    for place in places:
        ProjectFactory(municipalities=[place])
    RegionFactory(county=True, name_fi="Uusimaa", members=places[4:])
    RegionFactory(county=True, name_fi="Ähtävä", members=places[:4])
    options = Facets.load().options[Facet.MUNICIPALITY].values()
    assert [(row.group.value, row.label.value) for row in options] == [
        ("Uusimaa", "akaa"),
        ("Uusimaa", "Zeta"),
        ("Ähtävä", "Åland"),
        ("Ähtävä", "Äetsä"),
        ("Ähtävä", "Ähtäri"),
        ("Ähtävä", "Öja"),
    ]


def test_labels_say_in_which_language_they_are() -> None:
    place = MunicipalityFactory(name_fi="Vaasa", name_sv="Vasa", slug="vaasa")
    ProjectFactory(municipalities=[place], themes=[ThemeFactory(name_fi="Vesi", slug="vesi")])
    with override("sv"):
        options = Facets.load().options
    assert options[Facet.MUNICIPALITY]["vaasa"].label == ("Vasa", "sv")
    assert options[Facet.THEME]["vesi"].label == ("Vesi", "fi")


def test_successors_that_go_round_in_a_circle_do_not_hang() -> None:
    day = timezone.localdate()
    one = MunicipalityFactory()
    two = MunicipalityFactory(successor=one, valid_until=day)
    type(one).objects.filter(pk=one.pk).update(successor=two, valid_until=day)
    Participation.objects.create(project=ProjectFactory(), municipality=one)
    assert Facets.load().published
