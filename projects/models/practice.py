"""Good practices: ways of working that others can copy."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.publishing import Publishable, PublishableQuerySet
from climateportal.richtext import RichTextField
from climateportal.translated import translated


class GoodPracticeQuerySet(PublishableQuerySet):
    """Good practices."""


class GoodPractice(Publishable):
    """A way of working: what, why, how, where, with what and to what result."""

    title = translated(models.CharField(_("title"), max_length=160))
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    what = translated(models.TextField(_("what"), max_length=600))
    why = translated(models.TextField(_("why"), max_length=600, blank=True))
    how = translated(RichTextField(_("how"), blank=True))
    where = translated(
        models.TextField(
            _("where it fits"),
            max_length=600,
            blank=True,
            help_text=_("For what kind of municipality and in which work."),
        )
    )
    results = translated(models.TextField(_("results"), max_length=600, blank=True))
    resources = models.PositiveSmallIntegerField(
        _("resources needed, 1–3"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("1 little, 2 some, 3 much work or money."),
    )
    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("from the project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    adopted_by = models.ManyToManyField(
        "municipalities.Municipality",
        through="Adoption",
        related_name="practices",
        verbose_name=_("adopted by"),
    )

    objects = GoodPracticeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Publishable.Meta):
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["title_fi"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="goodpractice_resources_one_to_three",
                condition=Q(resources=None) | Q(resources__gte=1, resources__lte=3),
                violation_error_message=_("Resources are 1, 2 or 3."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """A municipality that has taken a good practice into use."""

    practice = models.ForeignKey(GoodPractice, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["municipality__name_fi"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "municipality"],
                name="adoption_once",
                violation_error_message=_("This municipality is already listed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)
