"""Fixed vocabularies about municipalities and regions. Imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegionKind(models.TextChoices):
    """What sort of area a region is."""

    COUNTY = "county", _("county")
    SUBREGION = "subregion", _("sub-region")
    COOPERATION = "cooperation", _("cooperation area")


class MunicipalityTitle(models.TextChoices):
    """What the municipality calls itself; the law knows only municipalities."""

    CITY = "city", pgettext_lazy("title of a municipality", "city")
    MUNICIPALITY = "municipality", _("municipality")


class LanguageStatus(models.TextChoices):
    """Official languages, the majority's first (Government decree, Statistics Finland)."""

    FI = "fi", _("Finnish-speaking")
    FI_SV = "fi-sv", _("bilingual, Finnish majority")
    SV_FI = "sv-fi", _("bilingual, Swedish majority")
    SV = "sv", _("Swedish-speaking")


class PlanStatus(models.TextChoices):
    """How far a municipality's climate plan is."""

    NONE = "none", pgettext_lazy("climate plan", "Not started")
    IN_PREPARATION = "in_preparation", pgettext_lazy("climate plan", "In preparation")
    IN_FORCE = "in_force", pgettext_lazy("climate plan", "In force")
    BEING_UPDATED = "being_updated", pgettext_lazy("climate plan", "Being updated")


class TargetKind(models.TextChoices):
    """What a climate target promises."""

    CARBON_NEUTRAL = "carbon_neutral", _("Carbon neutral")
    REDUCTION = "reduction", _("Emission reduction")


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    MUNICIPALITY = "municipality", _("municipality")
    JOINT_AUTHORITY = "joint_authority", _("joint municipal authority or company")
    REGIONAL_COUNCIL = "regional_council", _("regional council")
    STATE = "state", _("state authority")
    EDUCATION = "education", _("university or school")
    COMPANY = "company", _("company")
    ASSOCIATION = "association", _("association")
    OTHER = "other", _("other")


class AttendanceState(models.TextChoices):
    """Whether a member was at a meeting."""

    PRESENT = "present", pgettext_lazy("attendance", "Present")
    REMOTE = "remote", pgettext_lazy("attendance", "Present, remotely")
    SUBSTITUTE = "substitute", pgettext_lazy("attendance", "Represented by a substitute")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


class EmissionMethod(models.TextChoices):
    """How emissions were calculated (Finnish Environment Institute). Never mixed in one chart."""

    HINKU = "hinku", _("Hinku calculation")
    ALAS = "alas", _("all emissions (ALas)")


class EmissionSector(models.TextChoices):
    """Sectors of the Finnish Environment Institute's municipal calculation."""

    TOTAL = "total", _("Total")
    ELECTRICITY = "electricity", _("Electricity")
    ELECTRIC_HEATING = "electric_heating", _("Electric heating")
    DISTRICT_HEATING = "district_heating", _("District heating")
    OIL_HEATING = "oil_heating", _("Oil heating")
    OTHER_HEATING = "other_heating", _("Other heating")
    INDUSTRY = "industry", _("Industry")
    MACHINERY = "machinery", _("Machinery")
    ROAD_TRANSPORT = "road_transport", _("Road transport")
    RAIL_TRANSPORT = "rail_transport", _("Rail transport")
    WATER_TRANSPORT = "water_transport", _("Water transport")
    AGRICULTURE = "agriculture", _("Agriculture")
    WASTE = "waste", _("Waste treatment")
    F_GASES = "f_gases", _("F-gases")
