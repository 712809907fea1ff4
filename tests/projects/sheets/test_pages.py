"""The pages of import and export: who opens them, what a file goes through, what comes out."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from climateportal.models import User
from projects.models import PendingImport, Project, Task
from projects.sheets import imports
from projects.sheets.kinds import KINDS
from tests.factories import (
    ExpenseFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.sheets.files import csv, workbook

pytestmark = pytest.mark.django_db
INDEX = "/admin/sheets/"
GOOD = csv("Hanke;Tehtävä;Tila", "yhteinen;Remontti;Käynnissä")


@pytest.fixture
def project() -> Project:
    return ProjectFactory(
        slug="yhteinen", title_fi="Yhteinen", municipalities=[MunicipalityFactory(name_fi="Akaa")]
    )


@pytest.fixture
def user(project: Project) -> User:
    user = UserFactory()
    user.municipalities.add(project.municipalities.get())
    return user


@pytest.fixture
def editor(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def bring(client: Client, data: bytes, kind: str = "task", name: str = "a.csv") -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return client.post(INDEX, {"kind": kind, "file": file, "_read": "1"})


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\xa0", " ")


def test_a_file_is_brought_seen_and_stored(editor: Client, user: User) -> None:
    page = bring(editor, GOOD).url
    html = text_of(editor.get(page))
    assert "<title>Mikä muuttuisi | a.csv" in html
    assert "Uusia: 1" in html
    assert "Remontti" in html
    assert not Task.objects.exists(), "nothing is written before it is accepted"
    done = editor.post(page, {"_confirm": "1"})
    assert done.url == INDEX
    assert "Tehtävät: 1 rivi lisättiin, 0 muutettiin." in text_of(editor.get(done.url))
    assert Task.history.get().history_user == user
    assert editor.post(page, {"_confirm": "1"}).url == INDEX, "only once"
    assert Task.objects.count() == 1


def test_errors_are_a_table_of_rows_and_columns(editor: Client) -> None:
    data = workbook(
        [["Hanke", "Tehtävä", "Tila", "Määräpäivä"], ["yhteinen", "A", "Ehkä", "31.2.2026"],
         ["yhteinen", "B", "Tehty", None]]
    )  # fmt: skip
    page = bring(editor, data, name="a.xlsx").url
    html = text_of(editor.get(page))
    assert "<title>Virhe: " in html
    assert "2 riviä pitää korjata" in html
    rows = [
        '<th scope="row" data-label="Rivi">2</th><td data-label="Sarake">Tila</td>',
        '<th scope="row" data-label="Rivi">2</th><td data-label="Sarake">Määräpäivä</td>',
        '<th scope="row" data-label="Rivi">3</th><td data-label="Sarake">Tehty</td>',
    ]
    for row in rows:
        assert row in html
    assert "_confirm" not in html
    editor.post(page, {"_confirm": "1"})
    assert not Task.objects.exists()


def test_before_and_after_are_shown(editor: Client, project: Project) -> None:
    task = TaskFactory(project=project, title_fi="Vanha & <b>", title_sv="Gammal")
    data = csv("Numero;Tehtävä (suomi);Tehtävä (ruotsi)", f"{task.pk};Uusi;(tyhjennä)")
    html = text_of(editor.get(bring(editor, data).url))
    removed = '<del><span class="visually-hidden">[poistettu: </span>Vanha &amp; &lt;b&gt;<span'
    assert removed in html
    assert "[lisätty: </span>Uusi<span" in html
    assert "[lisätty: </span>tyhjä<span" in html


def test_unknown_headings_are_asked_about(editor: Client) -> None:
    page = bring(editor, csv("Hanke;Tehtvä;Väri", "yhteinen;Remontti;punainen")).url
    html = text_of(editor.get(page))
    assert "Tarkoititko: Tehtävä (suomi)?" in html
    missing = editor.post(page, {"_headings": "1", "1": "title_fi", "2": ""})
    assert [problem.about for problem in missing.context["problems"]] == ["Väri"]
    twice = editor.post(page, {"_headings": "1", "1": "title_fi", "2": "title_fi"})
    assert [problem.about for problem in twice.context["problems"]] == ["Väri"]
    assert editor.post(page, {"_headings": "1", "1": "title_fi", "2": "-"}).url == page
    assert "Uusia: 1" in text_of(editor.get(page))


def test_progress_without_scripts(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"yhteinen;Tehtävä {number}" for number in range(5)]
    page = bring(editor, csv("Hanke;Tehtävä", *lines)).url
    clock = iter(range(1000))
    monkeypatch.setattr(imports.time, "monotonic", lambda: next(clock))
    response = editor.get(page)
    assert response["Refresh"] == "0"
    assert "2 / 5 riviä on tarkistettu" in text_of(response)
    assert '<progress max="100" value="40"' in text_of(response)
    while "Refresh" in (response := editor.get(page)):
        pass
    assert "Uusia: 5" in text_of(response)


def test_many_rows_are_shown_a_page_at_a_time(editor: Client, project: Project) -> None:
    TaskFactory(project=project, title_fi="Vanha")
    lines = [f"yhteinen;Uusi {number};" for number in range(150)]
    same = f";;{Task.objects.get().pk}"
    page = bring(editor, csv("Hanke;Tehtävä;Numero", *lines, same)).url
    while "Refresh" in (response := editor.get(page)):
        pass
    html = text_of(response)
    assert "Sivu 1 / 2" in html
    assert "Uusi 99" in html
    assert "Uusi 100" not in html
    assert "Uusi 149" in text_of(editor.get(f"{page}?show=create&page=2"))
    assert "Vanha" in text_of(editor.get(f"{page}?show=same"))
    for odd in ("?page=abc", "?page=99999", "?show=odd", "?show=error&page=-1"):
        assert editor.get(page + odd).status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"not a workbook;\x00", "ei ole taulukko"),
        ("a.csv", b"", ""),
        ("a.csv", csv("Sukka;Kenkä", "1;2"), "Mikään otsikko ei ole tuttu"),
        ("a.exe", b"MZ\x90\x00\x03", "ei ole taulukko"),
    ],
)
def test_a_bad_file_is_refused_at_its_field(
    editor: Client, name: str, data: bytes, words: str
) -> None:
    response = bring(editor, data, name=name)
    assert words in text_of(response)
    assert [problem.target for problem in response.context["problems"]] == ["id_file"]
    assert not PendingImport.objects.exists()


def test_a_file_too_large_is_not_read(editor: Client) -> None:
    response = bring(editor, b"a;b\n" * (5 * 1024 * 1024 // 4 + 1))
    assert "Jaa se osiin" in text_of(response)


def test_cancelling_puts_the_file_away(editor: Client) -> None:
    page = bring(editor, GOOD).url
    assert "a.csv" in text_of(editor.get(INDEX))
    assert editor.post(page, {"_cancel": "1"}).url == INDEX
    assert not PendingImport.objects.exists()
    assert editor.get(page).url == INDEX


def test_another_editor_never_sees_the_file(editor: Client) -> None:
    page = bring(editor, GOOD).url
    other = Client()
    other.force_login(UserFactory(superuser=True))
    assert other.get(page).url == INDEX
    assert other.post(page, {"_confirm": "1"}).url == INDEX
    assert not Task.objects.exists()
    assert "a.csv" not in text_of(other.get(INDEX))


def addresses() -> list[str]:
    pages = [INDEX, "/admin/sheets/import/00000000-0000-4000-8000-000000000000/"]
    for kind in KINDS:
        for form in ("xlsx", "csv"):
            pages += [f"/admin/sheets/{kind.name}/{page}.{form}" for page in ("template", "export")]
    return pages


def test_only_for_those_who_edit(editor: Client) -> None:
    outsiders: dict[str, Any] = {
        "anonymous": None, "no reach": UserFactory(), "not staff": UserFactory(is_staff=False),
        "inactive": UserFactory(superuser=True, is_active=False),
    }  # fmt: skip
    for name, user in outsiders.items():
        client = Client()
        if user:
            client.force_login(user)
        for page in addresses():
            assert client.get(page).status_code == (403 if name == "no reach" else 302), page
            if name == "no reach":
                assert client.post(page).status_code == 403
    for page in addresses():
        assert editor.get(page).status_code == (302 if "import" in page else 200), page
    for odd in ("task/export.pdf", "odd/export.csv", "task/template.odd", "task/odd.csv"):
        assert editor.get(f"/admin/sheets/{odd}").status_code == 404


def exported(response: HttpResponse) -> list[list[Any]]:
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_an_export_has_the_editor_s_own_rows(editor: Client, project: Project) -> None:
    foreign = ProjectFactory(municipalities=[MunicipalityFactory()])
    own = TaskFactory(project=project)
    TaskFactory(project=foreign)
    response = editor.get("/admin/sheets/task/export.xlsx")
    assert [row[0] for row in exported(response)] == ["Numero", own.pk]
    assert response["Content-Disposition"].startswith('attachment; filename="tehtavat-')
    assert "no-store" in response["Cache-Control"]
    assert [row[0] for row in exported(editor.get("/admin/sheets/project/export.xlsx"))] == [
        "Numero", project.pk,
    ]  # fmt: skip


def test_an_export_follows_the_filters_of_the_list(editor: Client, project: Project) -> None:
    other = ProjectFactory(municipalities=[project.municipalities.get()], stage="idea")
    task, _other = TaskFactory(project=other), TaskFactory(project=project)
    spent = ExpenseFactory(project=other, state="paid")
    ExpenseFactory(project=project)
    listing = reverse("admin:projects_project_changelist")
    html = text_of(editor.get(f"{listing}?stage__exact=idea"))
    assert "/admin/sheets/?_list=project&amp;stage__exact=idea" in html
    query = "?_list=project&stage__exact=idea"
    assert f"task/export.xlsx{query.replace('&', '&amp;')}" in text_of(editor.get(INDEX + query))
    for kind, row in (("project", other), ("task", task), ("expense", spent)):
        rows = exported(editor.get(f"/admin/sheets/{kind}/export.xlsx{query}"))
        assert [row[0] for row in rows[1:]] == [row.pk], kind
    rows = exported(editor.get("/admin/sheets/expense/export.xlsx?_list=expense&state__exact=paid"))
    assert [row[0] for row in rows[1:]] == [spent.pk]
    for odd in ("_list=odd", "_list=task", "_list=contact"):
        assert editor.get(f"/admin/sheets/task/export.csv?{odd}").status_code == 404
    for odd in ("stage__exact=odd", "odd=1", "p=x", "q=%00", "password__startswith=a"):
        response = editor.get(f"/admin/sheets/task/export.csv?_list=project&{odd}")
        assert response.status_code in (200, 400, 404), odd


def test_the_number_of_queries_is_the_same_for_few_and_many_rows(
    editor: Client, project: Project, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(rows: int) -> int:
        place = project.municipalities.get()
        for _number in range(rows):
            TaskFactory(project=ProjectFactory(municipalities=[place]), municipality=place)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            editor.get("/admin/sheets/task/export.xlsx")
            editor.get("/admin/sheets/project/export.csv")
        return len(queries)

    assert cost(1) == cost(3)
