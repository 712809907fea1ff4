"""Pages of the demo, which are fuller than most real ones, within the budget of bytes."""

import re

import pytest
from django.test import Client

from tests.public_pages import addresses
from tests.test_budgets import LONG_LIST, ONE_ROUND_TRIP, weight

pytestmark = [pytest.mark.usefixtures("demo", "db"), pytest.mark.any_database]
# lists of all municipalities, and what a group reads as a document
LONG = re.compile(r"^/(sv/kommuner|kunnat)/$|/(raportti|rapport)/$|/(kokoukset|moten)/\d")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_page_comes_in_one_round_trip(client: Client, language: str) -> None:
    weights = {path: weight(client, path) for path in addresses((language,))}
    assert len(weights) > 60
    over = {
        path: size
        for path, size in weights.items()
        if size > (LONG_LIST if LONG.search(path) else ONE_ROUND_TRIP)
    }
    assert not over
