"""Made-up municipalities in counties, sub-regions and cooperation areas, as many as in Finland."""

import random

from municipalities.enums import PlanStatus, RegionKind, TargetKind
from municipalities.models import ClimateTarget, Municipality, Region, RegionMember
from tests.bench.filled.words import BEGINNINGS, ENDINGS

REGIONS = ((RegionKind.COUNTY, 19), (RegionKind.SUBREGION, 69), (RegionKind.COOPERATION, 20))


def add_places(count: int, rng: random.Random) -> list[Municipality]:
    """The municipalities; every one lies in a county and a sub-region of it."""
    rows = Municipality.objects.bulk_create(_municipality(number, rng) for number in range(count))
    counties: list[Region] = []
    for kind, number in REGIONS:
        regions = Region.objects.bulk_create(
            Region(
                kind=kind, name_fi=f"{BEGINNINGS[n % 14]}maa {n}", slug=f"{kind}-{n}",
                code="" if kind == RegionKind.COOPERATION else f"{n:03}",
                parent=counties[n * 19 // number] if counties else None,
            )
            for n in range(number)
        )  # fmt: skip
        counties = counties or regions
        share = 1 if kind != RegionKind.COOPERATION else 0.3
        RegionMember.objects.bulk_create(
            RegionMember(region=regions[n * number // count], municipality=municipality)
            for n, municipality in enumerate(rows)
            if rng.random() < share
        )
    ClimateTarget.objects.bulk_create(
        ClimateTarget(
            municipality=row, kind=TargetKind.CARBON_NEUTRAL, target_year=rng.randint(2028, 2040),
            base_year=2007, reduction_percent=80,
        )
        for row in rows
    )  # fmt: skip
    return rows


def _municipality(number: int, rng: random.Random) -> Municipality:
    name = f"{BEGINNINGS[number % 14]}{ENDINGS[number // 14 % 12]}{number // 168 or ''}"
    return Municipality(
        code=f"{number:03}", name_fi=name, name_sv=name, slug=f"kunta-{number}",
        fi_genitive=f"{name}n", fi_in=f"{name}ssa", fi_from=f"{name}sta", fi_to=f"{name}an",
        population=rng.randint(700, 90_000), population_year=2025,
        plan_status=rng.choice(PlanStatus.values),
    )  # fmt: skip
