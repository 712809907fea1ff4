"""Finnish municipalities, from the register of 2026 that ships with the portal."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from municipalities.enums import LanguageStatus, MunicipalityTitle, PlanStatus, RegionKind
from municipalities.names import Names


def exists_q(prefix: str = "", on: date | None = None) -> Q:
    """The municipality at `prefix` exists on a day (default: today). A merged one has ended."""
    field = f"{prefix}valid_until"
    return Q(**{field: None}) | Q(**{f"{field}__gte": on or timezone.localdate()})


class MunicipalityQuerySet(models.QuerySet):
    """Municipalities."""

    def current(self, on: date | None = None) -> Self:
        """Municipalities that exist on a day."""
        return self.filter(exists_q(on=on))

    def by_name(self) -> Self:
        """In the order of their names in the active language."""
        field = "name_sv" if get_language() == "sv" else "name_fi"
        return self.order_by(field, "pk")

    def with_county(self) -> Self:
        """Fetch each one's county into `county_list` (see `Municipality.county`)."""
        from municipalities.models.region import Region

        counties = Region.objects.filter(kind=RegionKind.COUNTY)
        return self.prefetch_related(Prefetch("regions", counties, to_attr="county_list"))


def _swedish_genitive(name: str) -> str:
    """“Mariehamns”, “Vasa”, “Helsingfors”: how Swedish names a town's body.

    A name that ends in a vowel or in s, x or z stays as it is.
    """
    return name if name[-1:].lower() in "aeiouyåäösxz" else f"{name}s"


class Municipality(models.Model):
    """A municipality. Official facts come from the register; the climate plan is edited here."""

    code = models.CharField(
        _("official code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^\d{3}$", _("Three digits, for example 635."))],
        help_text=_("Statistics Finland's three-digit code. Imports find the municipality by it."),
    )
    name = translated(models.CharField(_("name"), max_length=60))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(
        _("calls itself"),
        max_length=12,
        choices=MunicipalityTitle,
        default=MunicipalityTitle.MUNICIPALITY,
    )
    fi_genitive = models.CharField(
        _("Finnish genitive"), max_length=70, help_text=_("Pälkäneen, as in Pälkäneen kunta.")
    )
    fi_in = models.CharField(
        _("Finnish “in”"), max_length=70, help_text=_("Pälkäneellä, Akaassa. Used in sentences.")
    )
    fi_from = models.CharField(_("Finnish “from”"), max_length=70)
    fi_to = models.CharField(_("Finnish “to”"), max_length=70)
    languages = models.CharField(
        _("official languages"), max_length=5, choices=LanguageStatus, default=LanguageStatus.FI
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population figure"),
        null=True,
        blank=True,
        help_text=_("The figure is always shown with its year."),
    )
    latitude = models.DecimalField(
        _("latitude of the label point"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(59), MaxValueValidator(71)],
    )
    longitude = models.DecimalField(
        _("longitude of the label point"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(19), MaxValueValidator(32)],
    )
    website = models.URLField(_("website"), blank=True)
    plan_status = models.CharField(
        _("climate plan"),
        max_length=16,
        choices=PlanStatus,
        blank=True,
        help_text=_("Shown on the municipality's page and in region summaries. Leave empty when "
                    "you do not know: the page then says that it has not been reported."),
    )  # fmt: skip
    plan_name = translated(models.CharField(_("name of the plan"), max_length=200, blank=True))
    plan_decided_on = models.DateField(_("plan approved on"), null=True, blank=True)
    plan_url = models.URLField(_("address of the plan"), blank=True)
    valid_until = models.DateField(
        _("existed until"),
        null=True,
        blank=True,
        help_text=_("The last day before a merger. The page then leads to the successor."),
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = MunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(
                name="municipality_ended_has_successor",
                condition=Q(valid_until=None, successor=None)
                | Q(valid_until__isnull=False, successor__isnull=False),
                violation_error_message=_(
                    "Give both the last day and the successor, or neither of them."
                ),
            ),
            models.CheckConstraint(
                name="municipality_not_its_own_successor",
                condition=Q(successor=None) | ~Q(successor=F("pk")),
                violation_error_message=_("A municipality cannot be merged into itself."),
            ),
            models.CheckConstraint(
                name="municipality_population_has_year",
                condition=Q(population=None) | Q(population_year__isnull=False),
                violation_error_message=_("Give the year of the population figure."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("municipality", kwargs={"slug": self.slug})

    def clean(self) -> None:
        super().clean()
        if self.plan_decided_on and not self.plan_status:
            raise ValidationError(
                {"plan_status": _("Say also whether the plan is in force or being updated.")}
            )

    @property
    def county(self) -> models.Model | None:
        """The county; free of queries after `with_county()`."""
        if not hasattr(self, "county_list"):
            self.county_list = list(self.regions.filter(kind=RegionKind.COUNTY))
        return self.county_list[0] if self.county_list else None

    @property
    def names(self) -> Names:
        """By what it is found: names, Finnish forms, code and address."""
        return Names.of(
            (self.name_fi, self.name_sv, self.name_en),
            self.fi_genitive,
            (self.fi_in, self.fi_from, self.fi_to, self.code, self.slug),
        )

    @property
    def official_name(self) -> str:
        """“Pälkäneen kunta”, “Vasa stad”, “City of Akaa”: the body, not the place."""
        is_city = self.title == MunicipalityTitle.CITY
        match (get_language() or "fi")[:2]:
            case "sv":
                return f"{_swedish_genitive(self.name)} {'stad' if is_city else 'kommun'}"
            case "en":
                return f"{'City' if is_city else 'Municipality'} of {self.name}"
            case _:
                return f"{self.fi_genitive} {'kaupunki' if is_city else 'kunta'}"
