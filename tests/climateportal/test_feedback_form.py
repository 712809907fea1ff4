"""The public form for feedback: what it takes, what it says, and that nothing typed is lost."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from climateportal.models import Feedback, OldSlug
from climateportal.models.feedback import LONGEST_MESSAGE
from climateportal.views import feedback as form_views
from climateportal.views.feedback import FASTEST, TRAP, WORKS_FOR, new_token
from projects.models import Project
from tests.factories import MunicipalityFactory, ProjectFactory, RegionFactory

pytestmark = pytest.mark.django_db
FORM = "/palaute/"
OURS = "http://testserver"
TYPED = {"message": "Reitti katkeaa\nsillalla & <joella>", "name": "Aino Esimerkki"}


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


def filled(**values: Any) -> dict[str, Any]:
    """What somebody sends who opened the form a minute ago."""
    opened = new_token(at=time.time() - 60)
    typed = {**TYPED, "email": "aino@example.fi"}
    return {"kind": "question", "opened": opened, **typed, **values}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


# --- opening it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [("/palaute/", "Anna palautetta"), ("/sv/respons/", "Ge respons"),
     ("/en/feedback/", "Give feedback")],
)  # fmt: skip
def test_it_opens_in_each_language_without_a_cookie_or_script(
    client: Client, path: str, words: str
) -> None:
    response = client.get(path)
    page = text(response)
    assert response.status_code == 200
    assert words in page
    assert not response.cookies
    assert "<script" not in page
    assert "csrfmiddlewaretoken" not in page


def test_it_is_made_for_each_visitor(client: Client) -> None:
    """A replayed page would give everybody the same token, and in the end one that is too old."""
    first, second = client.get(FORM), client.get(FORM)
    assert "ETag" not in first
    assert "private" in first["Cache-Control"]
    assert hidden(first, "opened") != hidden(second, "opened") != ""


def test_other_pages_lead_to_it(client: Client) -> None:
    project, place, region = ProjectFactory(), MunicipalityFactory(), RegionFactory()
    for row, param in ((project, "hanke"), (place, "kunta"), (region, "alue")):
        page = text(client.get(row.get_absolute_url()))
        link = f'href="/palaute/?{param}={row.slug}"'
        assert link in page, param
        assert 'href="/palaute/"' in page.split("<footer")[1]
        about = text(client.get(f"/palaute/?{param}={row.slug}"))
        assert f'name="{param}" value="{row.slug}"' in about
        assert str(row) in about


def test_a_draft_offers_no_feedback(client: Client, admin_client: Client) -> None:
    draft = ProjectFactory(draft=True)
    assert "?hanke=" not in text(admin_client.get(draft.get_absolute_url()))


def test_what_is_not_public_is_not_found_and_not_named(client: Client) -> None:
    draft = ProjectFactory(draft=True, title_fi="Salainen")
    unknown = text(client.get("/palaute/?hanke=ei-ole"))
    hidden_one = text(client.get(f"/palaute/?hanke={draft.slug}"))
    for page in (unknown, hidden_one):
        assert "ei löydy" in page
        assert "Salainen" not in page
        assert 'name="about"' not in page
    assert "ei löydy" not in text(client.get(FORM))


def test_an_address_that_moved_still_names_its_project(client: Client) -> None:
    from django.contrib.contenttypes.models import ContentType

    project = ProjectFactory(title_fi="Pyörätiet")
    content_type = ContentType.objects.get_for_model(Project)
    OldSlug.objects.create(content_type=content_type, object_id=project.pk, slug="vanha")
    page = text(client.get("/palaute/?hanke=vanha"))
    assert "Pyörätiet" in page
    assert f'name="hanke" value="{project.slug}"' in page


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/hankkeet/{slug}/", 'name="hanke" value="{slug}"'),
        ("/sv/projekt/{slug}/?x=1", 'name="hanke" value="{slug}"'),
        ("/en/regions/", 'name="sivu" value="/en/regions/"'),
        ("/", 'name="sivu" value="/"'),
    ],
)
def test_the_page_one_comes_from_is_named(client: Client, path: str, told: str) -> None:
    slug = ProjectFactory().slug
    page = text(client.get(FORM, headers={"referer": OURS + path.format(slug=slug)}))
    assert told.format(slug=slug) in page


@pytest.mark.parametrize(
    "address",
    ["https://example.com/hankkeet/", f"{OURS}/tarkista/salaisuus/", f"{OURS}/admin/", OURS,
     f"{OURS}/ei/ole/", "http://[", f"{OURS}/tunnus/kutsu/salaisuus/", f"{OURS}/%00/",
     f"{OURS}/hankkeet/ei-ole/"],
)  # fmt: skip
def test_no_other_address_is_taken(client: Client, address: str) -> None:
    page = text(client.get(FORM, headers={"referer": address}))
    assert 'name="about"' not in page
    assert "salaisuus" not in page


def test_the_accessibility_statement_chooses_the_kind(client: Client) -> None:
    assert re.search(
        r'value="accessibility"[^>]* checked', text(client.get(f"{FORM}?aihe=saavutettavuus"))
    )
    assert "checked" not in text(client.get(FORM))


# --- sending it ----------------------------------------------------------------------------------


def test_it_is_stored_and_the_next_page_says_what_follows(client: Client) -> None:
    project = ProjectFactory(title_fi="Pyörätiet")
    sent = filled(hanke=project.slug, about="on")
    response = client.post(FORM, sent, follow=True)
    stored = Feedback.objects.get()
    assert (stored.project, stored.about, stored.kind) == (project, "Pyörätiet", "question")
    assert (stored.message, stored.name, stored.email) == (*TYPED.values(), "aino@example.fi")
    assert (stored.language, stored.state) == ("fi", "open")
    assert (stored.reply_by - timezone.localdate()).days == 14
    page = text(response)
    day = stored.reply_by
    for words in ("Kiitos", f"{day.day}.{day.month}.{day.year}", "sivuston ylläpitäjä", "Pyörätiet",
                  "sähköpostiosoitteeseen"):  # fmt: skip
        assert words.casefold() in page.casefold(), words
    for secret in ("Aino", "aino@example.fi", "katkeaa"):
        assert secret not in page
    assert not response.cookies


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_keeps_the_language_and_the_words_of_its_giver(client: Client, language: str) -> None:
    project = ProjectFactory(title_fi="Pyörätiet", title_sv="Cykelvägar", title_en="Cycling")
    with translation.override(language):
        from django.urls import reverse

        path = reverse("feedback")
    response = client.post(path, filled(hanke=project.slug, about="on"), follow=True)
    stored = Feedback.objects.get()
    assert stored.language == language
    assert stored.about == {"sv": "Cykelvägar", "en": "Cycling"}[language]
    assert f'<html lang="{language}"' in text(response)


def test_a_tick_taken_away_makes_it_general(client: Client) -> None:
    client.post(FORM, filled(hanke=ProjectFactory().slug))
    stored = Feedback.objects.get()
    assert (stored.subject, stored.about) == (None, "")


@pytest.mark.parametrize(
    ("param", "make"), [("kunta", MunicipalityFactory), ("alue", RegionFactory)]
)
def test_it_is_about_a_place(client: Client, param: str, make: Any) -> None:
    row = make()
    client.post(FORM, filled(about="on", **{param: row.slug}))
    assert Feedback.objects.get().subject == row


def test_it_is_about_a_page(client: Client) -> None:
    client.post(FORM, filled(about="on", sivu="/hankkeet/"))
    stored = Feedback.objects.get()
    assert (stored.subject, stored.about) == (None, "/hankkeet/")


def test_without_an_address_no_answer_is_promised(client: Client) -> None:
    page = text(client.post(FORM, filled(email="", name=""), follow=True))
    assert "et saa vastausta" in page
    assert "luetaan viimeistään" in page


def test_sent_twice_it_is_stored_once_and_a_second_text_is_not_lost(client: Client) -> None:
    sent = filled()
    first, second = client.post(FORM, sent), client.post(FORM, sent)
    assert Feedback.objects.count() == 1
    assert client.get(second.url).status_code == client.get(first.url).status_code == 200
    client.post(FORM, {**sent, "message": "Vielä toinen asia"})  # the browser's Back
    assert Feedback.objects.count() == 2


def test_the_page_of_thanks_is_no_way_to_ask_about_others(client: Client) -> None:
    for token in ("1", "x:y:z", "%00"):
        assert client.get(f"/palaute/kiitos/{token}/").status_code in (302, 400, 404)


# --- what cannot be taken ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words", "status"),
    [
        ({"message": ""}, "Kirjoita viestisi", 422),
        ({"message": "   \n "}, "Kirjoita viestisi", 422),
        ({"message": "x" * (LONGEST_MESSAGE + 1)}, str(LONGEST_MESSAGE), 422),
        ({"message": "a\0b"}, "Check the form", 422),
        ({"kind": ""}, "Valitse, millaista", 422),
        ({"kind": "praise"}, "praise", 422),
        ({"email": "aino@"}, "sähköpostiosoite", 422),
        ({"email": "a@example.fi\nBcc: b@example.fi"}, "sähköpostiosoite", 422),
        ({"name": "n" * 121}, "120", 422),
        ({"opened": ""}, "auki kauan", 422),
        ({"opened": "väärä:x:y"}, "auki kauan", 422),
        ({TRAP: "http://example.com"}, "jota ihmiset eivät näe", 422),
    ],
)
def test_bad_input_is_told_beside_its_field_and_all_is_kept(
    client: Client, values: dict[str, str], words: str, status: int
) -> None:
    place = MunicipalityFactory()
    response = client.post(FORM, filled(kunta=place.slug, about="on", **values))
    page = text(response)
    assert response.status_code == status
    assert not Feedback.objects.exists()
    assert words.replace("Check the form", "Tarkista lomake") in page
    assert 'tabindex="-1" autofocus' in page
    assert f'name="kunta" value="{place.slug}"' in page
    assert re.search(r'id="id_about"[^>]* checked', page)
    kept = {**filled(), **values}
    for name in ("name", "email"):
        assert f'value="{kept[name].splitlines()[0][:20]}' in page
    if values.get("message") is None:
        assert "sillalla &amp; &lt;joella&gt;" in page
    assert f'name="{TRAP}"' in page
    assert "http://example.com" not in page


def test_an_error_is_tied_to_its_field(client: Client) -> None:
    page = text(client.post(FORM, filled(message="", email="aino@")))
    for name in ("message", "email"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}_error"' in page
        control = re.search(rf'<(?:input|textarea)[^>]*id="id_{name}"[^>]*>', page)[0]
        assert f"id_{name}_error" in control
        assert 'aria-invalid="true"' in control


def test_a_suspicion_says_nothing_where_an_error_does(client: Client) -> None:
    page = text(client.post(FORM, filled(opened=new_token(), message="")))
    assert "Kirjoita viestisi" in page
    assert "nopeammin" not in page


def test_a_removed_subject_stays_removed_when_the_form_is_refused(client: Client) -> None:
    page = text(client.post(FORM, filled(kunta=MunicipalityFactory().slug, message="")))
    assert not re.search(r'id="id_about"[^>]* checked', page)


def test_a_machine_is_asked_to_wait_and_a_person_only_loses_a_moment(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = new_token()
    refused = client.post(FORM, filled(opened=opened))
    assert (refused.status_code, Feedback.objects.count()) == (422, 0)
    assert hidden(refused, "opened") == opened
    monkeypatch.setattr(form_views, "FASTEST", -1)
    assert client.post(FORM, filled(opened=opened)).status_code == 302
    assert FASTEST >= 2


def test_a_form_of_yesterday_is_sent_again_with_one_click(client: Client) -> None:
    refused = client.post(FORM, filled(opened=new_token(at=time.time() - WORKS_FOR - 60)))
    assert refused.status_code == 422
    fresh = hidden(refused, "opened")
    assert fresh
    assert form_views._opened(fresh)


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://outside.example"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site", "origin": OURS}, False),
        ({"origin": OURS}, True),
        ({"origin": "https://testserver"}, True),  # a proxy ends https
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://["}, False),
        ({"referer": f"{OURS}/palaute/"}, True),
        ({"referer": "http://evil.example/testserver"}, False),
    ],
)
def test_another_sites_form_is_not_taken(
    client: Client, headers: dict[str, str], taken: bool
) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(FORM, filled(), headers=headers)
    assert response.status_code == (302 if taken else 403)
    assert Feedback.objects.exists() == taken
    if not taken:
        assert "sillalla" in text(response)
        again = {**filled(), "opened": hidden(response, "opened")}
        assert again["opened"]


def test_a_trusted_origin_is_taken(client: Client, settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://ilmasto.example.fi"]
    headers = {"origin": "https://ilmasto.example.fi"}
    assert client.post(FORM, filled(), headers=headers).status_code == 302


def test_much_from_one_network_is_refused_with_the_text_kept(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"feedback": "2/h/ip"}
    for number in (1, 2):
        assert client.post(FORM, sent := filled(message=f"Viesti {number}")).status_code == 302
    assert client.post(FORM, sent).status_code == 302  # the same again is no new one
    refused = client.post(FORM, filled(message="Kolmas"))
    assert refused.status_code == 429
    assert "Kolmas" in text(refused)
    assert Feedback.objects.count() == 2
    elsewhere = client.post(FORM, filled(message="Kolmas"), REMOTE_ADDR="10.1.2.3")
    assert elsewhere.status_code == 302


def test_refused_forms_do_not_count(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"feedback": "1/h/ip"}
    for _number in range(3):
        client.post(FORM, filled(message=""))
    assert client.post(FORM, filled()).status_code == 302


@pytest.mark.parametrize("param", ["hanke", "kunta", "alue", "sivu", "aihe"])
@pytest.mark.parametrize(
    "value",
    ["\0", "'; --", "x" * 5000, "ä", "😀", "../", "//example.com/", "/%00/", "/a\nb/", "-1"],
)
def test_no_odd_subject_breaks_it(client: Client, param: str, value: str) -> None:
    assert client.get(FORM, {param: value}).status_code in (200, 400)
    response = client.post(FORM, filled(about="on", **{param: value}))
    assert response.status_code in (302, 400)
    assert Feedback.objects.filter(about="").count() == Feedback.objects.count()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_ways_of_asking_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(FORM).status_code == 405


def test_a_broken_body_is_answered_politely(client: Client) -> None:
    kind = "multipart/form-data; boundary=x"
    assert client.post(FORM, b"--x\r\nnothing", content_type=kind).status_code in (400, 422)
    assert client.post(FORM, b"{}", content_type="application/json").status_code == 422
