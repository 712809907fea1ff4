"""People and role mailboxes that residents may turn to."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import SOURCE, Text, text_of, translated
from climateportal.uploads import image_path, validate_image
from projects.enums import ContactKind, Focus


class ContactQuerySet(models.QuerySet):
    """Contacts."""

    def valid(self, on: date | None = None) -> Self:
        """Contacts that may be shown on a day (default: today). Expired ones disappear by date."""
        return self.filter(valid_q(on=on))


def valid_q(prefix: str = "", on: date | None = None) -> Q:
    """The condition of a contact being shown on a day, for use across a relation."""
    field = f"{prefix}valid_until"
    return Q(**{field: None}) | Q(**{f"{field}__gte": on or timezone.localdate()})


class Contact(models.Model):
    """A person, or a mailbox of a role that outlives persons."""

    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=ContactKind,
        default=ContactKind.PERSON,
        help_text=_("A role mailbox keeps working when people change, and is listed first."),
    )
    name = models.CharField(_("name"), max_length=120)
    title = translated(
        models.CharField(pgettext_lazy("person", "title"), max_length=120, blank=True)
    )
    organisation = models.ForeignKey(
        "municipalities.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    photo = models.ImageField(
        _("photo"),
        upload_to=image_path,
        blank=True,
        validators=[validate_image],
        help_text=_("Shown beside the name. Ask the person first."),
    )
    photo_focus = models.CharField(
        _("where the face is"),
        max_length=6,
        choices=Focus,
        default=Focus.CENTRE,
        help_text=_("Pages show a small round part of the photo: this part of it stays."),
    )
    valid_until = models.DateField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("After this day the person is no longer on any page. Empty: for now."),
    )

    objects = ContactQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="contact_photo_focus_known", condition=Q(photo_focus__in=Focus.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def name_language(self) -> str:
        """The language of a mailbox's name: its municipality's first. A person's name has none."""
        if self.kind == ContactKind.PERSON:
            return ""
        employer = self.organisation.municipality if self.organisation else None
        return employer.languages[:2] if employer else SOURCE

    @property
    def called(self) -> tuple[Text, ...]:
        """How pages and documents name it, to be joined with commas: a mailbox by its title and its
        name, “Ilmastokoordinaattori, SavoGrow”, a person by name. In the active language.
        """
        name = Text(self.name, self.name_language or get_language())
        title = text_of(self, "title")
        return (title, name) if self.kind == ContactKind.ROLE and title.value else (name,)

    @property
    def initials(self) -> str:
        """At most two letters for the round picture of a person without a photo."""
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class ProjectContact(models.Model):
    """One contact of one project."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="project_contacts"
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        on_delete=models.CASCADE,
        related_name="project_contacts",
    )
    role = translated(
        models.CharField(
            _("role in the project"),
            max_length=120,
            blank=True,
            help_text=_("For example: coordinator of Ylä-Savo."),
        )
    )
    is_primary = models.BooleanField(
        _("primary contact"),
        default=False,
        help_text=_("Shown first and receives the residents' questions."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact of the project")
        verbose_name_plural = _("contacts of the project")
        ordering = ["-is_primary", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "contact"],
                name="projectcontact_once",
                violation_error_message=_("This contact is already listed."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(is_primary=True),
                name="projectcontact_one_primary",
                violation_error_message=_("The project already has a primary contact."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact)


class RegionCoordinator(models.Model):
    """A contact who coordinates climate work in a region."""

    region = models.ForeignKey(
        "municipalities.Region", on_delete=models.CASCADE, related_name="coordinators"
    )
    contact = models.ForeignKey(
        Contact, verbose_name=_("contact"), on_delete=models.CASCADE, related_name="coordinates"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "contact"],
                name="regioncoordinator_once",
                violation_error_message=_("This contact is already listed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.contact)
