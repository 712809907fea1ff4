"""Meeting packs over HTTP: who reads them, what a link opens, the files, odd addresses."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from climateportal.models import User, remember_slug
from climateportal.publishing import PublicationState
from municipalities.models import Meeting, Region
from projects.models import PackLink
from projects.packs import freeze_pack, link_address, pack_facts
from projects.views import meetings
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
KINDS = ("", "kokousaineisto.pdf", "kokousaineisto.xlsx")


@pytest.fixture
def region() -> Region:
    return RegionFactory(slug="alue", members=[MunicipalityFactory(name_fi="Akaa")])


@pytest.fixture
def draft(region: Region) -> Meeting:
    """An unpublished meeting of yesterday with an item."""
    group = SteeringGroupFactory(region=region)
    meeting = MeetingFactory(group=group, date=TODAY - timedelta(days=1))
    DecisionFactory(meeting=meeting, title_fi="Salainen asia")
    return meeting


@pytest.fixture
def public(draft: Meeting) -> Meeting:
    draft.publication, draft.published_at = PublicationState.PUBLISHED, timezone.now()
    draft.save()
    return draft


def link(meeting: Meeting, days: int = 5) -> PackLink:
    return PackLink.objects.create(
        meeting=meeting,
        created_at=timezone.now() - timedelta(days=30),
        expires_at=timezone.now() + timedelta(days=days),
    )


def reader(kind: str, meeting: Meeting) -> User | None:
    """Somebody of a kind, with or without a right to the pack."""
    group = meeting.group
    match kind:
        case "nobody":
            return None
        case "administrator":
            return UserFactory(superuser=True)
        case "coordinator":
            user = UserFactory()
            user.regions.add(group.region)
            return user
        case "coordinator elsewhere":
            user = UserFactory()
            user.regions.add(RegionFactory())
            return user
        case "member":
            return MembershipFactory(group=group, user=UserFactory(is_staff=False)).user
        case "former member":
            return MembershipFactory(
                group=group, user=UserFactory(is_staff=False, is_active=False)
            ).user
        case "member elsewhere":
            return MembershipFactory(user=UserFactory(is_staff=False)).user
    raise ValueError(kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("nobody", False),
        ("administrator", True),
        ("coordinator", True),
        ("coordinator elsewhere", False),
        ("member", True),
        ("former member", False),
        ("member elsewhere", False),
    ],
)
def test_who_reads_a_draft(
    client: Client, draft: Meeting, kind: str, who: str, reads: bool
) -> None:
    user = reader(who, draft)
    if user:
        client.force_login(user)
    response = client.get(draft.get_absolute_url() + kind)
    assert response.status_code == (200 if reads else 404)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    if not kind:
        assert (b"Salainen asia" in response.content) == reads


def test_a_draft_and_nothing_at_all_answer_alike(client: Client, draft: Meeting) -> None:
    there = client.get(draft.get_absolute_url())
    day = draft.date
    nothing = client.get(draft.get_absolute_url().replace(str(day), "2001-01-01"))
    assert (there.status_code, nothing.status_code) == (404, 404)

    def without_day(html: str, shown: str) -> str:
        return html.replace(shown, "")

    assert without_day(there.content.decode(), str(day)) == without_day(
        nothing.content.decode(), "2001-01-01"
    )
    assert str(day) not in client.get("/alueet/alue/kokoukset/").content.decode()


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("nobody", False),
        ("administrator", True),
        ("coordinator", True),
        ("member", True),
        ("member elsewhere", False),
    ],
)
def test_a_day_without_a_meeting_leads_on_and_tells_who_may_know(
    client: Client, draft: Meeting, who: str, told: bool
) -> None:
    user = reader(who, draft)
    if user:
        client.force_login(user)
    html = client.get("/en/regions/alue/meetings/2001-01-01/").content.decode()
    main = html[html.index("<main") :]
    assert ("There is no meeting on this day" in main) == told
    assert ("next=" in main) == (who == "nobody")
    assert 'href="/en/regions/alue/meetings/"' in main
    assert 'href="/en/regions/alue/"' in main


class TestLink:
    """A signed link that expires and can be revoked."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_opens_the_pack_and_its_files(self, client: Client, draft: Meeting, kind: str) -> None:
        path, query = link_address(link(draft)).split("?")
        response = client.get(f"{path}{kind}?{query}")
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        if not kind:
            html = response.content.decode()
            assert f"kokousaineisto.pdf?{query.replace(':', '%3A')}" in html
            assert "Ei julkaistu." in html

    def test_expired(self, client: Client, draft: Meeting) -> None:
        response = client.get(link_address(link(draft, days=-1)))
        assert response.status_code == 403
        assert "Linkki on vanhentunut" in response.content.decode()

    def test_revoked(self, client: Client, draft: Meeting) -> None:
        made = link(draft)
        made.revoked_at = timezone.now()
        made.save()
        response = client.get(link_address(made))
        assert response.status_code == 403
        assert "Linkki on peruttu" in response.content.decode()

    @pytest.mark.parametrize("change", ["x", "1:x", "", "☃", "1" * 3000])
    def test_altered(self, client: Client, draft: Meeting, change: str) -> None:
        link(draft)
        response = client.get(draft.get_absolute_url(), {"avain": change})
        assert response.status_code in (403, 404)
        assert "Salainen" not in response.content.decode()

    def test_one_meetings_link_opens_no_other(self, client: Client, draft: Meeting) -> None:
        other = MeetingFactory(group=draft.group, date=TODAY - timedelta(days=8))
        key = link_address(link(other)).split("?")[1]
        assert client.get(f"{draft.get_absolute_url()}?{key}").status_code == 403

    def test_the_key_of_a_deleted_link(self, client: Client, draft: Meeting) -> None:
        made = link(draft)
        address = link_address(made)
        made.delete()
        assert client.get(address).status_code == 403


