"""Climate targets on the forms of municipalities and regions."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.languages import fields
from municipalities.models import ClimateTarget


class TargetInline(RowsInline):
    """What the municipality, or the region together, has promised."""

    model = ClimateTarget
    hint = _("Shown on the public page with the year and the decision.")
    fieldsets: ClassVar = [
        (
            None,
            {
                "fields": [
                    ("kind", "target_year"),
                    ("reduction_percent", "base_year"),
                    "decided_on",
                    *fields("decision+"),
                    "decision_url",
                ]
            },
        )
    ]
