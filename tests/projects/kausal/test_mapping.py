"""Phases, statuses and long texts in the portal's words; who changed what since."""

from typing import Any

import pytest

from projects.enums import Activity, ScheduleStatus, Stage
from projects.kausal.fetch import read
from projects.kausal.mapping import project_values, shortened, stage_of
from projects.kausal.merging import merge
from projects.kausal.shapes import Action
from tests.projects.kausal.plans import LONG, answer


def first(**values: Any) -> Action:
    return read(answer(**values)).actions[0]


PHASE = {"id": "8", "identifier": "8", "name": "Odottaa päätöstä"}


def test_a_phase_with_a_counterpart_has_its_stage() -> None:
    assert stage_of(first(), {}) == Stage.IMPLEMENTATION


def test_an_unknown_phase_is_not_guessed() -> None:
    assert stage_of(first(implementationPhase=PHASE), {}) is None
    given = {"odottaa päätöstä": Stage.IDEA}
    assert stage_of(first(implementationPhase=PHASE), given) == Stage.IDEA


def test_no_phase_is_not_guessed_either() -> None:
    action = first(implementationPhase=None)
    assert stage_of(action, {}) is None
    assert stage_of(action, {"-": Stage.PLANNING}) == Stage.PLANNING
    done = first(implementationPhase=None, status={"id": "3", "identifier": "completed"})
    assert stage_of(done, {}) == Stage.COMPLETED


def test_a_late_action_with_a_reason_states_its_status() -> None:
    values = project_values(first(), Stage.IMPLEMENTATION, "fi")
    assert values["stated_status"] == ScheduleStatus.LATE
    assert values["stated_reason_fi"] == "Laitos myöhästyi."


def test_without_a_reason_the_status_follows_from_the_dates() -> None:
    values = project_values(first(manualStatusReason=""), Stage.IMPLEMENTATION, "fi")
    assert (values["stated_status"], values["stated_reason_fi"]) == ("", "")


def test_a_cancelled_action_says_that_no_reason_is_known() -> None:
    action = read(answer()).actions[1]
    values = project_values(action, Stage.DECIDED, "fi")
    assert values["activity"] == Activity.CANCELLED
    assert values["activity_reason_fi"] == "Lähteessä ei kerrota syytä."


def test_a_long_name_is_cut_and_told_in_full_in_the_description() -> None:
    values = project_values(read(answer()).actions[1], Stage.DECIDED, "fi")
    assert len(values["title_fi"]) <= 140
    assert values["title_fi"].endswith("…")
    assert values["description_fi"].startswith(f"<p>{LONG.strip()}</p>")


def test_texts_are_sanitised() -> None:
    values = project_values(first(), Stage.IDEA, "fi")
    assert values["title_fi"] == "Lämmitysverkko vähäpäästöiseksi"
    assert "script" not in values["description_fi"]
    assert "<blockquote><p>Kaukolämpö" in values["description_fi"]


def test_short_words_stay_whole() -> None:
    assert shortened("kolme sanaa tässä", 17) == "kolme sanaa tässä"
    assert shortened("kolme sanaa tässä", 14) == "kolme sanaa…"


@pytest.mark.parametrize(
    ("here", "last", "there", "take", "kept"),
    [
        ("a", "a", "a", {}, ()),
        ("a", "a", "b", {"x": "b"}, ()),  # changed there
        ("b", "a", "a", {}, ()),  # changed here
        ("b", "a", "b", {}, ()),  # changed to the same
        ("b", "a", "c", {}, ("x",)),  # changed on both sides
        ("", "a", "c", {}, ("x",)),  # emptied here
        ("a", "a", "", {"x": ""}, ()),  # emptied there
        ("", None, "b", {"x": "b"}, ()),  # never taken over, empty here
        ("a", None, "b", {}, ("x",)),  # never taken over, written here
    ],
)
def test_merging(here: str, last: str | None, there: str, take: dict, kept: tuple) -> None:
    found = merge({"x": here}, {} if last is None else {"x": last}, {"x": there})
    assert (found.take, found.kept) == (take, kept)