class TestPublic:
    """A published pack."""

    def test_page_in_every_language(self, client: Client, public: Meeting) -> None:
        day = public.date.isoformat()
        for path, words in (
            (f"/alueet/alue/kokoukset/{day}/", "Kokousaineisto"),
            (f"/sv/regioner/alue/moten/{day}/", "Mötesmaterial"),
            (f"/en/regions/alue/meetings/{day}/", "Meeting pack"),
        ):
            response = client.get(path)
            html = response.content.decode()
            assert response.status_code == 200
            assert words in html
            assert html.count("<h1") == 1
            assert "X-Robots-Tag" not in response.headers

    def test_the_list_has_it(self, client: Client, public: Meeting) -> None:
        assert public.get_absolute_url() in client.get("/alueet/alue/kokoukset/").content.decode()
        assert public.get_absolute_url() in client.get("/alueet/alue/").content.decode()

    def test_pdf_and_workbook(self, client: Client, public: Meeting) -> None:
        pdf = client.get(public.get_absolute_url() + "kokousaineisto.pdf")
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF-")
        xlsx = client.get(public.get_absolute_url() + "kokousaineisto.xlsx")
        assert xlsx.content.startswith(b"PK")

    def test_frozen_it_shows_what_the_group_saw(self, client: Client, public: Meeting) -> None:
        project = ProjectFactory(title_fi="Vanha nimi", regions=[public.group.region])
        TaskFactory(project=project, due_date=TODAY - timedelta(days=3))
        freeze_pack(meeting=public, by=None)
        project.title_fi = "Uusi nimi"
        project.save()
        html = client.get(public.get_absolute_url()).content.decode()
        assert "Vanha nimi" in html
        assert "Uusi nimi" not in html
        assert "Tallennettu kokousta varten" in html

    def test_the_address_of_a_renamed_region_leads_on(
        self, client: Client, public: Meeting, region: Region
    ) -> None:
        region.slug = "uusi"
        region.save()
        remember_slug(region, "alue")
        day = public.date.isoformat()
        for end in ("", f"{day}/", f"{day}/kokousaineisto.pdf"):
            response = client.get(f"/alueet/alue/kokoukset/{end}")
            assert (response.status_code, response["Location"]) == (
                301,
                f"/alueet/uusi/kokoukset/{end}",
            )

    @pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-01-01", "9999-99-99", "x"])
    def test_days_that_are_none(self, client: Client, public: Meeting, day: str) -> None:
        assert client.get(f"/alueet/alue/kokoukset/{day}/").status_code == 404


