"""Areas of several municipalities: counties, sub-regions and cooperation areas. They overlap."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.richtext import RichTextField
from climateportal.translated import translated
from municipalities.enums import RegionKind
from municipalities.models.municipality import exists_q
from municipalities.names import Names


class RegionQuerySet(models.QuerySet):
    """Regions."""

    def counties(self) -> Self:
        """The official counties, by code."""
        return self.filter(kind=RegionKind.COUNTY).order_by("code")

    def by_name(self) -> Self:
        """In the order of their names in the active language."""
        return self.order_by("name_sv" if get_language() == "sv" else "name_fi", "pk")

    def with_member_count(self) -> Self:
        """Add `member_count`, the number of municipalities that exist today."""
        return self.annotate(
            member_count=Count("memberships", filter=exists_q("memberships__municipality__"))
        )


class Region(models.Model):
    """An area with a summary page: official (county, sub-region) or agreed (cooperation area)."""

    kind = models.CharField(_("kind"), max_length=12, choices=RegionKind)
    code = models.CharField(
        _("official code"),
        max_length=3,
        blank=True,
        help_text=_("Statistics Finland's code. A cooperation area has none."),
    )
    name = translated(models.CharField(_("name"), max_length=100))
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_("The last part of the page's address. When you change it, the old one keeps "
                    "working and leads to the new one."),
    )  # fmt: skip
    fi_genitive = models.CharField(
        _("Finnish genitive"),
        max_length=110,
        blank=True,
        help_text=_("Pohjois-Savon, as in Pohjois-Savon hankkeet. Empty: sentences use the name."),
    )
    fi_in = models.CharField(
        _("Finnish “in”"), max_length=110, blank=True, help_text=_("Pohjois-Savossa, Pirkanmaalla.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("The larger region on whose page this one is listed."),
    )
    members = models.ManyToManyField(
        "municipalities.Municipality",
        through="RegionMember",
        related_name="regions",
        verbose_name=_("municipalities"),
    )
    lead = translated(
        models.CharField(
            _("lead"),
            max_length=300,
            blank=True,
            help_text=_("One or two sentences under the heading of the region's page."),
        )
    )
    description = translated(RichTextField(_("description"), blank=True))
    website = models.URLField(_("website"), blank=True)
    requires_review = models.BooleanField(
        _("another person looks before publishing"),
        default=False,
        help_text=_("Nobody publishes a project of this region or of its municipalities alone, nor "
                    "a change of its texts: a coordinator of the region or an administrator who "
                    "did not write it publishes it. Dates, tasks that were done, confirmations and "
                    "expenses are shown at once."),
    )  # fmt: skip

    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["kind", "name_fi"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=~Q(code=""),
                name="region_code_unique_within_kind",
                violation_error_message=_("Another region of this kind has this code."),
            ),
            models.CheckConstraint(
                name="region_official_has_code",
                condition=Q(kind=RegionKind.COOPERATION, code="")
                | (~Q(kind=RegionKind.COOPERATION) & ~Q(code="")),
                violation_error_message=_(
                    "Counties and sub-regions have an official code, cooperation areas have none."
                ),
            ),
            models.CheckConstraint(
                name="region_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                violation_error_message=_("A region cannot belong to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("region", kwargs={"slug": self.slug})

    def clean(self) -> None:
        super().clean()
        if self.parent is not None and self.parent == self:
            raise ValidationError({"parent": _("A region cannot belong to itself.")})
        seen, ancestor = {self.pk}, self.parent
        while ancestor is not None:
            if ancestor.pk in seen and self.pk is not None:
                raise ValidationError(
                    {"parent": _("%(name)s already belongs to this region.")
                     % {"name": self.parent}}
                )  # fmt: skip
            seen.add(ancestor.pk)
            ancestor = ancestor.parent

    @property
    def names(self) -> Names:
        """By what it is found: names, Finnish forms and address."""
        names = (self.name_fi, self.name_sv, self.name_en)
        return Names.of(names, self.fi_genitive, (self.fi_in, self.slug))


class RegionMember(models.Model):
    """One municipality in one region. A row of its own, so that history knows when it joined."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="region_memberships",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member municipality")
        verbose_name_plural = _("member municipalities")
        ordering = ["municipality__name_fi"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality"],
                name="regionmember_once",
                violation_error_message=_("This municipality is already in the region."),
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)
