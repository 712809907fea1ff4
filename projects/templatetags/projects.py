"""Template tags that show a project's state: in words first, then in shape, colour last."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from climateportal import dates
from climateportal.dates import long_date, machine_date
from climateportal.templatetags.ui import day, day_range, listed, mail_address, marked, number
from municipalities.enums import PlanStatus
from projects.enums import UNDER_WAY, Activity, ScheduleStatus, Stage, TaskState
from projects.schedule import Fact, FactKind

register = template.Library()

# status → (colour class, icon); the word comes from the enum
SCHEDULE_LOOK = {
    ScheduleStatus.ON_TIME: ("ok", "ok"),
    ScheduleStatus.AT_RISK: ("warn", "half"),
    ScheduleStatus.LATE: ("late", "late"),
    ScheduleStatus.COMPLETED_ON_TIME: ("ok", "ok"),
    ScheduleStatus.COMPLETED_LATE: ("warn", "half"),
    ScheduleStatus.UNKNOWN: ("", "next"),
}
ACTIVITY_LOOK = {Activity.PAUSED: ("", "stop"), Activity.CANCELLED: ("", "x")}
TASK_LOOK = {
    TaskState.NOT_STARTED: ("", "next"),
    TaskState.IN_PROGRESS: ("", "half"),
    TaskState.DONE: ("ok", "ok"),
    TaskState.CANCELLED: ("", "x"),
}
PLAN_LOOK = {
    PlanStatus.NONE: ("", "next"),
    PlanStatus.IN_PREPARATION: ("", "half"),
    PlanStatus.IN_FORCE: ("ok", "ok"),
    PlanStatus.BEING_UPDATED: ("warn", "half"),
}


MOST_NAMES = 6  # more municipalities than this are counted in a list, not named


def stage_sentence(stage: str, activity: str = Activity.ACTIVE) -> str:
    """“Stage 4/5: Implementation”, or what replaces it: “On hold”, “Cancelled” (rule 1)."""
    if activity != Activity.ACTIVE:
        return str(Activity(activity).label)
    stage = Stage(stage)
    return _("Stage %(number)s/5: %(stage)s") % {"number": stage.number, "stage": stage.label}


def _stage_note(project: Any) -> str:
    """What stands under the current stage: in progress now, when completed, since when halted."""
    values = {"date": long_date(project.activity_since) if project.activity_since else ""}
    match project.activity:
        case Activity.PAUSED if values["date"]:
            return _("On hold since %(date)s") % values
        case Activity.CANCELLED if values["date"]:
            return _("Cancelled on %(date)s") % values
        case Activity.PAUSED | Activity.CANCELLED:
            return str(Activity(project.activity).label)
    if project.stage in UNDER_WAY:
        return _("In progress now")
    if project.stage != Stage.COMPLETED:
        return _("Now at this stage")
    if project.completed_on:
        return _("Completed on %(date)s") % {"date": long_date(project.completed_on)}
    return ""


@register.simple_tag
def stages_ahead(activity: str) -> str:
    """What is said of the stages after the current one. A cancelled project never reaches them."""
    if activity == Activity.CANCELLED:
        return pgettext("stage", "not reached")
    return pgettext("stage", "upcoming")


@register.inclusion_tag("components/stage_bar.html")
def stage_bar(project: Any) -> dict[str, Any]:
    """The five stages of a project as an ordered list with exactly one current step."""
    current = Stage(project.stage)
    halted = project.activity != Activity.ACTIVE
    icons = {"done": "ok", "now": "now", "next": "next"}
    if halted:
        icons["now"] = ACTIVITY_LOOK[Activity(project.activity)][1]
    steps = []
    for stage in Stage:
        is_current = stage == current
        done = stage.number < current.number or (is_current and stage == Stage.COMPLETED)
        state = "done" if done and not (is_current and halted) else "now" if is_current else "next"
        steps.append(
            {"label": stage.label, "state": state, "is_current": is_current, "icon": icons[state]}
        )
    return {
        "steps": steps,
        "halted": halted,
        "activity": project.activity,
        "note": _stage_note(project),
        "sentence": stage_sentence(project.stage, project.activity),
    }


@register.inclusion_tag("components/mini_bar.html")
def mini_bar(stage: str, activity: str = Activity.ACTIVE) -> dict[str, Any]:
    """A small picture of the stage, always followed by the words “Stage 4/5: Implementation”."""
    halted = activity != Activity.ACTIVE
    return {
        "stage": Stage(stage),
        "sentence": stage_sentence(stage),
        "halted": Activity(activity).label if halted else "",
    }


@register.simple_tag
def places(project: Any) -> str:
    """Whose project it is, for a list: the municipalities, their number, or who answers for it.

    Reads what `ProjectQuerySet.for_list()` fetched.
    """
    names = [row.municipality.name for row in project.participations.all()]
    if len(names) > MOST_NAMES:
        text = ngettext("%(count)s municipality", "%(count)s municipalities", len(names))
        return text % {"count": len(names)}
    return listed(names or [row.organisation.name for row in project.responsible_roles])


@register.simple_tag
def contact_name(contact: Any) -> SafeString:
    """What a contact is called, each part marked with its language where it is not the page's."""
    return format_html_join(", ", "{}", ((marked(text),) for text in contact.called))


