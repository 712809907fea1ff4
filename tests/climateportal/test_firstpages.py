"""The first content pages: what the law asks of them, and that nobody's edits are lost."""

import itertools
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from climateportal.firstpages import FOLDER, PAGES, first_text
from climateportal.models import Page, remember_slug
from climateportal.publishing import PublicationState
from climateportal.translated import LANGUAGES

MARK = {"fi": "TÄYDENNÄ", "sv": "FYLL I", "en": "FILL IN"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    call_command("load_pages", verbosity=0)


def text(slug: str, language: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", first_text(slug, language)[1]).split())


def test_every_page_has_a_text_in_every_language() -> None:
    files = {path.name for path in FOLDER.glob("*.html")}
    assert files == {f"{slug}.{lang}.html" for slug in PAGES for lang in LANGUAGES}
    for slug in PAGES:
        headings = {first_text(slug, lang)[0] for lang in LANGUAGES}
        bodies = {first_text(slug, lang)[1] for lang in LANGUAGES}
        assert (len(headings), len(bodies)) == (3, 3), slug


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_public_in_each_language(
    loaded: None, client: Client, slug: str, language: str
) -> None:
    with translation.override(language):
        address = Page.objects.get(slug=slug).get_absolute_url()
    page = client.get(address).content.decode()
    heading = first_text(slug, language)[0]
    assert re.search(rf"<h1[^>]*>\s*{heading}\s*</h1>", page)
    assert f'<html lang="{language}"' in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_sanitising_keeps_the_whole_text(loaded: None, slug: str, language: str) -> None:
    stored = getattr(Page.objects.get(slug=slug), f"body_{language}")
    assert " ".join(re.sub(r"<[^>]+>", " ", stored).split()) == text(slug, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_accessibility_statement_has_what_the_law_asks(language: str) -> None:
    said = text("saavutettavuus", language)
    parts = {
        "fi": ("306/2019", "osittain", "WCAG", "kahden viikon", "Traficom", "kantelun",
               "029 534 5000", "Liitetiedostot", "axe-core", "ei ole arvioinut"),
        "sv": ("306/2019", "delvis", "WCAG", "inom två veckor", "Traficom", "klagomål",
               "029 534 5000", "Bilagor", "axe-core", "Ingen utomstående"),
        "en": ("306/2019", "partially", "WCAG", "within two weeks", "Traficom", "complaint",
               "029 534 5000", "Attached files", "axe-core", "No outside expert"),
    }[language]  # fmt: skip
    for part in parts:
        assert part in said, part
    assert "saavutettavuus@traficom.fi" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_accessibility_statement_leads_to_the_form(
    loaded: None, client: Client, language: str
) -> None:
    with translation.override(language):
        page = client.get(Page.objects.get(slug="saavutettavuus").get_absolute_url())
        link = f"{reverse('feedback')}?aihe=saavutettavuus"
    assert f'href="{link}"' in page.content.decode()
    form = client.get(link).content.decode()
    assert re.search(r'value="accessibility"[^>]* checked', form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_notice_tells_how_long_feedback_is_kept(language: str) -> None:
    words = {"fi": "365 päivän kuluttua", "sv": "365 dagar", "en": "365 days"}[language]
    assert words in text("tietosuoja", language)
    assert settings.FEEDBACK_KEEP_DAYS == 365


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_notice_has_what_the_regulation_asks(language: str) -> None:
    said = text("tietosuoja", language)
    parts = {
        "fi": ("2016/679", "Rekisterinpitäjä", "6.1 e", "eivät aseta evästeitä", "sessionid",
               "csrftoken", "vastustaa", "tietosuojavaltuutetulle", "automaattisia päätöksiä"),
        "sv": ("2016/679", "Personuppgiftsansvarig", "6.1 e", "sätter inga kakor", "sessionid",
               "csrftoken", "motsätta dig", "dataombudsmannen", "automatiska beslut"),
        "en": ("2016/679", "Controller", "6.1 e", "set no cookies", "sessionid",
               "csrftoken", "object", "Data Protection Ombudsman", "automated decisions"),
    }[language]  # fmt: skip
    for part in parts:
        assert part in said, part


@pytest.mark.parametrize("slug", PAGES)
def test_what_the_operator_fills_in_is_marked_few_and_listed(slug: str) -> None:
    counts = set()
    for language in LANGUAGES:
        body = first_text(slug, language)[1]
        marked = re.findall(rf"<strong>\[{MARK[language]}: (.+?)\]</strong>", body, re.DOTALL)
        assert body.count("[") == len(marked), (slug, language)
        counts.add(len(marked))
        if len(marked) > 1:
            items = re.findall(r"<li><p>(.+?)</p></li>", body.rsplit("<h3>", 1)[1], re.DOTALL)
            assert len(items) == len(marked), (slug, language)
    assert len(counts) == 1
    assert counts.pop() <= 4


def test_public_pages_set_no_cookie_as_the_notice_says(loaded: None, client: Client) -> None:
    for slug in PAGES:
        assert not client.get(f"/{slug}/").cookies


def test_an_edited_page_is_never_overwritten(loaded: None) -> None:
    page = Page.objects.get(slug="tietosuoja")
    page.body_fi, page.publication = "<p>Oma selosteemme.</p>", PublicationState.DRAFT
    page.save()
    call_command("load_pages", verbosity=0)
    page.refresh_from_db()
    assert page.body_fi == "<p>Oma selosteemme.</p>"
    assert page.publication == PublicationState.DRAFT
    assert Page.objects.count() == len(PAGES)


def test_a_page_with_a_new_address_is_not_made_twice(loaded: None) -> None:
    page = Page.objects.get(slug="tietoa")
    page.slug = "mika-tama-on"
    page.save()
    remember_slug(page, "tietoa")
    call_command("load_pages", verbosity=0)
    assert Page.objects.count() == len(PAGES)


def test_menus(loaded: None) -> None:
    assert [page.slug for page in Page.objects.in_menu(Page.Menu.FOOTER)] == [
        "saavutettavuus", "tietosuoja",
    ]  # fmt: skip
    assert [page.slug for page in Page.objects.in_menu(Page.Menu.MAIN)] == ["tietoa"]
