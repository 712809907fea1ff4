"""The small line of an indicator: geometry, labels that do not collide, a drawing for paper."""

import re
from dataclasses import astuple, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import charts, costbars
from projects.charts import BOTTOM, TOP, LineChart, Words, drawing, joint_span, line_chart, span_of
from projects.progress import Reading, Track

START = date(2024, 1, 1)
TRACK = Track(Decimal(0), START, Decimal(100), START + timedelta(days=100))
WORDS = Words("alku", "maali", "nyt", "1.1.2024", "10.4.2024")


def readings(*values: tuple[int, float]) -> list[Reading]:
    return [Reading(START + timedelta(days=day), Decimal(str(value))) for day, value in values]


def drawn(track: Track, *values: tuple[int, float], **more: object) -> LineChart:
    return line_chart(track, readings(*values), WORDS, **more)


def texts(chart: LineChart) -> list[str]:
    return [label.text for label in chart.labels]


def test_the_path_leads_from_base_to_target_and_the_readings_stand_in_time() -> None:
    chart = drawn(TRACK, (25, 50), (50, 20))
    assert astuple(chart.path) == ("0%", str(BOTTOM), "100%", str(TOP))
    assert astuple(chart.goal) == ("100%", str(TOP))
    assert [dot.x for dot in chart.dots] == ["25%", "50%"]
    middle = (TOP + BOTTOM) / 2
    assert [dot.y for dot in chart.dots] == [str(middle).removesuffix(".0"), "78.8"]
    first, second = chart.lines
    assert astuple(first) == ("0%", str(BOTTOM), *astuple(chart.dots[0])), "it begins at the base"
    assert astuple(second) == (*astuple(chart.dots[0]), *astuple(chart.dots[1]))


def test_a_falling_goal_leads_down() -> None:
    chart = drawn(replace(TRACK, base=Decimal(100), target=Decimal(0)), (25, 50))
    assert (chart.path.y1, chart.path.y2) == (str(TOP), str(BOTTOM))


def test_regress_and_over_a_hundred_per_cent_stay_on_the_drawing() -> None:
    chart = drawn(TRACK, (20, -100), (50, 300))
    assert [dot.y for dot in chart.dots] == [str(BOTTOM), str(TOP)]
    assert (chart.path.y1, chart.path.y2) == ("75.5", "59")


def test_readings_before_the_start_and_after_the_target_widen_the_time() -> None:
    chart = drawn(TRACK, (-100, 0), (300, 50))
    assert [dot.x for dot in chart.dots] == ["0%", "100%"]
    assert (chart.path.x1, chart.path.x2) == ("25%", "50%")
    assert len(chart.lines) == 1, "what was measured before the base begins the line"
    assert len(drawn(TRACK, (0, 0), (9, 5)).lines) == 1


@pytest.mark.parametrize(
    "track",
    [
        Track(target=Decimal(100)),
        replace(TRACK, target_day=None),
        replace(TRACK, base_day=None),
        replace(TRACK, base=None),
        replace(TRACK, target_day=START),
    ],
)
def test_a_target_without_a_path_is_a_level_across(track: Track) -> None:
    chart = drawn(track, (0, 0), (10, 50))
    assert astuple(chart.path) == ("0%", str(TOP), "100%", str(TOP))
    assert chart.goal is None
    assert "alku" not in texts(chart), "the base has no place on it"


def test_without_a_target_there_are_only_the_readings() -> None:
    chart = drawn(Track(base=Decimal(5), base_day=START), (10, 1), (20, 2))
    assert (chart.path, chart.goal) == (None, None)
    assert len(chart.dots) == 2
    assert texts(chart) == ["nyt", "1.1.2024", "10.4.2024"]


def test_without_readings_there_is_no_drawing() -> None:
    assert drawn(TRACK) is None


