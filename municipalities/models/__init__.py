"""Models of who: areas, municipalities, organisations, targets, emissions, steering groups."""

from municipalities.models.emission import Emission
from municipalities.models.meeting import Attendance, Meeting
from municipalities.models.municipality import Municipality
from municipalities.models.organisation import Organisation
from municipalities.models.region import Region, RegionMember
from municipalities.models.steering import Membership, SteeringGroup
from municipalities.models.target import ClimateTarget

__all__ = [
    "Attendance",
    "ClimateTarget",
    "Emission",
    "Meeting",
    "Membership",
    "Municipality",
    "Organisation",
    "Region",
    "RegionMember",
    "SteeringGroup",
]
