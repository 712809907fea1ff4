"""Log-in pages in our look, their letters in our words."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from climateportal.models import Session
from tests.climateportal.signing import give_app
from tests.factories import UserFactory

PUBLIC = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_signup",
]
PASSWORD = "pitka-ja-oma-salasana"


def check_page(html: str) -> None:
    """One h1, our frame, a label for each control, nothing inline."""
    assert html.count("<h1") == 1
    assert 'class="brand"' in html
    assert "css/main.css" in html
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+=", html)
    control = r'<(?:input|select|textarea)(?![^>]*hidden)[^>]*\bid="([^"]+)"'
    for name in re.findall(control, html):
        assert f'for="{name}"' in html
    assert "placeholder" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_page_looks_like_the_site(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    check_page(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "account",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "account_sessions",
        "mfa_index",
    ],
)
def test_page_for_those_logged_in(client: Client, name: str) -> None:
    client.force_login(UserFactory())
    response = client.get(reverse(name))
    assert response.status_code == 200
    check_page(response.content.decode())


@pytest.mark.django_db
def test_refused_log_in_says_so_on_top_and_in_the_title(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "ei-ole", "password": ""})
    html = response.content.decode()
    check_page(html)
    assert re.search(r"<title>Virhe: ", html)
    assert 'role="alert"' in html
    for field in ("id_login", "id_password"):
        assert f'<a href="#{field}">' in html
        assert f'id="{field}_error"' in html
        assert re.search(rf'<input[^>]*aria-invalid="true"[^>]*id="{field}"', html)


@pytest.mark.django_db
def test_wrong_password_does_not_tell_whether_the_account_exists(client: Client) -> None:
    UserFactory(email="on@example.fi")
    pages = [
        client.post(reverse("account_login"), {"login": login, "password": "väärä"})
        for login in ("on@example.fi", "eiole@example.fi")
    ]
    alerts = [
        re.search(r'role="alert".*?</div>', page.content.decode(), re.DOTALL).group(0)
        for page in pages
    ]
    assert alerts[0] == alerts[1]


@pytest.mark.django_db
def test_logging_in_and_out_leaves_no_message_behind(client: Client) -> None:
    UserFactory(email="on@example.fi", superuser=True)
    response = client.post(
        reverse("account_login"), {"login": "on@example.fi", "password": "salasana"}
    )
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("admin:index")
    assert "messages" not in response.cookies
    response = client.post(reverse("account_logout"))
    assert response.headers["Location"] == "/"
    assert "messages" not in response.cookies


@pytest.mark.django_db
def test_log_in_leads_where_one_was_going(client: Client) -> None:
    UserFactory(email="on@example.fi", superuser=True)
    page = client.get(reverse("account_login") + "?next=/admin/components/")
    assert 'name="next" value="/admin/components/"' in page.content.decode()


@pytest.mark.django_db
def test_new_password_by_letter(client: Client) -> None:
    user = UserFactory(email="on@example.fi")
    client.post(reverse("account_reset_password"), {"email": user.email})
    letter = mail.outbox[0]
    assert letter.to == [user.email]
    assert letter.subject.startswith("Ilmastohankkeet: ")
    assert "Ilmastohankkeet" in letter.body
    address = re.search(r"http://testserver(\S+)", letter.body).group(1)
    page = client.get(address, follow=True)
    check_page(page.content.decode())
    action = re.search(r'<form method="post" action="([^"]+)"', page.content.decode()).group(1)
    done = client.post(action, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    check_page(done.content.decode())
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "Virhe" not in done.content.decode()

    again = Client().get(address, follow=True)
    check_page(again.content.decode())
    assert "<form method" not in again.content.decode(), "a used link offers no form"


@pytest.mark.django_db
def test_letter_to_an_address_without_an_account(client: Client) -> None:
    response = client.post(reverse("account_reset_password"), {"email": "eiole@example.fi"})
    assert response.headers["Location"] == reverse("account_reset_password_done")
    letter = mail.outbox[0]
    assert "eiole@example.fi" in letter.body
    assert reverse("account_signup") not in letter.body, "nobody signs up alone"


@pytest.mark.django_db
def test_invited_user_sets_a_first_password(client: Client) -> None:
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    address = reverse("account_set_password")
    check_page(client.get(address).content.decode())
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
def test_changed_password_is_confirmed_on_the_page(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    sent = {"oldpassword": "salasana", "password1": PASSWORD, "password2": PASSWORD}
    page = client.post(reverse("account_change_password"), sent, follow=True)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert 'role="status"' in page.content.decode()


@pytest.mark.django_db
def test_reset_tells_nobody_whether_an_address_has_an_account(client: Client) -> None:
    """Not by the page, not by what is sent, not by how much is done meanwhile."""
    UserFactory(email="on@example.fi")
    UserFactory(email="suljettu@example.fi", is_active=False)
    cache.clear()
    pages, work = [], []
    for email in ("on@example.fi", "suljettu@example.fi", "eiole@example.fi"):
        with CaptureQueriesContext(connection) as asked:
            response = client.post(reverse("account_reset_password"), {"email": email})
        shown = client.get(response["Location"])
        pages.append((response.status_code, response["Location"], shown.content))
        work.append(len(asked))
        assert [letter.to for letter in mail.outbox] == [[email]]
        assert mail.outbox[0].alternatives, "as HTML, too"
        assert ("/tunnus/salasana/uusi/" in mail.outbox[0].body) == ("on@" in email)
        mail.outbox.clear()
    assert pages[0] == pages[1] == pages[2]
    assert max(work) - min(work) <= 2


@pytest.mark.django_db
def test_reset_is_throttled_by_address(client: Client) -> None:
    UserFactory(email="on@example.fi")
    cache.clear()
    statuses = [
        client.post(reverse("account_reset_password"), {"email": "on@example.fi"}).status_code
        for _attempt in range(6)
    ]
    assert statuses == [302] * 5 + [429]
    assert len(mail.outbox) == 5
    page = client.post(reverse("account_reset_password"), {"email": "on@example.fi"})
    check_page(page.content.decode())
    assert "Liian monta yritystä" in page.content.decode()


@pytest.mark.django_db
def test_reset_letter_speaks_the_users_language(client: Client) -> None:
    UserFactory(email="on@example.fi", language="sv")
    client.post(reverse("account_reset_password"), {"email": "on@example.fi"})
    assert "Ange lösenordet här" in mail.outbox[0].body
    page, _kind = mail.outbox[0].alternatives[0]
    assert '<html lang="sv">' in page
    assert re.search(r'<a href="http://testserver/tunnus/salasana/uusi/[^"]+"', page)


@pytest.mark.django_db
def test_reset_does_not_get_around_the_second_step_and_ends_sessions(client: Client) -> None:
    user = UserFactory(email="on@example.fi")
    give_app(user)
    other = Client()
    other.force_login(user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    address = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(address, follow=True)
    action = re.search(r'<form method="post" action="([^"]+)"', form.content.decode()).group(1)
    client.post(action, {"password1": PASSWORD, "password2": PASSWORD})
    assert client.get(reverse("admin:index")).status_code == 302
    assert not Session.objects.filter(account=user.pk).exists()
    sent = {"login": user.email, "password": PASSWORD}
    response = client.post(reverse("account_login"), sent)
    assert response["Location"].startswith(reverse("mfa_authenticate"))


@pytest.mark.django_db
def test_mail_server_that_is_down_loses_the_letter_only(
    client: Client, monkeypatch, caplog
) -> None:
    def refuse(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    for email in (UserFactory().email, "eiole@example.fi"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        assert response.status_code == 302
    assert "could not be sent" in caplog.text


def test_addresses_are_those_that_are_needed() -> None:
    """An update of allauth adds none unnoticed: nothing of its own lists of addresses is used."""
    from climateportal.account_urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == {
        "account", "account_change_password", "account_inactive", "account_login",
        "account_logout", "account_reauthenticate", "account_reset_password",
        "account_reset_password_done", "account_reset_password_from_key",
        "account_reset_password_from_key_done", "account_sessions", "account_set_password",
        "account_signup", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate",
        "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_index", "mfa_login_webauthn",
        "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
        "mfa_view_recovery_codes", "openid_back", "openid_out", "invitation", "own_reading",
    }  # fmt: skip


@pytest.mark.django_db
def test_addresses_differ_by_more_than_case() -> None:
    UserFactory(email="aino@example.fi")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Aino@example.fi")


@pytest.mark.django_db
def test_a_page_with_a_form_says_its_words_once_and_inside_main(client: Client) -> None:
    """A block of base.html with the name of one here would be filled in both places."""
    page = client.get(reverse("account_login")).content.decode()
    assert page.count("Tunnuksen saat") == 1
    assert page.index("<main") < page.index("Tunnuksen saat") < page.index("</main>")
