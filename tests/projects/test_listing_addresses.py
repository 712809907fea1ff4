"""Odd addresses of the project list: what is not understood is left out, and said."""

from html import unescape

import pytest
from django.test import Client

from projects.models import Project
from tests.projects.listpage import LIST, NOT_UNDERSTOOD, page, titles

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?page=abc", "“abc” is not a page number"),
        ("?page=0", "“0” is not a page number"),
        ("?page=-1", "“-1” is not a page number"),
        ("?page=%D9%A3", "“٣” is not a page number"),
        ("?page=999999", "There is no page 999999"),
        ("?page=" + "9" * 5000, "There is no page 999999999"),
        ("?vaihe=xyz", "The filter “Stage” has no choice “xyz”"),
        ("?vaihe=paused", "The filter “Stage” has no choice “paused”"),
        ("?tila=active", "The filter “Stage” has no choice “active”"),
        ("?aikataulu=xyz", "The filter “Schedule” has no choice “xyz”"),
        ("?teema=xyz", "The filter “Theme” has no choice “xyz”"),
        ("?kunta=unknown", "The filter “Municipality” has no choice “unknown”"),
        ("?alue=unknown", "The filter “Region” has no choice “unknown”"),
        ("?alue=pirkanmaa&alue=savogrow", "“SavoGrow” is used"),
        ("?kunta=akaa&kunta=palkane&kunta=akaa", "“Pälkäne” is used"),
        ("?vaihe=a&vaihe=b&vaihe=c&vaihe=d", "has no choice “a”, “b”, “c”:"),
        ("?jarjestys=xyz", "There is no order “xyz”"),
        ("?q=%F0%9F%9A%B2", "no letters or numbers"),
        ("?q=!!!", "no letters or numbers"),
        ("?q=" + "kaava+" * 1300, "cut to its first 200 characters"),
        ("?q=a+b+c+d+e+f+g+h+i", "Only the first 8 words"),
        ("?kunta=" + "x" * 7000, "x" * 40 + "…”"),
        ("?kunta=%FF%FE", "The filter “Municipality” has no choice"),
        ("?kunta=' OR 1=1 --", "The filter “Municipality” has no choice"),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(
    client: Client, four: dict[str, Project], query: str, said: str
) -> None:
    html = page(client, query)
    assert NOT_UNDERSTOOD in html
    assert said in unescape(html)


@pytest.mark.parametrize(
    "query",
    [
        "?q=", "?alue=&kunta=&q=&jarjestys=", "?teema=", "?page=", "?page=1", "?page=01", "?&&==&",
        "?utm_source=uutiskirje", "?vaihe=planning&vaihe=planning", "?q=100%25_", "?kunta=%20akaa",
    ],
)  # fmt: skip
def test_what_can_be_understood_is_not_complained_of(
    client: Client, four: dict[str, Project], query: str
) -> None:
    assert NOT_UNDERSTOOD not in page(client, query)


@pytest.mark.parametrize("query", ["?page=abc", "?vaihe=xyz", "?q=!!!", "?jarjestys=x", "?page=2"])
def test_odd_values_fall_back_to_the_whole_list(
    client: Client, four: dict[str, Project], query: str
) -> None:
    assert len(titles(page(client, query))) == 4


def test_signs_of_sql_patterns_are_letters_like_others(
    client: Client, four: dict[str, Project]
) -> None:
    assert titles(page(client, "?q=k%25a")) == titles(page(client, "?q=k+a"))
    assert titles(page(client, "?q=kulkem_nen")) == []


def test_what_the_visitor_typed_is_never_markup(client: Client, four: dict[str, Project]) -> None:
    attack = '"><script>alert(1)</script>'
    for name in ("q", "alue", "kunta", "teema", "vaihe", "tila", "aikataulu", "jarjestys", "page"):
        html = client.get(LIST, {name: attack}).content.decode()
        assert "<script>alert" not in html
        assert '"><script' not in html
    assert 'value="&quot;&gt;&lt;script&gt;' in client.get(LIST, {"q": attack}).content.decode()
