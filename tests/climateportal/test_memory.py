"""What a process remembers: for one version, until the day or a moment is over, never too much."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from climateportal import memory
from climateportal.memory import MOST_PAGES_READ, Shelf, read_once, remembered
from climateportal.models import Notice
from tests.factories import ThemeFactory

HELSINKI = ZoneInfo("Europe/Helsinki")
NOON = datetime(2026, 5, 4, 12, tzinfo=HELSINKI)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Counter:
    """Makes a value and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


def test_a_value_is_made_once_for_each_state_of_the_content() -> None:
    make = Counter()
    assert [remembered("a", make), remembered("a", make)] == [1, 1]
    assert remembered("b", make) == 2
    ThemeFactory()
    assert remembered("a", make) == 3


def test_of_large_pages_the_latest_few_are_kept() -> None:
    make = Counter()
    assert [read_once("a", make), read_once("a", make)] == [1, 1]
    for number in range(MOST_PAGES_READ):
        read_once(number, Counter())
    assert read_once("a", make) == 2
    ThemeFactory()
    assert read_once("a", make) == 3


def test_the_version_is_asked_each_time_and_once_in_a_request() -> None:
    make = Counter()
    remembered("a", make)
    with CaptureQueriesContext(connection) as queries:
        remembered("a", make)
        remembered("a", make)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries, memory.asked_once():
        remembered("a", make)
        remembered("a", make)
    assert len(queries) == 1
    assert make.made == 1


def test_nothing_is_remembered_of_a_transaction() -> None:
    make = Counter()
    remembered("a", make)
    with transaction.atomic():
        ThemeFactory()
        assert remembered("a", make) == 2
        assert remembered("a", make) == 3
        transaction.set_rollback(True)
    assert remembered("a", make) == 1  # what was undone was never so


def test_a_day_ends_in_helsinki(clock: time_machine.Traveller) -> None:
    make = Counter()
    remembered("a", make)
    clock.move_to(datetime(2026, 5, 4, 23, 59, 59, tzinfo=HELSINKI))
    assert remembered("a", make) == 1
    clock.move_to(datetime(2026, 5, 5, tzinfo=HELSINKI))
    assert remembered("a", make) == 2


def test_a_day_of_25_hours_ends_at_its_own_midnight(clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 10, 25, 0, 30, tzinfo=HELSINKI))
    make = Counter()
    remembered("a", make)
    clock.move_to(datetime(2026, 10, 25, 23, 59, tzinfo=HELSINKI))
    assert remembered("a", make) == 1
    clock.move_to(datetime(2026, 10, 26, tzinfo=HELSINKI))
    assert remembered("a", make) == 2


def test_what_begins_or_ends_by_itself_is_seen_at_its_moment(
    clock: time_machine.Traveller,
) -> None:
    hour = timedelta(hours=1)
    Notice.objects.create(text_fi="Katko", starts_at=NOON + hour, ends_at=NOON + 2 * hour)
    make = Counter()
    seen = []
    for minutes in (0, 59, 60, 119, 120, 121):
        clock.move_to(NOON + timedelta(minutes=minutes))
        seen.append(remembered("a", make))
    assert seen == [1, 1, 2, 2, 3, 3]


def test_a_clock_set_back_forgets(clock: time_machine.Traveller) -> None:
    make = Counter()
    remembered("a", make)
    clock.move_to(NOON - timedelta(days=1))
    assert remembered("a", make) == 2


def test_without_a_version_nothing_is_remembered() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM climateportal_contentversion")
    assert memory.current() is None
    make = Counter()
    assert [remembered("a", make), remembered("a", make)] == [1, 2]


def test_a_shelf_drops_what_was_not_used_for_longest() -> None:
    shelf: Shelf[str] = Shelf(10, len)
    for name in ("one", "two", "three"):
        shelf.put(name, name)
    assert shelf.get("one") is None
    shelf.get("two")
    shelf.put("four", "four")
    assert (shelf.get("two"), shelf.get("three"), shelf.get("four")) == ("two", None, "four")
    shelf.put("two", "2")
    shelf.put("large", "larger than it all")
    assert len(shelf) == 0
    shelf.put("five", "five")
    assert shelf.get("five") == "five"
