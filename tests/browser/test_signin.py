"""Signing in in Chromium: two steps by app and by passkey, by keyboard, without scripts."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import CDPSession, Page, expect

from climateportal.models import User
from tests.browser.adminpages import Opener, faults
from tests.browser.answered import ORIGIN
from tests.climateportal.signing import HOME, code, give_app
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LOG_IN = reverse("account_login")
STEPS = reverse("mfa_index")


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


def give_device(page: Page) -> CDPSession:
    """A phone that recognises its holder at once, as Chromium imitates it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return device


def first_step(page: Page, user: User) -> None:
    """By keyboard alone."""
    page.get_by_label("Sähköposti").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")  # to the link for a forgotten password
    page.keyboard.press("Tab")
    page.keyboard.type("salasana")
    page.keyboard.press("Enter")


def test_administrator_sets_up_an_app_at_first_log_in(opened: Opener, boss: User, settings) -> None:
    settings.REQUIRE_MFA = True
    page = opened(HOME)
    page.wait_for_url(f"**{LOG_IN}*")
    assert faults(page) == []
    first_step(page, boss)
    expect(page.locator("h1")).to_have_text("Kaksivaiheinen kirjautuminen")
    assert faults(page) == []
    page.get_by_role("link", name="Ota sovellus käyttöön").press("Enter")
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.naturalWidth") > 0, "blocked by the policy"
    assert faults(page) == []
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Koodi").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    assert page.locator(".secret").inner_text().replace(" ", "") == secret
    page.get_by_label("Koodi").fill(code(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Tallenna tiedostoksi").press("Enter")
    saved = download.value.path().read_text(encoding="utf-8")
    assert (
        re.findall(r"^\d{8}$", saved, re.MULTILINE) == page.locator(".codes li").all_inner_texts()
    )
    page.get_by_role("link", name="siirry muokkaamaan").press("Enter")
    page.wait_for_url(ORIGIN + HOME)


def test_passkey_is_added_and_opens_the_account_alone(opened: Opener) -> None:
    user = UserFactory()
    page = opened(LOG_IN)
    give_device(page)
    first_step(page, user)
    page.wait_for_url(ORIGIN + HOME)
    assert faults(page, ".second-step") == []
    page.goto(ORIGIN + reverse("mfa_add_webauthn"))
    assert faults(page) == []
    page.get_by_label("Avaimen nimi").fill("Työpuhelin")
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(ORIGIN + STEPS)
    expect(page.get_by_text("Työpuhelin").first).to_be_visible()
    assert faults(page) == []

    page.goto(ORIGIN + reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Lisää avain").click()
    expect(page.get_by_role("alert")).to_have_text("Tällä laitteella on jo pääsyavain tänne.")

    page.goto(ORIGIN + reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url(ORIGIN + "/")
    page.goto(f"{ORIGIN}{LOG_IN}?next={reverse('account')}")
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").press("Enter")
    page.wait_for_url(ORIGIN + reverse("account"))
    assert faults(page) == []


def test_passkey_is_the_second_step_and_confirms_who_is_there(opened: Opener) -> None:
    user = UserFactory()
    page = opened(reverse("mfa_add_webauthn"), user)
    page.wait_for_url(f"**{reverse('account_reauthenticate')}*")
    assert faults(page) == []
    give_device(page)
    page.get_by_label("Salasana").fill("salasana")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lisää avain").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(ORIGIN + reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url(ORIGIN + "/")
    page.goto(ORIGIN + LOG_IN)
    first_step(page, user)
    expect(page.locator("h1")).to_have_text("Toinen vaihe")
    assert faults(page) == []
    page.get_by_role("button", name="Käytä pääsyavainta").press("Enter")
    page.wait_for_url(ORIGIN + HOME)
    way = reverse("mfa_reauthenticate_webauthn") + f"?next={reverse('account_sessions')}"
    page.goto(ORIGIN + way)
    assert faults(page) == []
    page.get_by_role("button", name="Vahvista pääsyavaimella").press("Enter")
    page.wait_for_url(ORIGIN + reverse("account_sessions"))
    assert faults(page) == []


def test_device_without_a_passkey_is_told_so(opened: Opener) -> None:
    page = opened(LOG_IN)
    device = give_device(page)
    device.send("WebAuthn.disable")
    page.evaluate(
        """() => { navigator.credentials.get =
            () => Promise.reject(new DOMException("", "NotAllowedError")) }"""
    )
    button = page.get_by_role("button", name="Kirjaudu pääsyavaimella")
    button.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Voit yrittää uudelleen")
    expect(button).to_be_focused()
    assert faults(page) == []


def test_all_but_passkeys_works_without_scripts(opened: Opener) -> None:
    user = UserFactory()
    give_app(user)
    page = opened(LOG_IN, script=False)
    expect(page.get_by_role("button", name="Kirjaudu pääsyavaimella")).to_be_hidden()
    expect(page.get_by_text("Pääsyavain tarvitsee JavaScriptin")).to_be_visible()
    first_step(page, user)
    page.get_by_label("Koodi").fill(code())
    page.keyboard.press("Enter")
    page.wait_for_url(ORIGIN + HOME)
    page.goto(ORIGIN + reverse("account"))
    page.get_by_label("Kieli").select_option("sv")
    page.get_by_role("button", name="Tallenna").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Dina inställningar har sparats.")


def test_page_that_asks_before_a_colleagues_step_goes(opened: Opener, boss: User) -> None:
    colleague = UserFactory()
    give_app(colleague)
    address = reverse("admin:climateportal_user_second_step", args=[colleague.pk])
    page = opened(address, boss)
    page.get_by_label("Salasana").fill("salasana")
    page.keyboard.press("Enter")
    page.wait_for_url(ORIGIN + address)
    assert faults(page) == []
    page.get_by_role("button", name="Poista toinen vaihe").press("Enter")
    page.wait_for_url(f"**{reverse('admin:climateportal_user_change', args=[colleague.pk])}")
    expect(page.get_by_text("Siitä kerrotaan sähköpostilla")).to_be_visible()
