"""Finding inflected Finnish without a dictionary."""

import pytest

from projects.search import MOST_WORDS, alternatives, indexed, prefixes


def finds(query: str, text: str, language: str = "fi") -> bool:
    index = indexed(text)
    return all(f" {prefix}" in index for prefix in prefixes(query, language))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Akaassa", "Akaa"),
        ("Pälkäneellä", "Pälkäneen kunta"),
        ("kaavoitusta", "Ilmastokestävä kaavoitus"),
        ("ilmastotyön", "Ilmastotyö alkaa"),
        ("kaduilla", "Kadut kuntoon"),
        ("ENERGIA", "energiaa säästyy"),
        ("Etelä-Pirkanmaan", "Hiilineutraali Etelä-Pirkanmaa 2030"),
        ("pirkanmaa", "Etelä-Pirkanmaa"),
        ("2030", "Hiilineutraali 2030 -hanke"),
    ],
)
def test_an_inflected_word_finds_the_base_form(query: str, text: str) -> None:
    assert finds(query, text)


def test_every_word_must_be_there() -> None:
    assert finds("akaa energia", "Energiaa Akaassa")
    assert not finds("akaa liikenne", "Energiaa Akaassa")


def test_a_beginning_counts_only_at_the_start_of_a_word() -> None:
    assert not finds("energia", "bioenergia")


@pytest.mark.parametrize("query", ["", "   ", '"', "--", "%_", "😀"])
def test_a_query_without_words_asks_nothing(query: str) -> None:
    assert prefixes(query, "fi") == []


def test_a_very_long_query_is_cut() -> None:
    assert len(prefixes("sana%d " * 5000, "fi")) <= 8
    assert sum(map(len, prefixes("x" * 10_000, "fi"))) <= 200


def test_the_index_holds_each_word_once() -> None:
    assert indexed("Energia energia", "ENERGIA") == " energia"


def test_on_a_swedish_page_a_word_may_be_swedish_or_finnish() -> None:
    for language in ("fi", "sv", "en"):
        found = alternatives("Kaavoitusta kommunernas", language)
        text = indexed("Kaavoitus ohjaa rakentamista. Kommunerna planerar.")
        for one_of in found[:1] if language == "fi" else found:
            assert any(f" {start}" in text for start in one_of)


def test_alternatives_that_find_the_same_are_one() -> None:
    assert alternatives("ilmasto ilmasto", "fi") == [tuple(prefixes("ilmasto", "fi"))]
    assert alternatives("", "sv") == []
    assert len(alternatives("a b c d e f g h i j", "en")) == MOST_WORDS