@pytest.mark.usefixtures("remembering")
@pytest.mark.django_db(transaction=True)
def test_a_pack_is_read_once_for_its_page_and_files_until_something_changes(
    public: Meeting, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    monkeypatch.setattr(
        meetings, "pack_facts", lambda meeting: read.append(1) or pack_facts(meeting)
    )
    for kind in KINDS:
        assert client.get(f"{public.get_absolute_url()}{kind}").status_code == 200
    assert len(read) == 1
    DecisionFactory(meeting=public, title_fi="Uusi asia")
    assert "Uusi asia" in client.get(public.get_absolute_url()).content.decode()
    assert len(read) == 2


class TestAnnounced:
    """Anybody may know when and where a coming meeting is, where the coordinator lets them."""

    @pytest.fixture
    def coming(self, draft: Meeting) -> Meeting:
        draft.date, draft.time = TODAY + timedelta(days=9), time(9)
        draft.place_fi, draft.agenda_fi = "Kunnantalo", "<p>Salainen lista</p>"
        draft.save()
        return draft

    @pytest.mark.parametrize("path", ["/alueet/alue/", "/alueet/alue/kokoukset/"])
    def test_day_and_place_and_nothing_else(
        self, client: Client, coming: Meeting, path: str
    ) -> None:
        html = client.get(path).content.decode().replace("\u00a0", " ")
        day = f"{coming.date.day}.{coming.date.month}.{coming.date.year}"
        assert f"{day} klo 9.00" in html
        assert "Kunnantalo" in html
        assert "Salainen" not in html
        assert f"next={coming.get_absolute_url()}" in html

    @pytest.mark.parametrize("path", ["/alueet/alue/", "/alueet/alue/kokoukset/"])
    def test_not_when_it_is_kept_back_or_past(
        self, client: Client, coming: Meeting, path: str
    ) -> None:
        Meeting.objects.update(is_announced=False)
        assert "Kunnantalo" not in client.get(path).content.decode()
        Meeting.objects.update(is_announced=True, date=TODAY - timedelta(days=1))
        assert "Kunnantalo" not in client.get(path).content.decode()

    def test_a_published_pack_is_linked_and_listed_once(
        self, client: Client, public: Meeting
    ) -> None:
        Meeting.objects.update(date=TODAY, is_announced=False)
        public.refresh_from_db()
        html = client.get("/alueet/alue/kokoukset/").content.decode()
        assert html.count(f'href="{public.get_absolute_url()}"') == 1
        assert "Tulevat kokoukset" in html
        summary = client.get("/alueet/alue/").content.decode()
        assert summary.count(f'href="{public.get_absolute_url()}"') == 2, "in the band and below"

    def test_it_has_its_place_among_what_is_ahead(self, client: Client, coming: Meeting) -> None:
        for days in (5, 20):
            project = ProjectFactory(regions=[coming.group.region])
            TaskFactory(project=project, title_fi=f"T{days}", due_date=TODAY + timedelta(days=days))
        html = client.get("/alueet/alue/").content.decode()
        ahead = html[html.index('id="tulossa"') :]
        assert ahead.index("T5") < ahead.index("Kokous, Kunnantalo") < ahead.index("T20")

    def test_who_may_read_the_pack_is_led_to_it(self, client: Client, coming: Meeting) -> None:
        Meeting.objects.update(is_announced=False)
        client.force_login(UserFactory(superuser=True))
        html = client.get("/alueet/alue/kokoukset/").content.decode()
        assert html.count(f'href="{coming.get_absolute_url()}"') == 1
        assert "next=" not in html[html.index("<main") :]


def test_nothing_tells_whether_there_is_a_draft(client: Client, draft: Meeting) -> None:
    """A draft and no meeting at all answer alike, to the last header."""
    Meeting.objects.update(is_announced=False)
    there = client.get(draft.get_absolute_url())
    day = draft.date - timedelta(days=1)
    nothing = client.get(f"/alueet/alue/kokoukset/{day.isoformat()}/")
    assert there.status_code == nothing.status_code == 404
    assert sorted(there.headers.items()) == sorted(nothing.headers.items())
