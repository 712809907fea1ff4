"""Emissions of the demo: what the Finnish Environment Institute has published, not invented."""

from datetime import date
from decimal import Decimal

from municipalities.enums import EmissionMethod, EmissionSector
from municipalities.models import Emission
from projects.demo.world import World

SOURCE = "Suomen ympäristökeskus, kuntien kasvihuonekaasupäästöt (CC BY 4.0)"
RETRIEVED_ON = date(2024, 9, 13)
YEARS = (1990, *range(2005, 2023))
PRELIMINARY = 2022

# kilotonnes of CO2 equivalent in all, by the Hinku calculation without credits
TOTALS: dict[str, str] = {
    "iisalmi": "254.4 200.3 238.9 232.0 207.5 214.9 237.7 214.9 216.1 215.3 "
    "192.1 179.4 189.7 182.8 175.4 170.8 151.2 142.4 130.2",
    "jarvenpaa": "189.8 210.6 234.1 231.5 209.4 214.8 236.8 202.5 200.4 181.5 "
    "152.1 131.6 148.6 145.1 153.0 129.2 120.0 115.5 115.2",
    "kuopio": "944.2 972.9 1113.6 1083.3 999.0 990.0 1102.2 983.0 901.0 861.6 "
    "753.9 724.6 745.9 675.1 717.3 662.7 627.6 614.9 586.5",
    "vaasa": "500.1 508.0 546.0 562.3 537.1 527.9 558.6 487.8 464.1 423.7 "
    "397.3 335.9 357.9 308.5 325.5 312.1 271.2 284.7 270.7",
    "vantaa": "978.8 1172.2 1357.6 1341.1 1248.5 1262.5 1382.8 1259.7 1238.9 1271.0 "
    "1143.7 1077.6 1152.3 1118.1 1110.5 947.4 827.4 900.4 833.8",
}  # fmt: skip


def make_emissions(world: World) -> None:
    """Yearly totals of municipalities that have none yet."""
    for slug, totals in TOTALS.items():
        place = world.municipality(slug)
        if place.emissions.exists():
            continue
        Emission.objects.bulk_create(
            Emission(
                municipality=place,
                year=year,
                sector=EmissionSector.TOTAL,
                kilotonnes=Decimal(kilotonnes),
                method=EmissionMethod.HINKU,
                is_preliminary=year == PRELIMINARY,
                source=SOURCE,
                retrieved_on=RETRIEVED_ON,
            )
            for year, kilotonnes in zip(YEARS, totals.split(), strict=True)
        )
