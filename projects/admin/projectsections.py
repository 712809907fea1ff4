"""What stands where on the form of a project."""

from django.utils.translation import gettext_lazy as _

from climateportal.admin.languages import fields
from climateportal.admin.sections import Section
from projects.admin.contact import ProjectContactInline
from projects.admin.goal import GoalInline
from projects.admin.material import EventInline, MaterialInline, UpdateInline
from projects.admin.money import ExpenseInline, FundingInline
from projects.admin.participation import OrganisationInline, ParticipationInline
from projects.admin.task import TaskInline, WorkPackageInline

SECTIONS = (
    Section(
        "basics",
        _("Basics"),
        fieldsets=(
            (None, {"fields": fields("title+", "summary+", "description+", "themes")}),
            (
                _("Visibility and address"),
                {
                    "fields": ["publication", "published_at", "slug"],
                    "description": _(
                        "A published project cannot be deleted, because others link to it: cancel "
                        "it, or make it a draft first."
                    ),
                },
            ),
            (
                _("Picture"),
                {"fields": fields("image", "image_focus", "image_alt+"), "classes": ["collapse"]},
            ),
            (
                _("Effect and programme"),
                {
                    "fields": fields(
                        "is_mitigation", "is_adaptation", "implements+", "implements_url", "related"
                    ),
                    "classes": ["collapse"],
                },
            ),
        ),
    ),
    Section(
        "progress",
        _("Progress"),
        fieldsets=(
            (
                None,
                {
                    "fields": [
                        "stage",
                        "completed_on",
                        ("start_date", "end_date"),
                        "is_ongoing",
                        "date_precision",
                    ]
                },
            ),
            (
                _("On hold or cancelled"),
                {"fields": fields("activity", "activity_reason+", "activity_since")},
            ),
            (
                _("Schedule status stated by you"),
                {"fields": fields("stated_status", "stated_reason+")},
            ),
        ),
    ),
    Section(
        "people",
        _("Municipalities and people"),
        fieldsets=(
            (None, {"fields": ["more_municipalities", "all_of_region", "regions"]}),
            (_("Sharing of the costs"), {"fields": ["cost_sharing"]}),
        ),
        inlines=(ParticipationInline, OrganisationInline, ProjectContactInline),
    ),
    Section("goals", _("Goals"), inlines=(GoalInline,)),
    Section("tasks", _("Tasks"), inlines=(TaskInline, WorkPackageInline)),
    Section(
        "money",
        _("Money"),
        fieldsets=(
            (
                None,
                {
                    "fields": [
                        ("budget", "money_as_of"),
                        *fields("money_source+"),
                        "cost_visibility",
                    ],
                    "description": _(
                        "How the municipalities share the costs is told under Municipalities and "
                        "people."
                    ),
                },
            ),
        ),
        inlines=(FundingInline, ExpenseInline),
    ),
    Section(
        "materials",
        _("Materials, news and events"),
        inlines=(MaterialInline, UpdateInline, EventInline),
    ),
    Section(
        "afterlife",
        _("After the project"),
        fieldsets=(
            (None, {"fields": fields("maintainer", "afterlife+", "next_review_on", "archived_on")}),
        ),
    ),
    Section(
        "notes",
        _("Internal notes"),
        fieldsets=((None, {"fields": ["internal_notes"]}),),
    ),
)
