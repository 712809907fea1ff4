"""Invitations: what may be given, and a link that works once, for a while, for one address."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal import invitations
from climateportal.models import Invitation, User
from municipalities.models import Municipality
from projects.models import Project
from tests.adminforms import controls, problems
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PASSWORD = "pitkä ja hyvä salasana"
NEW = {"first_name": "Aino", "last_name": "Esimerkki", "password": PASSWORD}
ADD = "/admin/climateportal/invitation/add/"


class Desk:
    """A regional coordinator with a municipality, a project and a steering group."""

    def __init__(self) -> None:
        self.place, self.foreign = MunicipalityFactory(), MunicipalityFactory()
        self.region = RegionFactory(members=[self.place])
        self.foreign_region = RegionFactory(members=[self.foreign])
        self.project = ProjectFactory(municipalities=[self.place], draft=True)
        self.foreign_project = ProjectFactory(municipalities=[self.foreign])
        self.seat = MembershipFactory(group=SteeringGroupFactory(region=self.region))
        self.foreign_seat = MembershipFactory(
            group=SteeringGroupFactory(region=self.foreign_region)
        )
        self.sender = UserFactory(first_name="Kaisa", last_name="Koordinaattori")
        self.sender.regions.add(self.region)
        self.client = Client()
        self.client.force_login(self.sender)

    def send(self, **values: Any) -> Any:
        data = controls(self.client.get(ADD), "invitation_form")
        data |= {"email": "uusi@example.fi", "role": "municipality", "language": "fi"}
        return self.client.post(ADD, data | values | {"_save": "1"})

    def link(self) -> str:
        return link_in(mail.outbox[-1])


def link_in(letter: Any) -> str:
    return re.search(r"https?://testserver(/tunnus/kutsu/\S+)", letter.body)[1]


@pytest.fixture
def desk(django_capture_on_commit_callbacks: Any) -> Any:
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        made = Desk()
    made.capture = django_capture_on_commit_callbacks
    return made


def invited(desk: Desk, **values: Any) -> str:
    """Sends an invitation in the admin; the address of its link."""
    with desk.capture(execute=True):
        response = desk.send(**values)
    assert response.status_code == 302, problems(response)
    return desk.link()


def test_from_a_letter_to_the_front_page_of_the_admin(desk: Desk) -> None:
    link = invited(desk, municipalities=[desk.place.pk])
    letter = mail.outbox[-1]
    assert letter.to == ["uusi@example.fi"]
    assert "Kaisa Koordinaattori" in letter.body
    assert str(desk.place) in letter.body
    assert letter.alternatives[0][1] == "text/html"
    visitor = Client()
    assert visitor.get(link).status_code == 200
    assert not User.objects.filter(email="uusi@example.fi").exists(), "opening uses nothing up"
    response = visitor.post(link, NEW, follow=True)
    assert response.redirect_chain[-1][0] == reverse("admin:index")
    assert "Tervetuloa, Aino Esimerkki" in response.content.decode()
    user = User.objects.get(email="uusi@example.fi")
    assert list(user.municipalities.all()) == [desk.place]
    assert user.is_staff
    assert not user.is_superuser
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    invitation = Invitation.objects.get()
    assert invitation.accepted_by == user
    assert Client().get(link).status_code == 404
    assert Client().post(link, NEW).status_code == 404


def test_only_a_hash_of_the_link_is_stored(desk: Desk) -> None:
    token = invited(desk, municipalities=[desk.place.pk]).split("/")[-2]
    values = [str(value) for value in Invitation.objects.values()[0].values()]
    assert not [value for value in values if token in value or token.split(":")[0] in value]
    assert Invitation.objects.get().token_hash == invitations.hashed(token)
    forged = token.split(":")[0] + ":" + "A" * 43
    assert Client().get(reverse("invitation", args=[forged])).status_code == 404


@pytest.mark.parametrize("ended", ["expired", "revoked", "newer sent", "reach lost", "sender gone"])
def test_a_link_ends(desk: Desk, ended: str) -> None:
    link = invited(desk, municipalities=[desk.place.pk])
    invitation = Invitation.objects.get()
    moment = timezone.now()
    match ended:
        case "expired":
            moment += timedelta(days=14, minutes=1)
        case "revoked":
            url = reverse("admin:climateportal_invitation_revoke", args=[invitation.pk])
            assert desk.client.get(url).status_code == 200
            desk.client.post(url)
        case "newer sent":
            url = reverse("admin:climateportal_invitation_again", args=[invitation.pk])
            with desk.capture(execute=True):
                desk.client.post(url)
            assert Client().get(desk.link()).status_code == 200
        case "reach lost":
            desk.sender.regions.clear()
        case "sender gone":
            desk.sender.delete()
    with time_machine.travel(moment):
        visitor = Client()
        page = visitor.get(link)
        assert page.status_code == 404
        assert "uusi@example.fi" not in page.content.decode()
        assert visitor.post(link, NEW).status_code == 404
    assert not User.objects.filter(email="uusi@example.fi").exists()


def test_an_existing_account_gets_the_reach_after_its_owner_has_logged_in(desk: Desk) -> None:
    known = UserFactory(email="tuttu@example.fi")
    known.municipalities.add(desk.foreign)
    link = invited(desk, email="Tuttu@Example.fi", municipalities=[desk.place.pk])
    stranger = Client()
    assert "kirjaudu" in stranger.get(link).content.decode()
    stranger.post(link, NEW)
    other = Client()
    other.force_login(UserFactory())
    other.post(link)
    assert list(known.municipalities.all()) == [desk.foreign]
    assert known.check_password("salasana")
    own = Client()
    own.force_login(known)
    assert own.get(link).status_code == 200
    assert own.post(link).url == reverse("admin:index")
    assert set(known.municipalities.all()) == {desk.foreign, desk.place}
    assert own.post(link).status_code == 404


def test_sending_tells_nothing_of_accounts(desk: Desk) -> None:
    UserFactory(email="tuttu@example.fi")
    pages = []
    for email in ("tuttu@example.fi", "uusi@example.fi"):
        invited(desk, email=email, municipalities=[desk.place.pk])
        found = Invitation.objects.get(email=email)
        url = reverse("admin:climateportal_invitation_change", args=[found.pk])
        text = desk.client.get(url).content.decode().split('id="content-main"')[1]
        text = re.sub(r"/invitation/\d+/", "", text.replace(email, "X"))
        pages.append(re.sub(r'value="\w{64}"', "", text))
    assert pages[0] == pages[1]
    assert mail.outbox[-1].subject == mail.outbox[-2].subject


def test_nobody_gives_what_they_do_not_have(desk: Desk) -> None:
    refused = {
        "role": {"role": "administrator"},
        "regions": {"role": "region", "regions": [desk.foreign_region.pk]},
        "municipalities": {"municipalities": [desk.place.pk, desk.foreign.pk]},
        "projects": {"role": "contact", "projects": [desk.foreign_project.pk]},
        "seat": {"role": "member", "seat": desk.foreign_seat.pk},
    }
    for field, values in refused.items():
        assert list(problems(desk.send(**values))) == [f"id_{field}"]
    for field in ("regions", "municipalities", "projects", "seat"):
        role = {"regions": "region", "projects": "contact", "seat": "member"}
        values = {"role": role.get(field, "municipality")}
        assert list(problems(desk.send(**values))) == [f"id_{field}"], "nothing chosen"
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_an_own_municipality_outside_the_region_is_not_given_on(desk: Desk) -> None:
    desk.sender.municipalities.add(desk.foreign)
    assert problems(desk.send(municipalities=[desk.foreign.pk]))


def test_every_role_gives_what_it_says(desk: Desk) -> None:
    expected: dict[str, tuple[dict[str, Any], str]] = {
        "region": ({"regions": [desk.region.pk]}, "regions"),
        "contact": ({"projects": [desk.project.pk]}, "projects"),
        "viewer": ({"regions": [desk.region.pk]}, "viewed_regions"),
    }
    for role, (areas, relation) in expected.items():
        link = invited(desk, email=f"{role}@example.fi", role=role, **areas)
        Client().post(link, NEW)
        user = User.objects.get(email=f"{role}@example.fi")
        (keys,) = areas.values()
        assert list(getattr(user, relation).values_list("pk", flat=True)) == keys, role
        others = {"regions", "municipalities", "projects", "viewed_regions"} - {relation}
        assert not any(getattr(user, name).exists() for name in others), role
        assert user.is_staff, role


def test_a_member_reads_and_does_not_enter_the_admin(desk: Desk) -> None:
    link = invited(desk, role="member", seat=desk.seat.pk)
    visitor = Client()
    response = visitor.post(link, NEW, follow=True)
    assert response.redirect_chain[-1][0] == reverse("own_reading")
    page = response.content.decode()
    assert str(desk.seat.group) in page
    assert desk.project.title_fi in page
    assert visitor.get(desk.project.get_absolute_url()).status_code == 200
    assert visitor.get(desk.foreign_project.get_absolute_url()).status_code == 200
    assert visitor.get(reverse("admin:index")).status_code == 302
    user = User.objects.get(email="uusi@example.fi")
    assert (user.is_staff, user.seats.get()) == (False, desk.seat)
    assert problems(desk.send(email="muu@example.fi", role="member", seat=desk.seat.pk))


def test_an_administrator_invites_another_who_then_has_everything() -> None:
    boss = UserFactory(superuser=True)
    invitation, token = invitations.invite(by=boss, email="A@example.fi", role="administrator")
    user = invitations.accept(token=token, password=PASSWORD, first_name="A", last_name="B")
    assert user.is_superuser
    assert user.is_staff
    invitation.refresh_from_db()
    assert invitation.accepted_at
    assert invitations.accept(token=token, user=user) is None


@pytest.mark.parametrize(
    ("password", "field"),
    [("lyhyt", "id_password"), ("uusi@example.fi", "id_password"), ("password1234", "id_password")],
)
def test_a_weak_password_is_refused_and_the_link_still_works(
    desk: Desk, password: str, field: str
) -> None:
    link = invited(desk, municipalities=[desk.place.pk])
    visitor = Client()
    page = visitor.post(link, NEW | {"password": password})
    assert page.status_code == 200
    assert f'href="#{field}"' in page.content.decode()
    assert visitor.post(link, NEW).status_code == 302


def test_the_letter_speaks_the_language_of_the_invited(desk: Desk) -> None:
    for language, word in (("fi", "kutsu"), ("sv", "inbjud"), ("en", "invit")):
        link = invited(
            desk, email=f"{language}@example.fi", language=language, municipalities=[desk.place.pk]
        )
        assert word in mail.outbox[-1].subject.lower()
        page = Client().get(link).content.decode()
        assert f'<html lang="{language}"' in page


def test_letters_are_throttled(desk: Desk) -> None:
    for _ in range(5):
        invited(desk, municipalities=[desk.place.pk])
    response = desk.send(municipalities=[desk.place.pk])
    assert response.status_code == 200
    assert len(mail.outbox) == 5
    assert Invitation.objects.count() == 5


def test_trying_links_is_throttled(desk: Desk) -> None:
    link = invited(desk, municipalities=[desk.place.pk])
    answers = [Client().post(link, {"password": "x"}).status_code for _ in range(22)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_a_municipal_coordinator_invites_nobody(desk: Desk) -> None:
    user = UserFactory()
    user.municipalities.add(desk.place)
    client = Client()
    client.force_login(user)
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"email": "x@example.fi"}).status_code == 403


def test_what_is_granted_is_never_more_than_what_is_edited(desk: Desk) -> None:
    from municipalities.permissions import municipality_in_reach_q
    from projects.permissions import project_in_reach_q

    for model, name, reach in (
        (Municipality, "municipalities", municipality_in_reach_q),
        (Project, "projects", project_in_reach_q),
    ):
        granted = set(model.objects.filter(invitations.grantable_q(desk.sender, name)))
        assert granted <= set(model.objects.filter(reach(desk.sender)))
