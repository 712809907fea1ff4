"""Loading the register: complete, repeatable, gentle with what editors wrote, all or nothing."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import models
from django.db.models import Count, Q, Sum

from municipalities.enums import OrganisationKind, PlanStatus, RegionKind
from municipalities.models import Municipality, Organisation, Region, RegionMember
from municipalities.register import load
from municipalities.registerfiles import RegisterError
from tests.factories.places import MunicipalityFactory, OrganisationFactory, RegionFactory

LOADED = (Municipality, Region, RegionMember, Organisation)


def history_size() -> int:
    return sum(model.history.count() for model in LOADED)


def sizes() -> dict[type[models.Model], int]:
    return {model: model.objects.count() for model in LOADED}


def test_all_of_finland_is_there(register: None) -> None:
    assert Municipality.objects.current(date(2026, 1, 1)).count() == 308
    assert Municipality.objects.exclude(valid_until=None).count() == 12
    kinds = Counter(Region.objects.values_list("kind", flat=True))
    assert kinds == {RegionKind.COUNTY: 19, RegionKind.SUBREGION: 69}
    assert Municipality.objects.aggregate(n=Sum("population"))["n"] == 5_563_970


def test_every_municipality_lies_in_one_county_and_one_subregion(register: None) -> None:
    counted = Municipality.objects.annotate(
        counties=Count("regions", filter=Q(regions__kind=RegionKind.COUNTY)),
        subregions=Count("regions", filter=Q(regions__kind=RegionKind.SUBREGION)),
    )
    ended = Q(valid_until__isnull=False)
    assert not counted.exclude(ended).exclude(counties=1, subregions=1).exists()
    assert not counted.filter(ended).exclude(counties=0, subregions=0).exists()
    palkane = Municipality.objects.get(code="635")
    assert {r.slug for r in palkane.regions.all()} == {"pirkanmaa", "tampereen-seutukunta"}
    kinds = {r.parent.kind for r in Region.objects.filter(kind=RegionKind.SUBREGION)}
    assert kinds == {RegionKind.COUNTY}


def test_merged_municipalities_lead_to_one_that_exists(register: None) -> None:
    for ended in Municipality.objects.exclude(valid_until=None):
        assert ended.successor.valid_until is None
    maaninka = Municipality.objects.get(slug="maaninka")
    assert maaninka.valid_until == date(2014, 12, 31)
    assert maaninka.successor.slug == "kuopio"


def test_a_successor_may_itself_have_ended_later(
    db: None, edit: Callable[[str, str, str], Path]
) -> None:
    load(edit("mergers.csv", "Maaningalle,297", "Maaningalle,174"))
    maaninka = Municipality.objects.get(slug="maaninka")
    assert maaninka.successor.slug == "juankoski"
    assert maaninka.successor.successor.slug == "kuopio"


def test_every_municipality_can_be_picked_as_an_organisation(register: None) -> None:
    assert Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).count() == 308
    palkane = Organisation.objects.get(municipality__code="635")
    assert palkane.name_fi == "Pälkäneen kunta"
    assert palkane.name_sv == "Pälkäne kommun"
    assert palkane.name_en == "Municipality of Pälkäne"
    assert Organisation.objects.get(municipality__code="020").name_fi == "Akaan kaupunki"
    assert Organisation.objects.get(municipality__code="599").name_fi == "Pedersören kunta"


def test_every_row_begins_its_history(register: None) -> None:
    for model in LOADED:
        assert model.history.filter(history_type="+").count() == model.objects.count()


def test_second_run_changes_nothing(register: None) -> None:
    rows, history = sizes(), history_size()
    counts = load()
    assert (counts.created, counts.updated, counts.removed) == (0, 0, 0)
    assert counts.unchanged == sum(rows.values())
    assert (sizes(), history_size()) == (rows, history)


def test_what_editors_wrote_survives(register: None) -> None:
    palkane = Municipality.objects.get(code="635")
    edited = {
        "slug": "palkaneen-pitaja",
        "website": "https://kunta.example.fi/",
        "plan_status": PlanStatus.IN_FORCE,
        "plan_name_fi": "Ilmasto-ohjelma",
        "plan_url": "https://kunta.example.fi/ohjelma",
        "plan_decided_on": date(2021, 5, 17),
        # a later figure than the register's
        "population": 6200,
        "population_year": 2025,
    }
    Municipality.objects.filter(pk=palkane.pk).update(**edited)
    texts = {"slug": "savo", "lead_fi": "Yhdessä", "website": "https://alue.example.fi/"}
    Region.objects.filter(slug="pohjois-savo").update(**texts)
    Organisation.objects.filter(municipality=palkane).update(name_sv="Pälkäne")

    load()
    palkane.refresh_from_db()
    assert {name: getattr(palkane, name) for name in edited} == edited
    assert Region.objects.filter(kind=RegionKind.COUNTY, code="11", **texts).exists()
    assert palkane.organisation.name_sv == "Pälkäne"


def test_official_facts_are_corrected_with_a_line_of_history(register: None) -> None:
    Municipality.objects.filter(code="635").update(fi_in="Pälkäneessä", population=1)
    counts = load()
    palkane = Municipality.objects.get(code="635")
    assert (palkane.fi_in, palkane.population) == ("Pälkäneellä", 6347)
    assert counts.updated == 1
    assert palkane.history.count() == 2
    assert palkane.history.first().history_change_reason == "Official register"


def test_a_title_that_changes_renames_the_organisation(
    register: None, edit: Callable[[str, str, str], Path]
) -> None:
    load(
        edit(
            "municipalities.csv",
            "635,Pälkäne,Pälkäne,Pälkäne,municipality",
            "635,Pälkäne,Pälkäne,Pälkäne,city",
        )
    )
    assert Organisation.objects.get(municipality__code="635").name_fi == "Pälkäneen kaupunki"


def test_a_municipality_moves_to_another_county(
    register: None, edit: Callable[[str, str, str], Path]
) -> None:
    joint = RegionFactory(members=[Municipality.objects.get(code="635")])
    before = RegionMember.objects.count()
    row = "635,Pälkäne,Pälkäne,Pälkäne,municipality,fi,"
    counts = load(edit("municipalities.csv", f"{row}06,064", f"{row}05,051"))
    palkane = Municipality.objects.get(code="635")
    assert set(palkane.regions.values_list("slug", flat=True)) == {
        "kanta-hame", "hameenlinnan-seutukunta", joint.slug,
    }  # fmt: skip
    assert (counts.created, counts.removed) == (2, 2)
    assert RegionMember.objects.count() == before
    removed = RegionMember.history.filter(municipality_id=palkane.pk, history_type="-")
    assert removed.count() == 2


def test_a_new_merger_ends_a_municipality(
    register: None, folder: Path, edit: Callable[[str, str, str], Path]
) -> None:
    text = (folder / "municipalities.csv").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines(keepends=True) if line.startswith("435,"))
    edit("municipalities.csv", line, "")
    with (folder / "mergers.csv").open("a", encoding="utf-8") as file:
        file.write(
            "2027-01-01,435,Luhanka,Luhanka,Luhanka,municipality,fi,luhanka,"
            "Luhangan,Luhangassa,Luhangasta,Luhankaan,172\n"
        )
    load(folder, on=date(2026, 12, 31))
    luhanka = Municipality.objects.get(code="435")
    assert (luhanka.valid_until, luhanka.successor.code) == (date(2026, 12, 31), "172")
    assert luhanka.population == 692
    assert luhanka.regions.count() == 2, "it is in its county until the last day"
    load(folder, on=date(2027, 1, 1))
    assert luhanka.regions.count() == 0
    assert Municipality.objects.count() == 320


def test_a_merger_recorded_by_hand_is_not_undone(register: None) -> None:
    luhanka = Municipality.objects.get(code="435")
    luhanka.valid_until, luhanka.successor = date(2026, 6, 30), Municipality.objects.get(code="172")
    luhanka.save()
    luhanka.region_memberships.all().delete()
    load()
    luhanka.refresh_from_db()
    assert luhanka.valid_until == date(2026, 6, 30)
    assert luhanka.regions.count() == 0


def test_rows_made_by_hand_before_are_found(db: None) -> None:
    by_hand = MunicipalityFactory(code="635", name_fi="Pälkäne", slug="palkane")
    organisation = OrganisationFactory(name_fi="Pälkäneen kunta", website="https://example.fi/")
    load()
    organisation.refresh_from_db()
    assert organisation.municipality == by_hand
    assert organisation.kind == OrganisationKind.MUNICIPALITY
    assert organisation.website == "https://example.fi/"
    assert Municipality.objects.count() == 320
    assert Organisation.objects.count() == 308


def test_an_address_in_use_stops_the_load(db: None) -> None:
    RegionFactory(name_fi="Oma alue", slug="pirkanmaa")
    with pytest.raises(RegisterError, match=r"counties.csv, row 6, column slug: .*Oma alue"):
        load()
    assert Region.objects.count() == 1
    assert not Municipality.objects.exists()


def test_an_organisation_of_another_municipality_stops_the_load(db: None) -> None:
    OrganisationFactory(
        name_fi="Pälkäneen kunta",
        kind=OrganisationKind.MUNICIPALITY,
        municipality=MunicipalityFactory(code="999"),
    )
    with pytest.raises(RegisterError, match=r"Pälkäneen kunta.*linked to another"):
        load()
    assert Municipality.objects.count() == 1


def test_a_failure_half_way_is_taken_back(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("municipalities.register._load_organisations", fail)
    with pytest.raises(RuntimeError):
        load()
    assert not any(sizes().values())


def test_the_command_says_what_it_did(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_register")
    assert capsys.readouterr().out == (
        "Register: 1332 created, 0 updated, 0 removed, 0 unchanged.\n"
    )
