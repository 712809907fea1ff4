"""What an action says in the portal's words: stage, schedule, texts. Pure, nothing is guessed."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from climateportal.richtext import plain, sanitise
from projects.enums import Activity, Precision, ScheduleStatus, Stage, TaskState
from projects.kausal.shapes import Action, News, PlanTask
from projects.schedule import period_end

# identifiers that Kausal Watch itself gives; an action of an adopted plan has been decided
PHASES = {
    "idea": Stage.IDEA,
    "not_started": Stage.DECIDED,
    "decided": Stage.DECIDED,
    "planning": Stage.PLANNING,
    "implementation": Stage.IMPLEMENTATION,
    "in_progress": Stage.IMPLEMENTATION,
    "completed": Stage.COMPLETED,
}
ACTIVITIES = {"cancelled": Activity.CANCELLED, "postponed": Activity.PAUSED}
STATUSES = {
    "on_time": ScheduleStatus.ON_TIME,
    "late": ScheduleStatus.LATE,
    "severely_late": ScheduleStatus.LATE,
}
NO_PHASE = "-"
NO_REASON = {
    "fi": "Lähteessä ei kerrota syytä.",
    "sv": "Källan anger ingen orsak.",
    "en": "The source gives no reason.",
}


def shortened(words: str, longest: int) -> str:
    """The words as they are, or cut after a whole word with an ellipsis to fit."""
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def stage_of(action: Action, given: Mapping[str, Stage]) -> Stage | None:
    """The stage, or None when the phase has no counterpart: then it has to be given.

    `given` maps phases as the plan calls them (identifier or name, in lower case, `NO_PHASE` for
    an action without one) to stages, and comes before what is known.
    """
    if action.phase is None:
        if NO_PHASE in given:
            return given[NO_PHASE]
        known = PHASES.get(action.status.identifier.lower()) if action.status else None
        return Stage.COMPLETED if action.is_completed else known
    for word in (action.phase.name.lower(), action.phase.identifier.lower()):
        if word in given:
            return given[word]
    return PHASES.get(action.phase.identifier.lower())


def project_values(action: Action, stage: Stage, language: str) -> dict[str, Any]:
    """Columns of a project. Only the texts of `language` are among them."""
    name, lead = plain(action.name), plain(action.lead)
    title, summary = shortened(name, 140), shortened(lead, 300)
    parts = [
        f"<p>{escape(name)}</p>" if title != name else "",
        action.lead if summary != lead else "",
        action.description,
        _quoted(action.official_name, name),
    ]
    status = action.status.identifier.lower() if action.status else ""
    reason = shortened(plain(action.status_reason), 300)
    activity = ACTIVITIES.get(status, Activity.ACTIVE)
    stated = STATUSES.get(status) if reason and activity == Activity.ACTIVE else None
    return {
        f"title_{language}": title,
        f"summary_{language}": summary,
        f"description_{language}": sanitise("".join(parts)),
        "stage": stage,
        "activity": activity,
        f"activity_reason_{language}": (
            "" if activity == Activity.ACTIVE else reason or NO_REASON[language]
        ),
        "stated_status": stated or "",
        f"stated_reason_{language}": reason if stated else "",
        "start_date": action.start,
        "end_date": _end(None if action.is_ongoing else action.end, action.precision),
        "is_ongoing": action.is_ongoing,
        "date_precision": action.precision,
    }


def _quoted(official: str, name: str) -> str:
    """The wording of the decision, where it is another than the name."""
    words = plain(official)
    return f"<blockquote><p>{escape(words)}</p></blockquote>" if words not in ("", name) else ""


def _end(day: date | None, precision: Precision) -> date | None:
    """As it is stored: the last day of what is known."""
    return period_end(day, precision) if day else None


def task_values(task: PlanTask, language: str) -> dict[str, Any]:
    """Columns of a task, but for its order."""
    name = plain(task.title)
    title = shortened(name, 200)
    full = f"<p>{escape(name)}</p>" if title != name else ""
    done = task.state == TaskState.DONE
    return {
        f"title_{language}": title,
        f"body_{language}": sanitise(full + task.body),
        "state": task.state,
        "due_date": _end(task.due, task.precision),
        "due_precision": task.precision if task.due else Precision.DAY,
        "completed_at": task.completed if done else None,
    }


def news_values(news: News, language: str) -> dict[str, Any]:
    """Columns of a piece of news."""
    name = plain(news.title)
    title = shortened(name, 160)
    full = f"<p>{escape(name)}</p>" if title != name else ""
    return {
        f"title_{language}": title,
        f"body_{language}": sanitise(full + news.body),
        "date": news.day,
    }
