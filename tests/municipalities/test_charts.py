"""Geometry of the emission chart and of the tile map: pure numbers."""

import itertools

import pytest

from municipalities.charts import BASE, TALLEST, emission_chart
from municipalities.tilemap import TILES, tile_map


def test_bars_stand_where_their_years_are_in_time() -> None:
    """1990 and 2005 are fifteen years apart on the page too."""
    chart = emission_chart([(1990, 100.0), (2005, 50.0), (2006, 0.0)])
    first, second, third = chart.bars
    width = second.x - first.x
    assert width == pytest.approx(15 * (third.x - second.x))
    heights = [bar.height for bar in chart.bars]
    assert heights == pytest.approx([TALLEST, TALLEST / 2, 0])
    assert all(bar.y + bar.height == pytest.approx(BASE) for bar in chart.bars)
    assert first.x >= 0 and third.x + third.width <= 100
    assert [bar.is_last for bar in chart.bars] == [False, False, True]
    assert chart.path is None


def test_the_goal_lies_after_the_last_year() -> None:
    chart = emission_chart([(2020, 80.0), (2021, 60.0)], goal=(2030, 40.0))
    assert chart.path.x2 > chart.path.x1 > chart.bars[-1].x
    assert (chart.path.y1, chart.path.y2) == pytest.approx((chart.bars[-1].y, BASE - TALLEST / 2))
    assert chart.labels[-1].text == "2030"


def test_a_goal_in_the_past_is_not_drawn() -> None:
    assert emission_chart([(2020, 80.0), (2021, 60.0)], goal=(2021, 40.0)).path is None


def test_a_goal_above_every_bar_still_fits() -> None:
    chart = emission_chart([(2020, 10.0)], goal=(2030, 20.0))
    assert chart.path.y2 == pytest.approx(BASE - TALLEST)


@pytest.mark.parametrize("values", [[(2020, 0.0)], [(2020, 0.0), (2021, 0.0)], [(2020, 5.0)]])
def test_little_data_is_drawn_too(values: list[tuple[int, float]]) -> None:
    chart = emission_chart(values)
    assert len(chart.bars) == len(values)
    assert all(bar.height >= 0 for bar in chart.bars)
    assert chart.labels


@pytest.mark.parametrize("span", [1, 5, 12, 33, 60])
def test_year_labels_keep_their_distance(span: int) -> None:
    """Four digits need about a tenth of the width of a phone."""
    chart = emission_chart([(year, 1.0) for year in range(1990, 1990 + span)], goal=(2052, 0.5))
    places = [label.x for label in chart.labels]
    assert places == sorted(places)
    assert all(after - before > 10 for before, after in itertools.pairwise(places))
    assert (chart.labels[0].text, chart.labels[-1].text) == ("1990", "2052")


def test_the_map_has_a_place_of_its_own_for_each_county() -> None:
    assert len(TILES) == 19
    assert len({(column, row) for column, row, *_names in TILES.values()}) == 19
    for language in (2, 3):
        assert len({tile[language] for tile in TILES.values()}) == 19


def test_shades_follow_the_legend() -> None:
    drawn = tile_map({"01": 0, "02": 4, "04": 5, "06": 47}, "fi")
    assert {tile.code: tile.shade for tile in drawn.tiles} == {"01": 0, "02": 1, "04": 1, "06": 4}
    assert [(shade.first, shade.last) for shade in drawn.legend] == [
        (1, 9),
        (10, 19),
        (20, 39),
        (40, None),
    ]


@pytest.mark.parametrize("largest", [0, 1, 4, 9, 10, 39, 40, 199, 5000])
def test_every_legend_begins_with_one(largest: int) -> None:
    legend = tile_map({"01": largest}, "fi").legend
    assert legend[0].first == 1
    assert all(shade.last is None or shade.last >= shade.first for shade in legend)


def test_abbreviations_speak_the_pages_language() -> None:
    assert tile_map({"01": 1}, "fi").tiles[0].abbreviation == "UUS"
    assert tile_map({"01": 1}, "sv").tiles[0].abbreviation == "NYL"


def test_a_county_that_the_map_does_not_know_is_left_out() -> None:
    assert tile_map({"99": 3}, "fi").tiles == ()
