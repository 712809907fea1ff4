"""Every component in every state, for those who build and check the site's look."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from climateportal.views.sampledocument import sample
from municipalities.enums import PlanStatus
from municipalities.models import Municipality, Organisation
from projects.enums import Activity, ContactKind, Precision, ScheduleStatus, Stage, TaskState
from projects.models import Contact, Goal, Participation, Project, ProjectContact, Task
from projects.progress import Reading, Track, progress_of
from projects.schedule import Fact, FactKind
from projects.summaries.goals import GoalRow, GoalSeries

MUNICIPALITIES = ("Akaa", "Pälkäne", "Urjala", "Valkeakoski")
ICONS = (
    *("ok", "now", "next", "late", "half", "stop", "x"),
    *("arrow", "search", "doc", "link", "mail", "calendar", "download"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Hankkeen nimi")
    end = forms.DateField(label="Päättymispäivä", help_text="Esimerkiksi 30.9.2022")
    stage = forms.ChoiceField(label="Vaihe", choices=Stage)
    municipalities = forms.MultipleChoiceField(
        label="Mukana olevat kunnat",
        choices=[(name, name) for name in MUNICIPALITIES],
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(label="Kuvaus", widget=forms.Textarea(attrs={"rows": 4}))
    agree = forms.BooleanField(label="Tiedot on tarkistettu", required=False)


def _project(number: int, *, municipalities: int = 4, **fields: Any) -> Project:
    """An unsaved project as `for_list()` would have fetched it."""
    listed = {
        "schedule_status": fields.pop("schedule_status", ScheduleStatus.ON_TIME),
        "dates_say": fields.pop("dates_say", ""),
        "tasks_done": fields.pop("tasks_done", 3),
        "tasks_total": fields.pop("tasks_total", 5),
        "tasks_cancelled": 1,
        "responsible_roles": [],
    }
    fields.setdefault("title_fi", "Kirjastojen lämmitys maalämmöllä 2030 -hanke")
    fields.setdefault("summary_fi", "Neljän kunnan kirjastot siirtyvät öljystä maalämpöön.")
    project = Project(pk=number, slug=f"esimerkki-{number}", **fields)
    names = [*MUNICIPALITIES, *(f"Kunta {n}" for n in range(5, 40))][:municipalities]
    project._prefetched_objects_cache = {
        "participations": [
            Participation(project=project, municipality=Municipality(name_fi=name, slug="akaa"))
            for name in names
        ]
    }
    for name, value in listed.items():
        setattr(project, name, value)
    return project


def _stage_bars() -> list[Project]:
    since = date(2023, 2, 1)
    active = [_project(stage.number, stage=stage) for stage in Stage]
    active[-1].completed_on = date(2022, 11, 30)
    halted = [
        _project(6, stage=Stage.PLANNING, activity=Activity.PAUSED, activity_since=since),
        _project(7, stage=Stage.IMPLEMENTATION, activity=Activity.CANCELLED, activity_since=since),
        _project(8, stage=Stage.IDEA, activity=Activity.PAUSED),
    ]
    return active + halted


def _tasks(today: date) -> list[Task]:
    done = {"state": TaskState.DONE, "title_fi": "Katselmus tehty"}
    return [
        Task(title_fi="Myöhässä", due_date=today - timedelta(days=14)),
        Task(title_fi="Päivän myöhässä", due_date=today - timedelta(days=1)),
        Task(title_fi="Kesken", state=TaskState.IN_PROGRESS),
        Task(title_fi="Aloittamatta", state=TaskState.NOT_STARTED),
        Task(completed_at=date(2022, 11, 30), **done),
        Task(completed_at=date(2022, 11, 1), completed_precision=Precision.MONTH, **done),
        Task(completed_at=date(2022, 1, 1), completed_precision=Precision.YEAR, **done),
        Task(title_fi="Peruttu", state=TaskState.CANCELLED),
    ]


def _facts() -> list[Fact]:
    day = date(2023, 1, 31)
    return [
        Fact(kind, days=14, on=day, tasks=("Lähtötiedot", "Koulutus"), status=ScheduleStatus.LATE)
        for kind in FactKind
    ]


def _people() -> list[ProjectContact]:
    organisation = Organisation(name_fi="Pälkäneen kunta")
    role = Contact(
        kind=ContactKind.ROLE,
        name="Ilmastotyö",
        organisation=organisation,
        email="ilmasto@example.fi",
    )
    person = Contact(
        name="Maija Mallikas",
        title_fi="Ympäristötarkastaja",
        organisation=organisation,
        email="maija.mallikas@example.fi",
        phone="040 000 0000",
    )
    return [
        ProjectContact(contact=role, is_primary=True, role_fi="Hankkeen koordinointi"),
        ProjectContact(contact=person),
        ProjectContact(contact=Contact(name="Matti Möttönen-Pitkäsukuniminen")),
    ]


def _goals(today: date) -> list[GoalRow]:
    """A goal in each state that its figures can tell, one that is stated otherwise, one of many."""
    track = Track(
        Decimal(64), today - timedelta(days=400), Decimal(32), today + timedelta(days=300)
    )
    level = replace(track, target=track.base)
    unknown = replace(track, base=None)

    def row(text: str, *series: tuple[str, Track, tuple[str, ...]], state: str = "open") -> GoalRow:
        goal = Goal(text_fi=text, state=state, unit_fi="g oppilasta kohden päivässä")
        found = []
        for name, its_track, values in series:
            readings = [
                Reading(today - timedelta(days=300 - 90 * number), Decimal(value))
                for number, value in enumerate(values)
            ]
            place = Municipality(name_fi=name) if name else None
            found.append(GoalSeries(place, progress_of(its_track, readings, today)))
        clash = tuple(found) if state != "open" else ()
        return GoalRow(goal, tuple(found), clash, is_reached=False)

    return [
        row("Hävikki puolittuu", ("", track, ("60", "51.5", "40"))),
        row("Etääntynyt tavoitteesta", ("", track, ("60", "66", "70"))),
        row("Ylittänyt tavoitteen", ("", track, ("50", "20"))),
        row("Pysyy ennallaan", ("", level, ("64", "64"))),
        row("Lähtöarvo puuttuu", ("", unknown, ("60", "51"))),
        row("Ei vielä mitattu", ("", track, ())),
        row("Ilmoitettu saavutetuksi", ("", track, ("60", "51")), state="met"),
        row(
            "Monta kuntaa",
            *((name, track, ("60", value)) for name, value in
              zip(MUNICIPALITIES, ("31", "70", "50", "60"), strict=True)),
        ),
        GoalRow(Goal(text_fi="Ei lukua", state="not_met"), (), (), is_reached=False),
    ]  # fmt: skip


def _projects() -> list[Project]:
    start, end = date(2021, 5, 1), date(2022, 9, 30)
    return [
        _project(
            1,
            stage=Stage.IMPLEMENTATION,
            start_date=start,
            end_date=end,
            dates_say=ScheduleStatus.LATE,
        ),
        _project(
            2,
            stage=Stage.PLANNING,
            start_date=start,
            end_date=end,
            date_precision=Precision.YEAR,
            schedule_status=ScheduleStatus.LATE,
            municipalities=15,
        ),
        _project(
            3,
            stage=Stage.DECIDED,
            activity=Activity.PAUSED,
            start_date=start,
            is_ongoing=True,
            municipalities=1,
            summary_fi="",
            tasks_total=0,
        ),
    ]


def components(request: HttpRequest) -> HttpResponse:
    """The gallery; asks outsiders to log in and refuses those who are not staff."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.user.is_staff:
        raise PermissionDenied
    form = SampleForm({"name": "", "end": "31.2.2021", "stage": Stage.PLANNING, "text": "Teksti"})
    form.is_valid()
    context = {
        "stage_bars": _stage_bars(),
        "schedule_statuses": list(ScheduleStatus),
        "activities": [Activity.PAUSED, Activity.CANCELLED],
        "tasks": _tasks(timezone.localdate()),
        "plan_statuses": [*PlanStatus, ""],
        "facts": _facts(),
        "people": _people(),
        "goals": _goals(timezone.localdate()),
        "projects": _projects(),
        "stages": list(Stage),
        "form": form,
        "page_obj": Paginator(range(200), 10).page(7),
        "icons": ICONS,
        "sample_document": sample(),
    }
    return render(request, "climateportal/gallery.html", context)
