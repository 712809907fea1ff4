"""What the table of municipalities promises of halted projects, and the pages of search engines."""

from datetime import timedelta

import pytest
from django.test import Client

from projects.documents.blocks import Table
from projects.enums import Activity, Stage
from projects.models import PackLink
from projects.packs import build_report, link_address
from tests.factories import UserFactory
from tests.projects.packs.case import FIRST, SECOND, TODAY, Case, noon, saved, table

pytestmark = pytest.mark.django_db
LONG_AGO = FIRST - timedelta(days=40)


def test_halted_projects_stand_apart_from_the_stages(case: Case) -> None:
    """In each row and in the total, as text and as the numbers of a workbook."""
    for title, activity, stage in (
        ("a", Activity.PAUSED, Stage.IMPLEMENTATION), ("b", Activity.CANCELLED, Stage.PLANNING),
        ("c", Activity.CANCELLED, Stage.IDEA),
    ):  # fmt: skip
        project = case.new(title, LONG_AGO)
        project.activity, project.activity_reason_fi, project.stage = activity, "Syy", stage
        saved(project, LONG_AGO)
    alone = project.participations.get(municipality=case.places[1])
    alone._history_date = noon(LONG_AGO)
    alone.delete()  # the last is Akaa's alone
    report = build_report(case.region, FIRST, SECOND, "fi")
    for document in (case.pack(), report):
        found = next(
            block
            for block in document.blocks
            if isinstance(block, Table) and block.caption.startswith("Kunnat")
        )
        assert found.columns[8].title == "Tauolla, keskeytetty"
        expected = {"Akaa": [0, 0, 1, 0, 0, 3], "Urjala": [0, 0, 1, 0, 0, 2]}
        expected["Yhteensä, kukin hanke kerran"] = [0, 0, 1, 0, 0, 3]
        texts = {row[0]: row[3:9] for row in table(document, "Kunnat")}
        assert texts == {name: list(map(str, row)) for name, row in expected.items()}
        assert [list(row[3:9]) for row in found.values] == list(expected.values())


class TestSearchEngines:
    """Any period can be asked of a report, and a draft is for the group: neither is to be found."""

    @pytest.mark.parametrize("kind", ["", "raportti.pdf", "raportti.xlsx", "raportti.txt"])
    @pytest.mark.parametrize("query", ["", "?alku=2026-01-01&loppu=2026-02-01", "?alku=x&loppu=y"])
    def test_reports_are_not_indexed(
        self, client: Client, case: Case, kind: str, query: str
    ) -> None:
        for start in (f"/kunnat/{case.places[0].slug}", f"/alueet/{case.region.slug}"):
            response = client.get(f"{start}/raportti/{kind}{query}")
            assert response.status_code == 200
            assert response["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("kind", ["", "kokousaineisto.pdf", "kokousaineisto.xlsx"])
    def test_drafts_are_neither_indexed_nor_kept(
        self, client: Client, case: Case, kind: str
    ) -> None:
        link = PackLink.objects.create(
            meeting=case.second,
            created_at=noon(SECOND),
            expires_at=noon(TODAY + timedelta(days=5)),
        )
        path, query = link_address(link).split("?")
        reader = Client()
        reader.force_login(UserFactory(superuser=True))
        answers = {
            200: reader.get(f"{path}{kind}"),  # by right
            404: client.get(f"{path}{kind}"),
            403: client.get(f"{path}{kind}?avain=x"),
        }
        by_link = client.get(f"{path}{kind}?{query}")
        assert by_link.status_code == 200
        for status, response in (*answers.items(), (200, by_link)):
            assert response.status_code == status
            assert response["X-Robots-Tag"] == "noindex"
            assert response["Cache-Control"] == "private, no-store"
