"""What a project's state looks like: words first, one current step, in every language."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from municipalities.enums import PlanStatus
from municipalities.models import Municipality, Organisation
from projects.enums import Activity, Precision, ScheduleStatus, Stage, TaskState
from projects.models import Contact, Participation, Project, ProjectOrganisation, Task
from projects.schedule import Fact, FactKind
from projects.templatetags import projects as tags

TODAY = date(2023, 3, 15)
SINCE = date(2023, 2, 1)


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def steps(html: str) -> list[str]:
    return re.findall(r"<li class=.*?</li>", html, re.DOTALL)


# --- stage bar -----------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("activity", Activity)
@pytest.mark.parametrize("stage", Stage)
def test_exactly_one_step_is_current(stage: Stage, activity: Activity, language: str) -> None:
    project = Project(stage=stage, activity=activity, activity_since=SINCE)
    with translation.override(language):
        html = render("{% stage_bar project %}", project=project)
        names = [str(label) for label in Stage.labels]
    assert html.count('aria-current="step"') == 1
    items = steps(html)
    assert len(items) == 5
    assert 'aria-current="step"' in items[stage.number - 1]
    for item, name in zip(items, names, strict=True):
        assert name in words(item)


@pytest.mark.parametrize("stage", list(Stage)[:4])
def test_steps_before_are_done_and_steps_after_are_to_come(stage: Stage) -> None:
    with translation.override("en"):
        items = steps(render("{% stage_bar project %}", project=Project(stage=stage)))
    states = [re.match(r'<li class="(\w+)', item).group(1) for item in items]
    current = stage.number - 1
    assert states == ["done"] * current + ["now"] + ["next"] * (4 - current)
    assert all(", done" in words(item).replace(" ,", ",") for item in items[:current])
    begun = stage in (Stage.PLANNING, Stage.IMPLEMENTATION)
    assert ("In progress now" if begun else "Now at this stage") in words(items[current])
    assert all(", upcoming" in words(item).replace(" ,", ",") for item in items[current + 1 :])


@pytest.mark.parametrize(
    ("activity", "word"), [(Activity.PAUSED, "upcoming"), (Activity.CANCELLED, "not reached")]
)
def test_a_cancelled_project_has_no_stages_to_come(activity: Activity, word: str) -> None:
    project = Project(stage=Stage.PLANNING, activity=activity)
    with translation.override("en"):
        items = steps(render("{% stage_bar project %}", project=project))
    assert [words(item).rpartition(", ")[2] for item in items[3:]] == [word, word]


def test_completed_project_has_walked_every_board() -> None:
    project = Project(stage=Stage.COMPLETED, completed_on=date(2022, 11, 30))
    with translation.override("en"):
        html = render("{% stage_bar project %}", project=project)
    assert html.count('class="done"') == 5
    assert "Completed on 30 November 2022" in words(html)
    assert "In progress now" not in html


@pytest.mark.parametrize(
    ("activity", "since", "note"),
    [
        (Activity.PAUSED, SINCE, "On hold since 1 February 2023"),
        (Activity.CANCELLED, SINCE, "Cancelled on 1 February 2023"),
        (Activity.PAUSED, None, "On hold"),
        (Activity.CANCELLED, None, "Cancelled"),
    ],
)
@pytest.mark.parametrize("stage", [Stage.PLANNING, Stage.COMPLETED])
def test_a_halted_project_says_so_instead_of_going_on(
    stage: Stage, activity: Activity, since: date | None, note: str
) -> None:
    project = Project(stage=stage, activity=activity, activity_since=since)
    with translation.override("en"):
        html = render("{% stage_bar project %}", project=project)
    current = steps(html)[stage.number - 1]
    assert 'class="now halt"' in current
    assert words(current).endswith(note)
    assert "In progress now" not in html
    assert "Stage 3/5" not in html, "rule 1: being on hold replaces the sentence"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fi", "Vaihe 4/5: Toteutus"), ("sv", "Skede 4/5: Genomförande")],
)
def test_the_stage_is_a_sentence(language: str, sentence: str) -> None:
    with translation.override(language):
        assert tags.stage_sentence(Stage.IMPLEMENTATION) == sentence
        assert sentence in render(
            "{% stage_bar project %}", project=Project(stage=Stage.IMPLEMENTATION)
        )


@pytest.mark.parametrize("stage", Stage)
def test_mini_bar_is_a_picture_followed_by_words(stage: Stage) -> None:
    with translation.override("fi"):
        html = render("{% mini_bar stage %}", stage=stage)
        assert f'class="mini s{stage.number}" aria-hidden="true"' in html
        assert words(html) == f"Vaihe {stage.number}/5: {stage.label}"


def test_mini_bar_of_a_halted_project_names_the_halt_first() -> None:
    with translation.override("en"):
        html = render("{% mini_bar stage activity %}", stage="planning", activity="paused")
    assert words(html) == "On hold Stage 3/5: Planning"
    assert "mini s3 halt" in html


@pytest.mark.parametrize(("language", "quoted"), [("fi", "”Kartoitus”"), ("en", "“Kartoitus”")])
def test_names_of_tasks_stand_in_the_quotes_of_the_language(language: str, quoted: str) -> None:
    fact = Fact(FactKind.TASK_OVERDUE, days=2, on=SINCE, tasks=("Kartoitus",))
    with translation.override(language):
        assert quoted in tags.fact_sentence(fact)


# --- tags ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("status", ScheduleStatus)
def test_schedule_tag_has_its_word_and_a_shape(status: ScheduleStatus, language: str) -> None:
    with translation.override(language):
        html = render("{% schedule_tag status %}", status=status.value)
        assert words(html) == str(status.label)
    assert "<svg" in html


def test_schedule_statuses_can_be_told_apart_without_colour() -> None:
    icons = {status: tags.SCHEDULE_LOOK[status][1] for status in ScheduleStatus}
    assert icons[ScheduleStatus.LATE] == "late"
    assert icons[ScheduleStatus.LATE] not in (
        icons[ScheduleStatus.ON_TIME],
        icons[ScheduleStatus.AT_RISK],
    )


@pytest.mark.parametrize("status", PlanStatus)
def test_plan_tag(status: PlanStatus) -> None:
    with translation.override("en"):
        assert words(render("{% plan_tag status %}", status=status)) == str(status.label)


def test_unreported_plan_says_so() -> None:
    with translation.override("en"):
        assert words(render('{% plan_tag "" %}')) == "not reported"


@pytest.mark.parametrize("activity", [Activity.PAUSED, Activity.CANCELLED])
def test_activity_tag(activity: Activity) -> None:
    with translation.override("fi"):
        assert words(render("{% activity_tag activity %}", activity=activity)) == activity.label


@pytest.mark.parametrize(
    ("task", "shown"),
    [
        (Task(due_date=TODAY - timedelta(days=14)), "Late by 14 days"),
        (Task(due_date=TODAY - timedelta(days=1), state=TaskState.IN_PROGRESS), "Late by 1 day"),
        (Task(due_date=TODAY), "Not started"),
        (Task(due_date=TODAY, state=TaskState.IN_PROGRESS), "In progress"),
        (Task(due_date=date(2020, 1, 1), state=TaskState.CANCELLED), "Cancelled"),
        (Task(state=TaskState.DONE, completed_at=date(2022, 11, 30)), "Done 30 Nov 2022"),
        (
            Task(
                state=TaskState.DONE,
                completed_at=date(2022, 11, 1),
                completed_precision=Precision.MONTH,
            ),
            "Done Nov 2022",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_task_tag(task: Task, shown: str) -> None:
    with translation.override("en"):
        html = render("{% task_tag task on %}", task=task, on=TODAY)
    assert words(html) == shown
    assert ('class="tag late"' in html) == shown.startswith("Late")


# --- reasons -------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("days", [1, 14])
@pytest.mark.parametrize("kind", FactKind)
def test_every_fact_is_a_finished_sentence(kind: FactKind, days: int, language: str) -> None:
    fact = Fact(kind, days=days, on=TODAY, tasks=("A", "B"), status=ScheduleStatus.LATE)
    with translation.override(language):
        sentence = tags.fact_sentence(fact)
    assert sentence.endswith(".")
    assert "%" not in sentence
    assert "None" not in sentence


def test_a_task_name_in_a_reason_is_escaped() -> None:
    fact = Fact(FactKind.TASK_OVERDUE, days=2, on=TODAY, tasks=("<b>x</b>",))
    html = render("{% fact_sentence fact %}", fact=fact)
    assert "<b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


# --- whose and when ------------------------------------------------------------------------------
def listed_project(municipalities: list[str], responsible: tuple[str, ...] = ()) -> SimpleNamespace:
    rows = [Participation(municipality=Municipality(name_fi=name)) for name in municipalities]
    roles = [ProjectOrganisation(organisation=Organisation(name_fi=n)) for n in responsible]
    return SimpleNamespace(
        participations=SimpleNamespace(all=lambda: rows), responsible_roles=roles
    )


def test_places_names_up_to_six_municipalities() -> None:
    six = ["Akaa", "Pälkäne", "Urjala", "Valkeakoski", "Hattula", "Lempäälä"]
    with translation.override("fi"):
        shown = tags.places(listed_project(six))
        assert shown == "Akaa, Pälkäne, Urjala, Valkeakoski, Hattula ja Lempäälä"
        assert tags.places(listed_project([*six, "Hämeenlinna"])) == "7 kuntaa"


def test_places_without_municipalities_names_who_answers_for_the_project() -> None:
    assert tags.places(listed_project([], ("Keski-Suomen liitto",))) == "Keski-Suomen liitto"
    assert tags.places(listed_project([])) == ""


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (
            {"start_date": date(2021, 5, 1), "end_date": date(2022, 9, 30)},
            "1 May 2021 – 30 Sep 2022",
        ),
        (
            {
                "start_date": date(2021, 1, 1),
                "end_date": date(2025, 12, 31),
                "date_precision": Precision.YEAR,
            },
            "2021 – 2025",
        ),
        (
            {
                "start_date": date(2021, 1, 1),
                "end_date": date(2021, 12, 31),
                "date_precision": Precision.YEAR,
            },
            "2021",
        ),
        ({"start_date": date(2021, 5, 1), "is_ongoing": True}, "Ongoing since 1 May 2021"),
        ({"is_ongoing": True}, "Ongoing"),
        ({"start_date": date(2021, 5, 1)}, "From 1 May 2021 on"),
        ({"end_date": date(2022, 9, 30)}, "Until 30 Sep 2022"),
        ({}, ""),
    ],
)
def test_period(fields: dict, shown: str) -> None:
    with translation.override("en"):
        assert words(tags.period(Project(**fields))) == shown


@pytest.mark.parametrize(
    ("kind", "municipality", "language", "shown"),
    [
        ("person", None, "en", "Oulu"),
        ("role", None, "fi", "Oulu"),
        ("role", None, "en", '<span lang="fi">Oulu</span>'),
        ("role", Municipality(languages="fi-sv"), "sv", '<span lang="fi">Oulu</span>'),
        ("role", Municipality(languages="sv-fi"), "en", '<span lang="sv">Oulu</span>'),
        ("role", Municipality(languages="sv"), "sv", "Oulu"),
    ],
)
def test_the_name_of_a_mailbox_says_its_language(
    kind: str, municipality: Municipality | None, language: str, shown: str
) -> None:
    employer = Organisation(municipality=municipality) if municipality else None
    with translation.override(language):
        assert tags.contact_name(Contact(kind=kind, name="Oulu", organisation=employer)) == shown


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("role", "Climate coordinator", "Climate coordinator, Ylä-Savo"),
        ("role", "", "Ylä-Savo"),
        ("person", "Climate coordinator", "Ylä-Savo Climate coordinator"),
    ],
)
def test_a_mailbox_goes_by_its_title(kind: str, title: str, expected: str) -> None:
    contact = Contact(kind=kind, name="Ylä-Savo", title_en=title)
    with translation.override("en"):
        html = render('{% include "includes/person.html" %}', contact=contact)
    assert words(html.partition("<strong>")[2]) == expected
