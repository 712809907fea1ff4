"""Content pages that an administrator writes: accessibility, privacy, about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.publishing import Publishable, PublishableQuerySet
from climateportal.richtext import RichTextField
from climateportal.translated import translated


class PageQuerySet(PublishableQuerySet):
    """Content pages."""

    def in_menu(self, place: str) -> "PageQuerySet":
        """Pages shown in one menu, in their order."""
        return self.filter(menu=place).order_by("order", "pk")


class Page(Publishable):
    """A content page with an address of its own. One slug serves all languages."""

    class Menu(models.TextChoices):
        MAIN = "main", _("Main menu")
        FOOTER = "footer", _("Footer")
        NONE = "none", _("In no menu")

    title = translated(models.CharField(_("heading"), max_length=120))
    menu_title = translated(
        models.CharField(
            _("name in the menu"),
            max_length=40,
            blank=True,
            help_text=_("Shown in the menu instead of the heading. Empty: the heading is shown."),
        )
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the page's address. When you change it, the old one keeps "
                    "working and leads to the new one."),
    )  # fmt: skip
    body = translated(RichTextField(_("text"), blank=True))
    menu = models.CharField(
        _("menu"),
        max_length=8,
        choices=Menu,
        default=Menu.FOOTER,
        help_text=_("Where visitors find the page. A page in no menu is reached only by a link."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    updated_at = models.DateTimeField(_("text updated"), null=True, editable=False)

    objects = PageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Publishable.Meta):
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
        ordering = ["menu", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("page", kwargs={"slug": self.slug})
