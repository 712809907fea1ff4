"""Money of a project: who pays, what it has cost. Decimal euros, never floats."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.dates import short_date
from climateportal.numerals import euros
from climateportal.translated import translated
from projects.enums import ExpenseCategory, ExpenseState
from projects.pasted import future_text


class Funding(models.Model):
    """Money promised by one funder."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="fundings"
    )
    funder = models.ForeignKey(
        "municipalities.Organisation",
        verbose_name=_("funder"),
        on_delete=models.PROTECT,
        related_name="fundings",
    )
    programme = translated(models.CharField(_("grant programme"), max_length=160, blank=True))
    amount = models.DecimalField(
        _("amount, €"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: the page names the funder and says that the sum is not reported."),
    )
    share_percent = models.DecimalField(
        _("share of costs, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of all costs of the project. Either of the two is enough: the other follows."),
    )
    decided_on = models.DateField(_("decision date"), null=True, blank=True)
    decision_url = models.URLField(
        _("address of the decision"), blank=True, help_text=_("The page links to the document.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="funding_amount_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("A sum of money cannot be negative."),
            ),
            models.CheckConstraint(
                name="funding_share_is_percentage",
                condition=Q(share_percent=None) | Q(share_percent__gte=0, share_percent__lte=100),
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}, {self.programme}" if self.programme else str(self.funder)


class Expense(models.Model):
    """Money spent or about to be spent."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="expenses"
    )
    date = models.DateField(_("date"))
    amount = models.DecimalField(_("amount, €"), max_digits=12, decimal_places=2)
    category = models.CharField(
        _("category"), max_length=16, choices=ExpenseCategory, default=ExpenseCategory.OTHER
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expenses",
    )
    state = models.CharField(
        _("payment application"), max_length=8, choices=ExpenseState, default=ExpenseState.PLANNED
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                name="expense_amount_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A sum of money cannot be negative."),
            ),
            models.CheckConstraint(
                name="expense_category_known",
                condition=Q(category__in=ExpenseCategory.values),
            ),
            models.CheckConstraint(
                name="expense_state_known",
                condition=Q(state__in=ExpenseState.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{short_date(self.date)}: {euros(self.amount)}"

    def clean(self) -> None:
        super().clean()
        is_used = self.state != ExpenseState.PLANNED
        if is_used and self.date and self.date > timezone.localdate():
            raise ValidationError({"date": future_text()})
