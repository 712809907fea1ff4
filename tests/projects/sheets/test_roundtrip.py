"""What was exported and comes back unchanged changes nothing: all kinds, both formats, any text."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from climateportal.models import User
from climateportal.richtext import sanitise
from climateportal.sheetfiles import csvtext, workbooks
from climateportal.sheetfiles.reading import read
from climateportal.sheetfiles.tables import clean
from projects.enums import CostSharing, Precision, TaskState
from projects.models import Expense, Goal, Participation, Project, Task
from projects.sheets.books import Books
from projects.sheets.drafts import Fate
from projects.sheets.exports import export
from projects.sheets.kinds import KINDS, kind_of
from tests.factories import (
    ContactFactory,
    ExpenseFactory,
    GoalFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
    WorkPackageFactory,
)
from tests.projects.sheets.files import changes, checked, fates, faults

pytestmark = pytest.mark.django_db
HOSTILE = (
    "=SUMMA(A1)", "+358 40", "-5", "@nimi", "'=x", "''-", '"lainattu"; puoli,pilkku', "tab\ttab",
    "rivi\nvaihto", "rivi\r\nvaihto", " välejä ", "\tsarkain", "😀 emoji", "_x000D_", "049",
    "(tyhjennä)", "1.5.2021", "<b>lihava</b>", "&amp; <", "a\x0bb", "1 000,50", "\u00a0", "x" * 140,
    "(ei muutu)", "(esimerkki)", "<p>", "kyllä", "'", '"',
)  # fmt: skip


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


def joint() -> Project:
    """A project that uses every sort of column."""
    places = [MunicipalityFactory(name_fi="Akaa"), MunicipalityFactory(name_fi="Yksi; Kaksi")]
    project = ProjectFactory(
        afterlife_fi="<p>a<br>b</p><p>c</p>", municipalities=places, is_adaptation=True,
        start_date=date(2021, 5, 1), end_date=date(2022, 12, 31), date_precision=Precision.YEAR,
        budget=Decimal("100000.50"), money_as_of=date(2024, 1, 1),
        implements_url="https://example.fi/=1",
    )  # fmt: skip
    Project.objects.filter(pk=project.pk).update(cost_sharing=CostSharing.PERCENT)
    project.participations.filter(municipality=places[0]).update(cost_share_percent="66.67")
    project.participations.filter(municipality=places[1]).update(cost_share_percent="33.33")
    ProjectFactory(is_ongoing=True, draft=True, maintainer=OrganisationFactory(name_fi="Kylät"))
    for values in (
        {"due_date": date(2030, 2, 28), "due_precision": Precision.MONTH},
        {"completed_at": date(2022, 11, 30), "completed_precision": Precision.MONTH,
         "state": TaskState.DONE, "municipality": places[1]},
    ):  # fmt: skip
        TaskFactory(project=project, **values)
    GoalFactory(project=project, unit_fi="MWh", base_value=Decimal("1.234"),
                target_value=Decimal(-1000), base_date=date(2020, 1, 1))  # fmt: skip
    GoalFactory(project=None, municipality=places[0])
    GoalFactory(project=None, region=RegionFactory())
    ContactFactory(email="", organisation=None, valid_until=date(2030, 1, 1))
    ExpenseFactory(project=project, municipality=places[0], amount=Decimal("1000.05"))
    return project


def with_text(project: Project, text: str) -> None:
    """A row of each kind with the text in every place that takes one, names of others included."""
    body = OrganisationFactory(name_fi=text[:160])
    contact = ContactFactory(name=text[:120], title_fi=text[:120], title_sv=text[:120],
                             organisation=body, phone=text[:30])  # fmt: skip
    html, place = f"<p>{text}</p>", MunicipalityFactory(name_fi=text[:60])
    Project.objects.bulk_create([Project(
        title_fi=text[:140], title_sv=text[:140], summary_en=text[:300], description_fi=html,
        description_sv=f"{html}<ul><li>yksi</li></ul>", internal_notes=text, maintainer=body,
        slug=f"teksti-{body.pk}",
    )])  # fmt: skip
    made = Project.objects.get(slug=f"teksti-{body.pk}")
    made.themes.add(ThemeFactory(name_fi=text[:60]))
    made.regions.add(RegionFactory(name_fi=text[:100]), RegionFactory(name_fi=text[:100]))
    Participation.objects.create(project=made, municipality=place, note_fi=text[:200],
                                 contact=contact, stage="planning")  # fmt: skip
    part = WorkPackageFactory(project=project, title_fi=text[:160])
    Task.objects.create(project=project, title_fi=text[:200], body_fi=html, work_package=part,
                        cancel_reason_sv=text[:300])  # fmt: skip
    Goal.objects.create(municipality=place, text_fi=text[:300], programme_fi=text[:200])
    Expense.objects.create(project=project, note=text[:200], date=date(2024, 1, 1), amount=5)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_comes_back_unchanged(boss: User, form: str) -> None:
    project = joint()
    for text in HOSTILE:
        with_text(project, text)
    for language in ("fi", "en"):
        for kind in (kind_of(kind.name) for kind in KINDS):
            with override(language):
                data = export(kind, kind.model.objects.all(), boss, form)
            pending = checked(kind.name, data, boss)
            assert faults(pending) == {}, kind.name
            assert changes(pending) == {}, kind.name
            assert set(fates(pending).values()) == {Fate.SAME}, kind.name
            assert len(fates(pending)) == kind.model.objects.count()


def test_a_text_too_long_for_a_cell_of_excel_stays(boss: User) -> None:
    task = TaskFactory(body_fi=f"<p>{'a' * 40_000}</p>")
    pending = checked("task", export(kind_of("task"), Task.objects.all(), boss, "xlsx"), boss)
    assert fates(pending) == {2: Fate.SAME}
    pending = checked("task", export(kind_of("task"), Task.objects.all(), boss, "csv"), boss)
    assert fates(pending) == {2: Fate.SAME}
    assert len(Task.objects.get(pk=task.pk).body_fi) > 40_000


ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@given(st.lists(ANYTHING, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_from_a_file(texts: list[str]) -> None:
    rows = [[f"x{number}", text] for number, text in enumerate(texts)]
    for data in (
        csvtext.write(["a", "b"], rows),
        workbooks.write(["a", "b"], rows, title="Taulukko"),
    ):
        lines = read(data).lines[1:]
        assert [[*line.cells, ""][1] for line in lines] == [clean(text) for text in texts]


@given(st.one_of(ANYTHING, ANYTHING.map(lambda text: f"<p>{text}</p>")))
@settings(max_examples=200, deadline=None)
def test_any_rich_text_counts_as_the_same(text: str) -> None:
    """What is stored has been sanitised; as a cell it reads as itself, or as plain words of it."""
    column, books = kind_of("task").by_name["body_fi"], Books(None)
    html = sanitise(text)
    cell = clean(column.text(html, books))
    if cell and column.read(cell, books) != html:
        assert column.text(html, books) == html, "told as it is, and so compared as it is"
