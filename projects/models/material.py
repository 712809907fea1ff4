"""Files and links that a project gives to others."""

from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from climateportal.uploads import material_path, validate_material
from projects.enums import Licence


class Material(models.Model):
    """A file or a link, perhaps one part of a series, perhaps about one municipality."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="materials"
    )
    title = translated(models.CharField(_("name"), max_length=200))
    description = translated(models.CharField(_("description"), max_length=300, blank=True))
    file = models.FileField(
        _("file"),
        upload_to=material_path,
        blank=True,
        validators=[validate_material],
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text or a picture, at most "
                    "25 MB. Give a file or an address, not both."),
    )  # fmt: skip
    url = models.URLField(_("address"), blank=True)
    part_number = models.PositiveSmallIntegerField(
        _("part"), null=True, blank=True, help_text=_("1, 2, 3 when the materials form a series.")
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
        help_text=_("When the material is about one municipality, it is also on that page."),
    )
    language = models.CharField(
        _("language of the material"),
        max_length=2,
        choices=[("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))],
        default="fi",
    )
    licence = models.CharField(_("terms of use"), max_length=12, choices=Licence, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["part_number", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="material_file_or_link",
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                violation_error_message=_("Give either a file or an address."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the material is read: the file or the link."""
        return self.file.url if self.file else self.url

    @property
    def kind(self) -> str:
        """“PDF”, “XLSX”: the file's type in capitals, empty for a link."""
        return PurePath(self.file.name).suffix.lstrip(".").upper() if self.file else ""

    @property
    def file_size(self) -> int | None:
        """Bytes; None for a link, and for a file that is missing from storage."""
        try:
            return self.file.size if self.file else None
        except FileNotFoundError:
            return None
