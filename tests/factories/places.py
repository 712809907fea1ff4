"""Municipalities, regions, organisations and targets."""

import csv
from typing import Any

import factory

from municipalities.enums import OrganisationKind, RegionKind, TargetKind
from municipalities.models import (
    ClimateTarget,
    Municipality,
    Organisation,
    Region,
    RegionMember,
)
from municipalities.registerfiles import DATA

_TAKEN = {
    row["code"]
    for name in ("municipalities.csv", "mergers.csv")
    for row in csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines())
}
# some 680 numbers that no municipality has had: what is made up never meets the register
FREE_CODES = [code for n in range(1000) if (code := f"{n:03}") not in _TAKEN]


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """A municipality with a made-up code and name."""

    class Meta:
        model = Municipality
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: FREE_CODES[n % len(FREE_CODES)])
    name_fi = factory.Sequence(lambda n: f"Kuntala {n}")
    slug = factory.Sequence(lambda n: f"kuntala-{n}")
    fi_genitive = factory.LazyAttribute(lambda o: f"{o.name_fi}n")
    fi_in = factory.LazyAttribute(lambda o: f"{o.name_fi}ssa")
    fi_from = factory.LazyAttribute(lambda o: f"{o.name_fi}sta")
    fi_to = factory.LazyAttribute(lambda o: f"{o.name_fi}an")
    population = 5000
    population_year = 2022


class RegionFactory(factory.django.DjangoModelFactory):
    """A cooperation area, or with `county=True` a county. `members=[…]` adds municipalities."""

    class Meta:
        model = Region
        skip_postgeneration_save = True

    class Params:
        county = factory.Trait(
            kind=RegionKind.COUNTY, code=factory.Sequence(lambda n: f"{n % 1000:03}")
        )

    kind = RegionKind.COOPERATION
    name_fi = factory.Sequence(lambda n: f"Alue {n}")
    slug = factory.Sequence(lambda n: f"alue-{n}")

    @factory.post_generation
    def members(obj: Region, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        for municipality in extracted or []:
            RegionMember.objects.create(region=obj, municipality=municipality)


class OrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation."""

    class Meta:
        model = Organisation

    name_fi = factory.Sequence(lambda n: f"Organisaatio {n}")
    kind = OrganisationKind.OTHER


class ClimateTargetFactory(factory.django.DjangoModelFactory):
    """A municipality's target: carbon neutral in 2030, −80 % from 2007."""

    class Meta:
        model = ClimateTarget

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = TargetKind.CARBON_NEUTRAL
    target_year = 2030
    base_year = 2007
    reduction_percent = 80
