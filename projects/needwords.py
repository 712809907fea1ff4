"""What a project needs, in words: on the admin's front page and in reminders alike."""

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from climateportal.dates import short_date
from projects.enums import Stage
from projects.models import Project
from projects.needs import Need, NeedKind

# where in the project's form it is seen to, and what the link there says
PLACES = {
    NeedKind.NO_CONTACT: "people",
    NeedKind.CONTACT_LEAVES: "people",
    NeedKind.NO_TASK_AHEAD: "tasks",
    NeedKind.STAGE_UNCHANGED: "progress",
}


def language_name(code: str) -> str:
    """The name of a language in the active one: “ruotsi”."""
    return str(get_language_info(code)["name_translated"])


def sentence(need: Need, project: Project) -> str:
    """One need in one sentence, without a full stop."""
    day = short_date(need.day) if need.day else ""
    match need.kind:
        case NeedKind.TASK_OVERDUE:
            words = ngettext(
                "The task “%(task)s” is %(days)s day late (due %(day)s)",
                "The task “%(task)s” is %(days)s days late (due %(day)s)",
                need.days,
            )
            return words % {"task": need.task.title, "days": need.days, "day": day}
        case NeedKind.END_PASSED:
            words = ngettext(
                "The end date %(day)s was %(days)s day ago",
                "The end date %(day)s was %(days)s days ago",
                need.days,
            )
            return words % {"days": need.days, "day": day}
        case NeedKind.NO_CONTACT:
            return _("The page shows no contact")
        case NeedKind.CONTACT_LEAVES:
            return _("The last contact leaves the page %(day)s") % {"day": day}
        case NeedKind.NOT_CONFIRMED:
            return _("Last checked %(day)s: is everything still true?") % {"day": day}
        case NeedKind.DRAFT:
            return _("A draft: residents do not see it yet")
        case NeedKind.NO_TASK_AHEAD:
            return _("No open task: the page does not say what happens next")
        case NeedKind.STAGE_UNCHANGED:
            stage = Stage(project.stage).label
            return _("In the stage “%(stage)s” since %(day)s") % {"stage": stage, "day": day}
        case _missing:
            return _("Texts are missing: %(languages)s") % {
                "languages": ", ".join(map(language_name, need.languages))
            }


def link_words(need: Need) -> str:
    """What the link to the form says; empty where the need has its action beside it."""
    match need.kind:
        case NeedKind.NO_CONTACT:
            return _("Add a contact")
        case NeedKind.CONTACT_LEAVES:
            return _("See the contacts")
        case NeedKind.DRAFT:
            return _("Look through and publish")
        case NeedKind.NO_TASK_AHEAD:
            return _("Add a task")
        case NeedKind.STAGE_UNCHANGED:
            return _("Change the stage")
        case NeedKind.NOT_TRANSLATED:
            return _("Translate")
    return ""