def test_one_reading_on_one_day_stands_in_the_middle() -> None:
    chart = drawn(Track(), (0, 5))
    assert astuple(chart.dots[0]) == ("50%", str((TOP + BOTTOM) // 2))
    assert chart.lines == ()


def test_neighbours_share_the_axis_of_time() -> None:
    late, early = readings((80, 1)), readings((0, 1))
    span = joint_span([span_of(Track(), late), None, span_of(Track(), early)])
    assert span == (START, START + timedelta(days=80))
    first, second = (line_chart(Track(), rows, Words(), span) for rows in (early, late))
    assert (first.dots[0].x, second.dots[0].x) == ("0%", "100%")
    assert joint_span([None]) is None
    assert span_of(Track(), []) is None


def test_texts_stand_clear_of_the_path_and_of_each_other() -> None:
    rising = {label.text: label for label in drawn(TRACK, (50, 20)).labels}
    assert float(rising["alku"].y) > BOTTOM, "under where a rising path begins"
    assert float(rising["maali"].y) < TOP
    assert float(rising["nyt"].y) > 78.8, "the reading is under the path and so is its text"
    assert rising["nyt"].is_last and not rising["maali"].is_last
    falling_track = replace(TRACK, base=Decimal(100), target=Decimal(0))
    falling = {label.text: label for label in drawn(falling_track, (50, 20)).labels}
    assert float(falling["alku"].y) < TOP
    assert float(falling["maali"].y) > BOTTOM
    assert [label.anchor for label in falling.values()] == [
        "middle", "end", "start", "start", "end",
    ]  # fmt: skip


def test_the_newest_value_wins_where_two_texts_would_meet() -> None:
    assert texts(drawn(TRACK, (99, 99))) == ["nyt", "alku", "1.1.2024", "10.4.2024"]
    assert texts(drawn(TRACK, (1, 0))) == ["nyt", "maali", "1.1.2024", "10.4.2024"]


def test_empty_words_are_left_out() -> None:
    assert line_chart(TRACK, readings((50, 20)), Words()).labels == ()


# --- numbers -------------------------------------------------------------------------------------
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
TRACKS = st.builds(
    Track,
    st.one_of(st.none(), st.decimals("-9999999", "9999999", places=3)),
    st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2040, 1, 1))),
    st.one_of(st.none(), st.decimals("-9999999", "9999999", places=3)),
    st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2040, 1, 1))),
)
READINGS = st.lists(
    st.builds(
        Reading,
        st.dates(date(2000, 1, 1), date(2040, 1, 1)),
        st.decimals("-9999999", "9999999", places=3),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row.day,
).map(lambda rows: sorted(rows, key=lambda row: row.day))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(track=TRACKS, rows=READINGS)
def test_everything_is_within_the_drawing_and_readable(track: Track, rows: list[Reading]) -> None:
    words = Words("12 345,678", "98 765,432", "5 555,5", "1.1.2024", "10.4.2024")
    chart = line_chart(track, rows, words)
    strokes = [*chart.lines, *([chart.path] if chart.path else [])]
    spots = [(line.x1, line.y1) for line in strokes] + [(line.x2, line.y2) for line in strokes]
    spots += [astuple(dot) for dot in chart.dots]
    for x, y in spots:
        assert NUMBER.fullmatch(x) and NUMBER.fullmatch(y)
        assert 0 <= float(x.rstrip("%")) <= 100
        assert TOP <= float(y) <= BOTTOM
    for label in chart.labels:
        assert 10 <= float(label.y) <= charts.HEIGHT
    values = [label for label in chart.labels if label.text not in words.last_day + words.first_day]
    assert len({(label.x, label.y) for label in values}) == len(values)
    assert "5 555,5" in texts(chart), "the newest value is always told"


def test_finnish_puts_no_comma_into_a_coordinate() -> None:
    chart = drawn(TRACK, (33, 33.3), (66, 44.4))
    source = "{{ c.path.x2 }} {% for d in c.dots %}{{ d.x }} {{ d.y }} {% endfor %}{{ c.height }}"
    with translation.override("fi"):
        shown = Template(source).render(Context({"c": chart}))
    assert shown == "100% 33% 70.02 66% 62.7 146"


# --- paper ---------------------------------------------------------------------------------------
def test_a_drawing_for_paper_needs_nothing_else() -> None:
    words = replace(WORDS, last='<b>"&')
    chart = line_chart(TRACK, readings((25, 50), (50, 20)), words, pixels=480)
    text = drawing(chart, 'Luvut "1" & <2>', 480)
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    assert root.get("viewBox") == "0 0 480 146"
    assert root.get("aria-label") == 'Luvut "1" & <2>'
    tags = [element.tag.rpartition("}")[2] for element in root]
    assert tags.count("circle") == 3
    assert tags.count("line") == 4
    assert next(element.text for element in root if element.tag.endswith("text")) == '<b>"&'
    assert not re.search(r"class=|style=|%|var\(|currentColor", text)
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(name, 0)) <= 480


def test_a_drawing_is_the_same_each_time() -> None:
    one, two = (drawing(drawn(TRACK, (25, 50), pixels=300), "a", 300) for _ in range(2))
    assert one == two


def test_colours_of_paper_are_those_of_the_light_page() -> None:
    css = (Path(__file__).parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
    light = css[: css.index("@media")]
    names = {"ink": charts.INK, "muted": charts.MUTED, "line": charts.LINE, "done": charts.DONE,
             "now": charts.NOW, "card": charts.PAPER, "late": costbars.OVER}  # fmt: skip
    for name, colour in names.items():
        assert re.search(rf"--{name}: {colour};", light), name
