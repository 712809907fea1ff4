"""The project: what is done, how far it is, whose it is."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.publishing import Publishable
from climateportal.richtext import RichTextField
from climateportal.translated import translated
from climateportal.uploads import image_path, validate_image
from projects.enums import (
    FOCUS_OF_WIDE,
    Activity,
    CostSharing,
    CostVisibility,
    Focus,
    Precision,
    ScheduleStatus,
    Stage,
)
from projects.models.project_queryset import ProjectQuerySet
from projects.models.theme import Theme
from projects.schedule import period_end


class Project(Publishable):
    """A climate project of one or more municipalities. One slug serves all languages."""

    title = translated(
        models.CharField(
            _("title"),
            max_length=140,
            help_text=_("What residents see in lists and search engines. Say what is done, not "
                        "the name of the funding."),
        )
    )  # fmt: skip
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_("The last part of the page's address, the same in every language. When you "
                    "change it, the old one keeps working and leads to the new one."),
    )  # fmt: skip
    summary = translated(
        models.CharField(
            _("lead"),
            max_length=300,
            blank=True,
            help_text=_("One or two sentences under the title, in lists and in search results. "
                        "Without it, residents see only the title there."),
        )
    )  # fmt: skip
    description = translated(RichTextField(_("description"), blank=True))
    image = models.ImageField(
        _("picture"),
        upload_to=image_path,
        blank=True,
        validators=[validate_image],
        help_text=_("Shown above the description. JPEG, PNG or WebP, at most 10 MB; the place "
                    "where a photo was taken is removed from the file."),
    )  # fmt: skip
    image_alt = translated(
        models.CharField(
            _("what the picture shows"),
            max_length=200,
            blank=True,
            help_text=_("Read aloud to those who do not see the picture."),
        )
    )

    image_focus = models.CharField(
        _("what must stay in the picture"),
        max_length=6,
        choices=[(focus.value, focus.label) for focus in FOCUS_OF_WIDE],
        default=Focus.CENTRE,
        help_text=_("A tall picture is cut to the height of a screen, and more on paper: this part "
                    "of it is always seen."),
    )  # fmt: skip

    stage = models.CharField(
        _("stage"),
        max_length=16,
        choices=Stage,
        default=Stage.IDEA,
        help_text=_("Changing the stage writes a dated line to the public history of the page."),
    )
    activity = models.CharField(
        _("goes on"),
        max_length=10,
        choices=Activity,
        default=Activity.ACTIVE,
        help_text=_(
            "A project on hold or cancelled says so instead of its stage, with the reason."
        ),
    )
    activity_reason = translated(
        models.CharField(_("why on hold or cancelled"), max_length=300, blank=True)
    )
    activity_since = models.DateField(_("on hold or cancelled since"), null=True, blank=True)
    start_date = models.DateField(_("starts"), null=True, blank=True)
    end_date = models.DateField(
        _("ends"),
        null=True,
        blank=True,
        help_text=_("After this day the page says that the project is late, unless it is "
                    "completed. Leave empty when the project is ongoing."),
    )  # fmt: skip
    date_precision = models.CharField(
        _("dates are known to the"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("“Year” shows 2021–2025; the project is then late only after the year ends."),
    )
    is_ongoing = models.BooleanField(
        _("ongoing, no end date"),
        default=False,
        help_text=_("The page shows “Ongoing” as the end of the period."),
    )
    completed_on = models.DateField(
        _("completed on"),
        null=True,
        blank=True,
        help_text=_("Compared with the end date: the page says whether the project was completed "
                    "on time."),
    )  # fmt: skip
    stated_status = models.CharField(
        _("stated schedule status"),
        max_length=18,
        choices=[
            choice for choice in ScheduleStatus.choices if choice[0] != ScheduleStatus.UNKNOWN
        ],
        blank=True,
        help_text=_("Empty: follows from the dates. When you state a status it is shown with your "
                    "reason, and dates that contradict it are told beside it."),
    )  # fmt: skip
    stated_reason = translated(
        models.CharField(_("reason for the stated status"), max_length=300, blank=True)
    )

    regions = models.ManyToManyField(
        "municipalities.Region",
        verbose_name=_("regions"),
        related_name="projects",
        blank=True,
        help_text=_("The project is shown on the pages of these regions, and always on those of "
                    "its municipalities."),
    )  # fmt: skip
    municipalities = models.ManyToManyField(
        "municipalities.Municipality",
        through="Participation",
        related_name="projects",
        verbose_name=_("municipalities"),
    )
    organisations = models.ManyToManyField(
        "municipalities.Organisation",
        through="ProjectOrganisation",
        related_name="projects",
        verbose_name=_("organisations"),
    )
    themes = models.ManyToManyField(
        Theme,
        verbose_name=_("themes"),
        related_name="projects",
        blank=True,
        help_text=_("Residents browse projects by theme."),
    )
    is_mitigation = models.BooleanField(_("cuts emissions"), default=True)
    is_adaptation = models.BooleanField(_("adapts to the changing climate"), default=False)
    implements = translated(
        models.CharField(_("roadmap or programme it carries out"), max_length=200, blank=True)
    )
    implements_url = models.URLField(_("address of that programme"), blank=True)
    related = models.ManyToManyField(
        "self",
        verbose_name=_("related projects"),
        blank=True,
        help_text=_("Shown at the end of both projects' pages."),
    )

    budget = models.DecimalField(
        _("budget, €"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    money_as_of = models.DateField(
        _("money figures are as of"),
        null=True,
        blank=True,
        help_text=_("Shown beside every sum. Sums without a date are not published."),
    )
    money_source = translated(
        models.CharField(
            _("source of the money figures"),
            max_length=200,
            blank=True,
            help_text=_("For example: funding decision, accounts."),
        )
    )
    cost_visibility = models.CharField(
        _("the public sees of the money"),
        max_length=8,
        choices=CostVisibility,
        default=CostVisibility.TOTALS,
        help_text=_("Totals: budget, funding, what has been used, by year, category and "
                    "municipality. Every expense: each row with its date and note too. Nothing: "
                    "only who pays."),
    )  # fmt: skip
    cost_sharing = models.CharField(
        _("the municipalities share the costs"),
        max_length=10,
        choices=CostSharing,
        default=CostSharing.NOT_AGREED,
        help_text=_("They share their own part: the budget less the grants. Give each one's share "
                    "below, or let it follow from the populations."),
    )  # fmt: skip

    maintainer = models.ForeignKey(
        "municipalities.Organisation",
        verbose_name=_("who maintains the results"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="maintained_projects",
        help_text=_("After the project ends, residents turn to this organisation."),
    )
    afterlife = translated(RichTextField(_("what remains after the project"), blank=True))
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    archived_on = models.DateField(
        _("archived on"),
        null=True,
        blank=True,
        help_text=_("An archived project leaves the work list and the reminders. Its page stays "
                    "and tells first that the project is over, who maintains the results and what "
                    "remains. Only a completed or cancelled project can be archived."),
    )  # fmt: skip

    internal_notes = models.TextField(
        _("internal notes"),
        blank=True,
        help_text=_("Never leaves the admin: not on the page, in exports or in search."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    content_updated_at = models.DateTimeField(
        _("information updated"), default=timezone.now, editable=False
    )
    content_digest = models.CharField(max_length=64, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ProjectQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[regions, themes, related],
        excluded_fields=["content_digest"],
    )

    class Meta(Publishable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-content_updated_at", "pk"]
        indexes = [
            # with the moment of publication, so that the gate reads no rows either
            models.Index(
                fields=["publication", "-content_updated_at", "published_at"],
                name="project_by_update",
            ),
            models.Index(fields=["-content_updated_at"], name="project_by_update_in_admin"),
            # everything that a list counts, so that counting reads no rows
            models.Index(
                fields=[
                    "publication",
                    "stage",
                    "activity",
                    "stated_status",
                    "end_date",
                    "completed_on",
                    "published_at",
                ],
                name="project_by_state",
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="project_ends_after_start",
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                name="project_ongoing_has_no_end",
                condition=Q(is_ongoing=False) | Q(end_date=None),
                violation_error_message=_(
                    "An ongoing project has no end date. Remove the date or the tick."
                ),
            ),
            models.CheckConstraint(
                name="project_completed_on_only_when_completed",
                condition=Q(completed_on=None) | Q(stage=Stage.COMPLETED),
                violation_error_message=_(
                    "A completion date needs the stage “Completed”. Change the stage or remove "
                    "the date."
                ),
            ),
            models.CheckConstraint(
                name="project_budget_not_negative",
                condition=Q(budget=None) | Q(budget__gte=0),
                violation_error_message=_("A sum of money cannot be negative."),
            ),
            models.CheckConstraint(
                name="project_cost_visibility_known",
                condition=Q(cost_visibility__in=CostVisibility.values),
            ),
            models.CheckConstraint(
                name="project_cost_sharing_known",
                condition=Q(cost_sharing__in=CostSharing.values),
            ),
            models.CheckConstraint(
                name="project_archived_only_when_over",
                condition=Q(archived_on=None)
                | Q(stage=Stage.COMPLETED)
                | Q(activity=Activity.CANCELLED),
                violation_error_message=_("Only a completed or cancelled project can be archived."),
            ),
            models.CheckConstraint(
                name="project_image_focus_known",
                condition=Q(image_focus__in=FOCUS_OF_WIDE),
            ),
            models.CheckConstraint(
                name="project_stage_known",
                condition=Q(stage__in=Stage.values),
            ),
            models.CheckConstraint(
                name="project_activity_known",
                condition=Q(activity__in=Activity.values),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project", kwargs={"slug": self.slug})

    def clean(self) -> None:
        super().clean()
        if self.end_date:
            self.end_date = period_end(self.end_date, self.date_precision)
        errors: dict[str, str] = {}
        if self.activity != Activity.ACTIVE and not self.activity_reason_fi:
            errors["activity_reason_fi"] = _(
                "Tell residents why the project is on hold or cancelled."
            )
        if self.stated_status and not self.stated_reason_fi:
            errors["stated_reason_fi"] = _("Tell residents why you state this schedule status.")
        if self.image and not self.image_alt_fi:
            errors["image_alt_fi"] = _("Describe the picture for those who do not see it.")
        if errors:
            raise ValidationError(errors)

    @property
    def stage_enum(self) -> Stage:
        """The stage as its enum member."""
        return Stage(self.stage)

    def is_over(self) -> bool:
        """Whether it is completed or cancelled: nothing more is done, and it can be archived."""
        return self.stage == Stage.COMPLETED or self.activity == Activity.CANCELLED

    def checked_or_updated_at(self) -> datetime:
        """When somebody last vouched for the page's content."""
        return max(filter(None, (self.content_updated_at, self.checked_at)))
