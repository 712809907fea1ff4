"""The shipped files: complete and correct; and what a file with a mistake is told."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.validators import validate_slug
from django.utils.text import slugify

from municipalities.models import Municipality, Organisation, Region, RegionMember
from municipalities.register import load
from municipalities.registerfiles import RegisterError, read

M = "municipalities.csv"
RESERVED = ["etela-pirkanmaa", "kestavat", "kuopion-seutu", "yla-savo", "keski-savo", "savogrow"]


def test_the_figures_add_up() -> None:
    register = read()
    assert len(register.municipalities) == 308
    assert len(register.counties) == 19
    assert len(register.subregions) == 69
    assert len(register.mergers) == 12
    assert sum(row["population"] for row in register.municipalities) == 5_563_970


@pytest.mark.parametrize(
    ("code", "genitive", "inside", "from_", "to"),
    [
        ("635", "Pälkäneen", "Pälkäneellä", "Pälkäneeltä", "Pälkäneelle"),
        ("020", "Akaan", "Akaassa", "Akaasta", "Akaaseen"),
        ("908", "Valkeakosken", "Valkeakoskella", "Valkeakoskelta", "Valkeakoskelle"),
        ("887", "Urjalan", "Urjalassa", "Urjalasta", "Urjalaan"),
        ("092", "Vantaan", "Vantaalla", "Vantaalta", "Vantaalle"),
        ("297", "Kuopion", "Kuopiossa", "Kuopiosta", "Kuopioon"),
        ("140", "Iisalmen", "Iisalmessa", "Iisalmesta", "Iisalmeen"),
        ("408", "Lapuan", "Lapualla", "Lapualta", "Lapualle"),
        ("301", "Kurikan", "Kurikassa", "Kurikasta", "Kurikkaan"),
        ("010", "Alavuden", "Alavudella", "Alavudelta", "Alavudelle"),
        ("300", "Kuortaneen", "Kuortaneella", "Kuortaneelta", "Kuortaneelle"),
        ("211", "Kangasalan", "Kangasalla", "Kangasalta", "Kangasalle"),
        ("152", "Isonkyrön", "Isossakyrössä", "Isostakyröstä", "Isoonkyröön"),
        ("936", "Virtain", "Virroilla", "Virroilta", "Virroille"),
        ("922", "Vesilahden", "Vesilahdessa", "Vesilahdesta", "Vesilahteen"),
        ("478", "Maarianhaminan", "Maarianhaminassa", "Maarianhaminasta", "Maarianhaminaan"),
        ("599", "Pedersören", "Pedersöressä", "Pedersörestä", "Pedersöreen"),
        ("911", "Valtimon", "Valtimolla", "Valtimolta", "Valtimolle"),
    ],
)
def test_finnish_forms(code: str, genitive: str, inside: str, from_: str, to: str) -> None:
    register = read()
    row = next(r for r in register.municipalities + register.mergers if r["code"] == code)
    assert (row["fi_genitive"], row["fi_in"], row["fi_from"], row["fi_to"]) == (
        genitive, inside, from_, to,
    )  # fmt: skip


def test_every_finnish_form_belongs_together() -> None:
    """“In”, “from” and “to” are all inner or all outer cases, with the same stem."""
    endings = {"ssa": "sta", "ssä": "stä", "lla": "lta", "llä": "ltä"}
    register = read()
    for row in register.municipalities + register.mergers:
        inside, from_, to = (row[c].removesuffix(" Tl") for c in ("fi_in", "fi_from", "fi_to"))
        assert row["fi_genitive"].removesuffix(" Tl").endswith("n"), row
        assert inside[-3:] in endings, row
        # Uudessakaarlepyyssä, Isossakyrössä: the first part of the name is inflected too
        assert from_ in {
            inside[:-3] + endings[inside[-3:]],
            inside[:-3].replace("ssa", "sta") + endings[inside[-3:]],
        }, row
        if inside.endswith(("lla", "llä")):
            assert to == f"{inside[:-3]}lle", row
        else:
            assert to[-1] == "n", row


@pytest.mark.parametrize(
    ("slug", "name_sv", "name_en", "genitive", "inside"),
    [
        ("uusimaa", "Nyland", "Uusimaa", "Uudenmaan", "Uudellamaalla"),
        ("pirkanmaa", "Birkaland", "Pirkanmaa", "Pirkanmaan", "Pirkanmaalla"),
        ("pohjois-savo", "Norra Savolax", "North Savo", "Pohjois-Savon", "Pohjois-Savossa"),
        ("keski-suomi", "Mellersta Finland", "Central Finland", "Keski-Suomen", "Keski-Suomessa"),
        ("pohjanmaa", "Österbotten", "Ostrobothnia", "Pohjanmaan", "Pohjanmaalla"),
        ("lappi", "Lappland", "Lapland", "Lapin", "Lapissa"),
        ("ahvenanmaa", "Åland", "Åland", "Ahvenanmaan", "Ahvenanmaalla"),
        ("kuopion-seutukunta", "Kuopio ekonomiska region", "Kuopio sub-region",
         "Kuopion seutukunnan", "Kuopion seutukunnassa"),
        ("yla-savon-seutukunta", "Övre Savolax ekonomiska region", "Ylä-Savo sub-region",
         "Ylä-Savon seutukunnan", "Ylä-Savon seutukunnassa"),
    ],
)  # fmt: skip
def test_names_of_regions(
    slug: str, name_sv: str, name_en: str, genitive: str, inside: str
) -> None:
    register = read()
    row = next(r for r in register.counties + register.subregions if r["slug"] == slug)
    assert [row[c] for c in ("name_sv", "name_en", "fi_genitive", "fi_in")] == [
        name_sv, name_en, genitive, inside,
    ]  # fmt: skip


def test_every_region_is_inflected() -> None:
    register = read()
    for row in register.counties + register.subregions:
        assert row["fi_genitive"].endswith("n"), row
        assert row["fi_in"].endswith(("ssa", "ssä", "lla", "llä")), row


def test_cities() -> None:
    cities = {row["name_fi"] for row in read().municipalities if row["title"] == "city"}
    assert len(cities) == 108
    assert {"Akaa", "Kangasala", "Lieto", "Kaskinen", "Maarianhamina", "Alavus", "Närpiö"} <= cities
    assert cities.isdisjoint({"Pirkkala", "Pälkäne", "Nurmijärvi", "Kirkkonummi", "Kuortane"})


def test_addresses() -> None:
    register = read()
    for row in register.municipalities + register.mergers + register.subregions:
        assert row["slug"] == slugify(row["name_fi"])
    slugs = [row["slug"] for row in register.counties + register.subregions]
    for slug in slugs:
        validate_slug(slug)
        assert slug == slug.lower()
    assert not set(slugs) & set(RESERVED)


def test_languages() -> None:
    counts = Counter(row["languages"] for row in read().municipalities)
    assert counts == {"fi": 259, "fi-sv": 18, "sv-fi": 15, "sv": 16}


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (M, ",6347,", ",monta,", r"municipalities.csv, row \d+, column population: “m"),
        (M, ",6347,", ",,", r"column population: “” is empty"),
        (M, ",6347,", ", 6347,", r"column population: “ 6347” .* a space"),
        (M, ",6347,", ",-1,", r"column population: “-1”"),
        (M, ",61.3398,", ",6133.98,", r"column latitude: “6133.98”"),
        (M, "\n635,", "\n63,", r"column code: “63”: Three digits"),
        (M, "\n635,", "\n020,", r"“020” is already in municipalities.csv, row 8"),
        (M, ",palkane,", ",akaa,", r"column slug: “akaa” is already in"),
        (M, ",palkane,", ",Pälkäne kk,", r"column slug: “Pälkäne kk”"),
        (M, "Pälkäne,municipality", "Pälkäne,kunta", r"column title: “kunta”"),
        (M, ",06,064,6347,", ",03,064,6347,", r"county_code: there is no county “03”"),
        (M, ",06,064,6347,", ",06,999,6347,", r"subregion_code: there is no"),
        (M, ",06,064,6347,", ",05,064,6347,", r"subregion_code: .* lies in county 06"),
        (M, "fi_from,fi_to", "fi_from", r"row 1, column fi_to: is missing"),
        (M, "fi_from,fi_to", "fi_from,fi_to,area", r"row 1, column area: is not known"),
        (M, "fi_from,fi_to", "fi_from,fi_to,fi_to", r"row 1, column fi_to: is there twice"),
        (M, ",Pälkäneeltä,", ",", r"column fi_to: the row has 16 cells"),
        (M, ",Pälkäneeltä,", ',"Pälkäneeltä,', r"municipalities.csv, row \d+: "),
        ("subregions.csv", ",06,tampereen", ",03,tampereen", r"subregions.csv, row 19, .*county"),
        ("counties.csv", "\n06,", "\n6,", r"counties.csv, row 6, column code: “6”: 2 digits"),
        ("mergers.csv", "2025-01-01", "1.1.2025", r"row 13, column effective: “1.1.2025”"),
        ("mergers.csv", ",507\n", ",999\n", r"row 13, column successor_code: “999”"),
        ("mergers.csv", ",507\n", ",413\n", r"column successor_code: “413” is neither"),
    ],
)  # fmt: skip
def test_a_broken_row_writes_nothing(
    db: None,
    edit: Callable[[str, str, str], Path],
    file: str,
    old: str,
    new: str,
    message: str,
) -> None:
    folder = edit(file, old, new)
    with pytest.raises(CommandError, match=message) as raised:
        call_command("load_register", folder=folder)
    assert str(raised.value).endswith("Nothing was changed.")
    for model in (Municipality, Region, RegionMember, Organisation):
        assert not model.objects.exists()
        assert not model.history.exists()


def test_missing_and_unreadable_files(db: None, folder: Path) -> None:
    (folder / "counties.csv").write_bytes("Itä-Häme".encode("latin-1"))
    with pytest.raises(RegisterError, match=r"counties.csv: .*utf-8"):
        load(folder)
    (folder / "counties.csv").unlink()
    with pytest.raises(RegisterError, match=r"counties.csv: "):
        load(folder)


def test_files_saved_by_excel_are_read(db: None, folder: Path) -> None:
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load(folder).created == 1332
