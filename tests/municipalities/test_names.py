"""Places are found by any of their names, in any case, with or without dots."""

import pytest

from municipalities.names import NO_NAMES, Names, fold, meant, named

PLACES = [
    ("palkane", Names.of(["Pälkäne"], "Pälkäneen", ["Pälkäneellä", "Pälkäneelle", "635"])),
    ("helsinki", Names.of(["Helsinki", "Helsingfors"], "Helsingin", ["Helsingissä"])),
    ("ii", Names.of(["Ii", "Ijo"], "Iin", ["Iissä"])),
    ("vaasa", Names.of(["Vaasa", "Vasa"], "Vaasan", ["Vaasassa"])),
    ("koski-tl", Names.of(["Koski Tl", "Koskis"], "Koski Tl:n", ["Koskella"])),
    ("savonlinna", Names.of(["Savonlinna", "Nyslott"], "Savonlinnan")),
    ("etela-savo", Names.of(["Etelä-Savo", "Södra Savolax"], "Etelä-Savon", ["etela-savo"])),
    ("kuopio", Names.of(["Kuopio"], "Kuopion") | Names.of(["Maaninka"], "Maaningan")),
    ("nameless", NO_NAMES),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Pälkäne", "palkane"),
        ("  PÄLKÄNEELLÄ!", "palkane"),
        ("palkaneen kunta", "palkane"),
        ("Pälkäneestä", "palkane"),
        ("Pälkänettä", "palkane"),
        ("635", "palkane"),
        ("Helsinkiä", "helsinki"),
        ("Helsingiksi", "helsinki"),
        ("Helsingfors stad", "helsinki"),
        ("iihin", "ii"),
        ("vasas", "vaasa"),
        ("Koski Tl", "koski-tl"),
        ("etelä savossa", "etela-savo"),
        ("Maaningalla", "kuopio"),
    ],
)
def test_a_text_that_means_one_place(query: str, found: str) -> None:
    assert meant(query, PLACES) == named(query, PLACES) == [found]


@pytest.mark.parametrize("query", ["", "  ", "?", "ilmasto", "Pälkä", "in", "Helsinkiläiset"])
def test_a_text_that_means_none(query: str) -> None:
    assert meant(query, PLACES) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pyörätie Pälkäneellä", ["palkane"]),
        ("Etelä-Savon bussit", ["etela-savo"]),
        ("helsinki ja vaasa", ["helsinki", "vaasa"]),
        ("Pälkäne-hanke", ["palkane"]),
        ("pälk", ["palkane"]),
        ("savo", ["savonlinna", "etela-savo"]),
        ("linna", []),
        ("pä", []),
        ("ilmasto", []),
        ("", []),
        ("%_\\", []),
    ],
)
def test_places_to_offer(query: str, found: list[str]) -> None:
    assert named(query, PLACES) == found


def test_folding_is_the_same_for_composed_and_decomposed_letters() -> None:
    assert fold("A\u0308hta\u0308ri") == fold("Ähtäri") == "ahtari"
