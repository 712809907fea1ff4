"""What a steering group is asked to decide, what it decided, and what followed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.richtext import RichTextField
from climateportal.translated import translated
from projects.enums import DecisionOutcome


class Decision(models.Model):
    """An item of a meeting that needs a decision, and the decision once it is made."""

    meeting = models.ForeignKey(
        "municipalities.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.CASCADE,
        related_name="decisions",
    )
    title = translated(
        models.CharField(_("what is decided"), max_length=200, help_text=_("One line."))
    )
    proposal = translated(
        RichTextField(
            _("background and proposal"),
            blank=True,
            help_text=_("What the group needs to know, and what is proposed to it."),
        )
    )
    projects = models.ManyToManyField(
        "projects.Project",
        verbose_name=_("projects it concerns"),
        related_name="decisions",
        blank=True,
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=DecisionOutcome,
        blank=True,
        help_text=_("Empty: the item waits for a decision and stands so in the meeting pack."),
    )
    text = translated(
        models.TextField(
            _("decision"),
            max_length=1500,
            blank=True,
            help_text=_("What was decided, as in the minutes."),
        )
    )
    follow_up = models.ForeignKey(
        "projects.Task",
        verbose_name=_("follow-up task"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
        help_text=_("The next meeting pack tells how far this task is."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords(m2m_fields=[projects])

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_outcome_known",
                condition=Q(outcome="") | Q(outcome__in=DecisionOutcome.values),
            )
        ]

    def __str__(self) -> str:
        return self.title
