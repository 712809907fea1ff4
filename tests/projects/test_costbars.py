"""Bars of budgets: alike shares look alike, what goes over has its place, nothing breaks."""

from decimal import Decimal
from xml.etree import ElementTree

from projects.charts import DONE
from projects.costbars import BAR, EDGE, LONGEST, OVER, ROW, WIDTH, BudgetBar, budget_bars
from projects.documents.drawings import drawing_size, safe_drawing

FULL = WIDTH - 2 * EDGE


def bar(budget: str, used: str, name: str = "Hanke") -> BudgetBar:
    return BudgetBar(name, Decimal(budget), Decimal(used), f"{used} / {budget}")


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def rects(svg: str, fill: str) -> list[tuple[float, float]]:
    """Place and width of the bars of a colour."""
    return [
        (float(rect.get("x")), float(rect.get("width")))
        for rect in parsed(svg).iter("{http://www.w3.org/2000/svg}rect")
        if rect.get("fill") == fill and rect.get("height") == str(BAR)
    ]


def texts(svg: str) -> list[str]:
    found = parsed(svg).iter("{http://www.w3.org/2000/svg}text")
    return [text.text for text in found]


def test_the_same_share_of_any_budget_is_as_long() -> None:
    svg = budget_bars([bar("200", "50"), bar("100", "25"), bar("0", "0")], "")
    assert rects(svg, "none") == [(EDGE, FULL), (EDGE, FULL)]
    assert rects(svg, DONE) == [(EDGE, FULL / 4), (EDGE, FULL / 4)]
    assert rects(svg, OVER) == []
    assert texts(svg) == ["Hanke", "50 / 200", "Hanke", "25 / 100"]
    assert drawing_size(safe_drawing(svg)) == (WIDTH, 2 * ROW)


def test_over_the_budget_stands_after_its_end_in_another_colour() -> None:
    svg = budget_bars([bar("100", "150")], "")
    end = round(FULL * 2 / 3, 2)
    assert rects(svg, DONE) == [(EDGE, end)]
    assert rects(svg, OVER) == [(round(EDGE + FULL * 2 / 3, 2), round(FULL / 3, 2))]


def test_many_times_the_budget_goes_to_the_edge_and_leaves_the_others_seen() -> None:
    svg = budget_bars([bar("10", "900"), bar("10", "5")], "")
    third = round(FULL / 3, 2)
    assert rects(svg, "none") == [(EDGE, third), (EDGE, third)]
    assert rects(svg, OVER) == [(round(EDGE + FULL / 3, 2), round(FULL * 2 / 3, 2))]
    assert rects(svg, DONE) == [(EDGE, third), (EDGE, round(FULL / 6, 2))]


def test_less_than_nothing_is_an_empty_bar() -> None:
    assert rects(budget_bars([bar("100", "-5")], ""), DONE) == [(EDGE, 0)]


def test_nothing_to_measure_by_is_no_drawing() -> None:
    assert budget_bars([], "") == ""
    assert budget_bars([bar("0", "0")], "") == ""


def test_names_are_cut_and_cannot_break_the_drawing() -> None:
    svg = budget_bars([bar("1", "1", "<b>" + "A" * 99 + '"&')], 'a"<b>')
    assert texts(svg)[0] == "<b>" + "A" * (LONGEST - 4) + "…"
    assert parsed(svg).get("aria-label") == 'a"<b>'
