"""The admin of areas, organisations and steering groups."""

from municipalities.admin.municipality import MunicipalityAdmin
from municipalities.admin.organisation import OrganisationAdmin
from municipalities.admin.region import RegionAdmin
from municipalities.admin.steering import SteeringGroupAdmin

__all__ = ["MunicipalityAdmin", "OrganisationAdmin", "RegionAdmin", "SteeringGroupAdmin"]
