"""The gallery of components: for staff only, whole, and drawn with icons that exist."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

ROOT = Path(__file__).parents[2]


def sprite() -> set[str]:
    text = (ROOT / "static/img/icons.svg").read_text(encoding="utf-8")
    return set(re.findall(r'<symbol id="([a-z]+)"', text))


@pytest.fixture
def gallery(db: None) -> str:
    client = Client()
    client.force_login(UserFactory(superuser=True))
    response = client.get(reverse("gallery"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_outsiders_are_sent_to_log_in(client: Client) -> None:
    response = client.get(reverse("gallery"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_users_who_are_not_staff_are_refused(client: Client) -> None:
    client.force_login(UserFactory(is_staff=False))
    assert client.get(reverse("gallery")).status_code == 403


def test_it_is_a_valid_outline(gallery: str) -> None:
    assert gallery.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", gallery)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    twice = [name for name, n in Counter(re.findall(r'\bid="([^"]+)"', gallery)).items() if n > 1]
    assert not twice
    labelled = set(re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', gallery))
    ids = set(re.findall(r'\bid="([^"]+)"', gallery))
    assert {name for value in labelled for name in value.split()} <= ids


def test_it_shows_every_state(gallery: str) -> None:
    bars = re.findall(r'<ol class="stages">.*?</ol>', gallery, re.DOTALL)
    assert len(bars) >= 10
    assert all(bar.count('aria-current="step"') == 1 for bar in bars)
    for css in ("tag ok", "tag warn", "tag late", "halt", "figures", "people", "pages", "matrix"):
        assert f"{css}" in gallery
    for stage in range(1, 6):
        assert f"mini s{stage}" in gallery
    assert 'role="alert"' in gallery


def test_it_shows_every_state_of_a_goal(gallery: str) -> None:
    goals = gallery[gallery.index('<ol class="goals">') :]
    for words in ("tavoitteesta saavutettu", "Etääntynyt tavoitteesta", "Ylittänyt tavoitteen",
                  "Pysynyt tavoitetasolla", "Viimeisin arvo", "Ei vielä mitattu", "4 kuntaa:",
                  "Ilmoitettu saavutetuksi", "Ei saavutettu"):  # fmt: skip
        assert words in goals, words


def test_refused_form_leads_to_each_wrong_field(gallery: str) -> None:
    wrong = re.findall(r'<li><a href="#(id_\w+)">', gallery)
    assert wrong == ["id_name", "id_end", "id_municipalities_0"]
    for name in wrong:
        assert re.search(rf'<input[^>]*\bid="{name}"', gallery)
        assert f'id="{name.removesuffix("_0")}_error"' in gallery
    assert 'aria-describedby="id_end_helptext id_end_error"' in gallery
    assert '<fieldset aria-describedby="id_municipalities_error">' in gallery


def test_more_than_six_municipalities_are_counted(gallery: str) -> None:
    assert "15 kuntaa" in gallery


def test_icons_exist(gallery: str) -> None:
    used = set(re.findall(r"icons\.svg#([a-z]+)", gallery))
    assert used == sprite(), "the gallery shows exactly the icons of the sprite"


def test_icons_named_in_templates_exist() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        names = set(re.findall(r'{% icon "([a-z]+)" %}', path.read_text(encoding="utf-8")))
        assert names <= sprite(), path.name