@register.simple_tag
def contact_link(contact: Any) -> SafeString:
    """What a contact is called, as a link to its e-mail address where it has one."""
    name = contact_name(contact)
    if not contact.email:
        return name
    return format_html('<a href="{}">{}</a>', mail_address(contact.email), name)


@register.simple_tag
def period(project: Any) -> SafeString:
    """From when to when: 1.5.2021–30.9.2022, 2021–2025, from 2021 on; nothing without dates."""
    precision = project.date_precision
    if project.start_date and project.end_date:
        return day_range(project.start_date, project.end_date, precision)
    start, end = day(project.start_date, precision), day(project.end_date, precision)
    if start and project.is_ongoing:
        return format_html(_("Ongoing since {}"), start)
    if project.is_ongoing:
        return format_html("{}", _("Ongoing"))
    if start:
        return format_html(_("From {} on"), start)
    return format_html(_("Until {}"), end) if end else SafeString()


@register.simple_tag
def occasion(event: Any) -> SafeString:
    """When an event is: “2.11.2026 klo 13.00–15.00”."""
    starts = timezone.localtime(event.starts_at)
    text = dates.occasion(event.starts_at, event.ends_at, event.is_all_day)
    machine = machine_date(starts) if event.is_all_day else starts.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', machine, text)


def _tag(look: tuple[str, str], label: str, **extra: Any) -> dict[str, Any]:
    return {"css": look[0], "icon": look[1], "label": label, **extra}


@register.inclusion_tag("components/tag.html")
def schedule_tag(status: str) -> dict[str, Any]:
    """The badge of a schedule status. Precede it with the word “Schedule” where that is unclear."""
    status = ScheduleStatus(status)
    return _tag(SCHEDULE_LOOK[status], status.label)


@register.inclusion_tag("components/schedule.html")
def schedule_of(project: Any) -> dict[str, Any]:
    """The badge of a project in a list, and beside it what its dates say against it (rule 2).

    Reads what `ProjectQuerySet.with_schedule()` fetched.
    """
    found = schedule_tag(project.schedule_status)
    if not project.dates_say:
        return found
    status = ScheduleStatus(project.dates_say)
    against = _("by its dates: %(status)s") % {"status": str(status.label).lower()}
    return {**found, "against": against, "is_late": status == ScheduleStatus.LATE}


@register.inclusion_tag("components/tag.html")
def activity_tag(activity: str) -> dict[str, Any]:
    """“On hold” or “Cancelled”."""
    activity = Activity(activity)
    return _tag(ACTIVITY_LOOK[activity], activity.label)


@register.inclusion_tag("components/tag.html")
def plan_tag(status: str) -> dict[str, Any]:
    """A climate plan's status; “not reported” when empty (rule 3)."""
    if not status:
        return _tag(("", "next"), _("not reported"))
    status = PlanStatus(status)
    return _tag(PLAN_LOOK[status], status.label)


@register.inclusion_tag("components/tag.html")
def task_tag(task: Any, on: date | None = None) -> dict[str, Any]:
    """A task's state with its date: “Done 30.11.2022”, “Late by 14 days” (rule 7)."""
    on = on or timezone.localdate()
    if task.is_overdue(on):
        days = (on - task.due_date).days
        label = ngettext("Late by %(days)s day", "Late by %(days)s days", days) % {
            "days": number(days)
        }
        return _tag(("late", "late"), label)
    state = TaskState(task.state)
    extra: dict[str, Any] = {}
    if state == TaskState.DONE:
        extra = {"on": task.completed_at, "precision": task.completed_precision}
    return _tag(TASK_LOOK[state], state.label, **extra)


