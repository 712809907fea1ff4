"""The report of a municipality or a region and a period: page, PDF, workbook and text."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from municipalities.models import Municipality, Region
from tests.factories import (
    MeetingFactory,
    MunicipalityFactory,
    SteeringGroupFactory,
)
from tests.projects.test_region_lists import akaa, region

__all__ = ["akaa", "region"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATE = TODAY - timedelta(days=12)


class TestReport:
    """The report of a municipality or a region and a period."""

    @pytest.fixture(params=["/kunnat/akaa/raportti/", "/alueet/kunnat/raportti/"])
    def path(self, request: pytest.FixtureRequest, region: Region) -> str:
        return request.param.replace("/kunnat/raportti", f"/{region.slug}/raportti")

    def test_page_and_files(self, client: Client, path: str) -> None:
        html = client.get(path).content.decode()
        assert "Ilmastotyön raportti: " in html
        assert "Luonnos" not in html
        for kind, start in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("txt", b"Ilmasto")):
            response = client.get(f"{path}raportti.{kind}")
            assert response.status_code == 200
            assert response.content.lstrip(b"\xef\xbb\xbf\n").startswith(start)
        assert client.get(f"{path}raportti.exe").status_code == 404

    def test_in_a_period(self, client: Client, path: str) -> None:
        first, last = TODAY - timedelta(days=30), TODAY
        query = {"alku": first.isoformat(), "loppu": last.isoformat()}
        html = client.get(path, query).content.decode()
        assert f'value="{first.isoformat()}"' in html

    def test_in_another_language(self, client: Client, path: str) -> None:
        html = client.get(path).content.decode()
        there = re.search(r'href="(/sv/[^"?]+)', html)
        assert there
        assert "Rapport om klimatarbetet" in client.get(there[1]).content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            {"alku": "x", "loppu": "y"},
            {"alku": "2026-05-01", "loppu": "2026-04-01"},
            {"alku": "1999-01-01", "loppu": "2026-04-01"},
            {"alku": "2026-01-01", "loppu": "2999-01-01"},
            {"alku": "2026-01-01"},
            {"loppu": "9" * 500},
        ],
    )
    def test_odd_periods_are_told_at_the_form(
        self, client: Client, path: str, query: dict[str, str]
    ) -> None:
        response = client.get(path, query)
        assert response.status_code == 200
        assert "Jaksoa ei voitu käyttää." in response.content.decode()
        assert client.get(f"{path}raportti.pdf", query).status_code == 200

    def test_each_missing_day_is_named(self, client: Client, path: str) -> None:
        text = client.get(path, {"alku": "", "loppu": ""}).content.decode()
        for name, words in (("alku", "ensimmäinen"), ("loppu", "viimeinen")):
            assert f'<span id="id_{name}_error">Anna jakson {words} päivä.</span>' in text

    def test_only_the_pdf_of_the_usual_period_is_kept(self, client: Client, path: str) -> None:
        def kept() -> int:
            with connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM climateportal_documents")
                return cursor.fetchone()[0]

        before = kept()
        invented = {"alku": "2026-01-01", "loppu": str(TODAY)}
        assert client.get(f"{path}raportti.pdf", invented).status_code == 200
        assert kept() == before
        assert client.get(f"{path}raportti.pdf").status_code == 200
        assert kept() == before + 1

    def test_a_network_gets_some_invented_periods_only(
        self, client: Client, path: str, settings: Any
    ) -> None:
        """Page and files alike, before anything is read from history; the usual one is always
        there.
        """
        limits = settings.ACCOUNT_RATE_LIMITS
        settings.ACCOUNT_RATE_LIMITS = {**limits, "invented_report": "2/5m/ip"}
        invented = {"alku": "2026-01-01", "loppu": str(TODAY)}
        kinds = ("", "raportti.txt", "raportti.xlsx", "")
        answers = [client.get(f"{path}{kind}", invented) for kind in kinds]
        assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
        assert "Odota viisi minuuttia" in answers[-1].content.decode()
        elsewhere = client.get(path, invented, REMOTE_ADDR="192.0.2.7")
        assert elsewhere.status_code == client.get(path).status_code == 200

    def test_a_merged_municipality_leads_on(self, client: Client, akaa: Municipality) -> None:
        MunicipalityFactory(slug="toijala", successor=akaa, valid_until=TODAY - timedelta(days=400))
        response = client.get("/kunnat/toijala/raportti/")
        assert (response.status_code, response["Location"]) == (301, "/kunnat/akaa/raportti/")

    def test_a_region_tells_what_changed_since_its_last_meeting(
        self, client: Client, region: Region
    ) -> None:
        """Or of three months, where none was held within a year."""
        path = f"/alueet/{region.slug}/raportti/"
        group = SteeringGroupFactory(region=region)
        for days, begins in ((400, 91), (40, 40)):
            held = TODAY - timedelta(days=days)
            MeetingFactory(
                group=group, date=held, publication="published", published_at=timezone.now()
            )
            first = TODAY - timedelta(days=begins)
            assert f'value="{first.isoformat()}"' in client.get(path).content.decode()
        day = f"{held.day}.{held.month}.{held.year}"
        html = client.get(region.get_absolute_url()).content.decode()
        assert f"Kaikki muutokset kokouksen {day} jälkeen" in re.sub("<[^>]+>", "", html)
