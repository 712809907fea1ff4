"""The demo's emissions are what has been published, each figure once."""

from django.test import Client

from municipalities.models import Emission
from projects.demo.make import make


def test_emissions_are_published_figures_each_once(demo: None, db: None) -> None:
    make()
    rows = Emission.objects.filter(municipality__slug="kuopio")
    assert list(rows.values_list("year", flat=True)) == [1990, *range(2005, 2023)]
    assert not Emission.objects.exclude(source__contains="CC BY 4.0").exists()
    html = Client().get("/kunnat/kuopio/").content.decode()
    assert "Päästöt vähenivät" in html
    assert "217 kt" in html  # a fifth of 2007
    assert "Päästöt vähenivät" in Client().get("/kunnat/vaasa/").content.decode()