@register.simple_tag
def fact_sentence(fact: Fact) -> str:
    """One fact about a schedule as a sentence of plain language, the same in every channel."""
    values = {
        "days": number(fact.days),
        "date": long_date(fact.on) if fact.on else "",
        "tasks": listed([_("“%(title)s”") % {"title": title} for title in fact.tasks]),
        "count": len(fact.tasks),
        "status": ScheduleStatus(fact.status).label if fact.status else "",
    }
    return _fact_text(fact) % values


def _fact_text(fact: Fact) -> str:
    match fact.kind:
        case FactKind.TASK_OVERDUE:
            return ngettext(
                "The task %(tasks)s was due on %(date)s and is %(days)s day late.",
                "The task %(tasks)s was due on %(date)s and is %(days)s days late.",
                fact.days,
            )
        case FactKind.END_PASSED:
            return ngettext(
                "The end date %(date)s passed %(days)s day ago and the project is not completed.",
                "The end date %(date)s passed %(days)s days ago and the project is not completed.",
                fact.days,
            )
        case FactKind.TASKS_DONE_AFTER_END:
            return ngettext(
                "%(count)s task was finished after the project's end date %(date)s: %(tasks)s.",
                "%(count)s tasks were finished after the project's end date %(date)s: %(tasks)s.",
                len(fact.tasks),
            )
        case FactKind.COMPLETED_AFTER_END:
            return ngettext(
                "Completed on %(date)s, %(days)s day after the planned end.",
                "Completed on %(date)s, %(days)s days after the planned end.",
                fact.days,
            )
        case FactKind.COMPLETED_BEFORE_END:
            return _("Completed on %(date)s, within the planned time.")
        case FactKind.TASKS_LEFT_OPEN:
            return ngettext(
                "%(count)s task was left open: %(tasks)s.",
                "%(count)s tasks were left open: %(tasks)s.",
                len(fact.tasks),
            )
        case FactKind.DATES_SAY:
            return _("By its dates alone the schedule status would be: %(status)s.")
        case FactKind.NEXT_DUE:
            return _("Nothing is late. The next due date is %(date)s.")
        case FactKind.COMPLETION_DAY_MISSING:
            return _("The day of completion has not been reported.")
        case FactKind.END_MISSING:
            return _("No end date was planned, so being on time cannot be judged.")
        case FactKind.NOTHING_DATED:
            return _("The project has no end date and its tasks have no due dates.")
    raise ValueError(f"No sentence for {fact.kind}")


@register.simple_tag
def stage_words(stage: str, activity: str = Activity.ACTIVE) -> str:
    """“Stage 4/5: Implementation”, “On hold”: see `stage_sentence`."""
    return stage_sentence(stage, activity)


@register.simple_tag(takes_context=True)
def sort_link(context: template.Context, order: str, label: str) -> SafeString:
    """A heading that sorts the table below `#kunnat`; plain text when it is sorted by it already.

    `order` in the context is the present order.
    """
    if context["order"] == order:
        return format_html('<b>{}<span class="vh">, {}</span></b>', label, _("sorted by this"))
    query = "" if order == "nimi" else f"?jarjesta={order}"
    path = context["request"].path
    return format_html('<a href="{}{}#kunnat">{}</a>', path, query, label)


@register.simple_tag(takes_context=True)
def sorting(
    context: template.Context, order: str, label: str, rows: int = 1, numeric: bool = False
) -> SafeString:
    """A column heading with a link that sorts by it, and the state of sorting for all senses."""
    descending = order in ("hankkeet", "tehty", "myohassa", "paivitetty")
    state = "descending" if descending else "ascending"
    return format_html(
        '<th scope="col"{}{}{}>{}</th>',
        format_html(' rowspan="{}"', rows) if rows > 1 else "",
        format_html(' class="{}"', "n") if numeric else "",
        format_html(' aria-sort="{}"', state) if context["order"] == order else "",
        sort_link(context, order, label),
    )
