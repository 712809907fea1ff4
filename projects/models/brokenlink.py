"""Addresses in public content that do not work, as the last check found them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import LinkProblem

LONGEST = 1000  # characters of an address; longer ones are not checked
OWNERS = ("project", "municipality", "region", "organisation", "practice")


class BrokenLinkQuerySet(models.QuerySet):
    """Broken addresses."""

    def told(self) -> Self:
        """Those that editors are told of; the others get a second chance."""
        return self.filter(is_told=True)


def _owner(relation: str) -> models.ForeignKey:
    return models.ForeignKey(
        relation, null=True, on_delete=models.CASCADE, related_name="broken_links"
    )


class BrokenLink(models.Model):
    """One address in one column of one row. The owner decides who sees it; none: the site's."""

    address = models.CharField(_("address"), max_length=LONGEST)
    place = models.CharField(max_length=60)  # label of the model, "projects.material"
    row = models.BigIntegerField()
    column = models.CharField(max_length=60)
    project = _owner("projects.Project")
    municipality = _owner("municipalities.Municipality")
    region = _owner("municipalities.Region")
    organisation = _owner("municipalities.Organisation")
    practice = _owner("projects.GoodPractice")
    problem = models.CharField(_("problem"), max_length=12, choices=LinkProblem)
    is_told = models.BooleanField()
    since = models.DateTimeField(_("since"))
    checked_at = models.DateTimeField(_("checked"))

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["since", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["place", "row", "column", "address"], name="brokenlink_once"
            ),
            models.CheckConstraint(
                name="brokenlink_problem_known", condition=Q(problem__in=LinkProblem.values)
            ),
            # a task of a joint project has the municipality too, whose coordinator mends it
            models.CheckConstraint(
                name="brokenlink_one_owner",
                condition=Q(region=None, organisation=None, practice=None)
                & (Q(project=None) | Q(place="projects.task") | Q(municipality=None))
                | Q(project=None, municipality=None, organisation=None, practice=None)
                | Q(project=None, municipality=None, region=None, practice=None)
                | Q(project=None, municipality=None, region=None, organisation=None),
            ),
            models.CheckConstraint(
                name="brokenlink_checked_since_it_broke",
                condition=Q(checked_at__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.address
