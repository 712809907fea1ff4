"""Two versions of a text, word by word."""

import random

import pytest

from climateportal.admin.history.worddiff import Piece, compare, plain, words


def _kinds(before: str, after: str) -> list[tuple[str, str]]:
    return [tuple(piece) for piece in compare(before, after, is_html=True)]


def test_a_changed_word_is_marked_among_those_that_stay() -> None:
    assert _kinds("<p>Kunta säästää energiaa.</p>", "<p>Kunta säästää paljon energiaa.</p>") == [
        ("same", "Kunta säästää"), ("added", "paljon"), ("same", "energiaa."),
    ]  # fmt: skip


def test_a_replaced_word_is_removed_and_added() -> None:
    assert compare("Hanke on myöhässä", "Hanke on valmis") == [
        Piece("same", "Hanke on"), Piece("removed", "myöhässä"), Piece("added", "valmis"),
    ]  # fmt: skip


def test_bold_alone_changes_no_word() -> None:
    assert compare("<p>Kunta</p>", "<p><strong>Kunta</strong></p>", is_html=True) == []


def test_where_a_link_leads_is_a_word() -> None:
    before, after = '<p><a href="https://a.fi/">linkki</a></p>', "<p>linkki</p>"
    assert ("removed", "(https://a.fi/)") in _kinds(before, after)


def test_a_new_paragraph_is_seen() -> None:
    assert _kinds("<p>Yksi kaksi</p>", "<p>Yksi</p><p>kaksi</p>") == [
        ("same", "Yksi"), ("added", "¶"), ("same", "kaksi"),
    ]  # fmt: skip


def test_long_stretches_that_stay_are_cut() -> None:
    long = " ".join(f"sana{n}" for n in range(200))
    pieces = compare(f"{long} vanha {long}", f"{long} uusi {long}")
    assert [piece.kind for piece in pieces] == [
        "left out", "same", "removed", "added", "same", "left out",
    ]  # fmt: skip
    assert max(len(piece.text.split()) for piece in pieces) == 8


def test_a_huge_text_is_compared_at_once() -> None:
    """Two texts of ten thousand different words each: as one replacement, not in minutes."""
    first = " ".join(f"a{n}" for n in range(10_000))
    second = " ".join(f"b{n}" for n in range(10_000))
    assert [piece.kind for piece in compare(first, second)] == ["removed", "added"]


@pytest.mark.parametrize("seed", range(30))
def test_what_stays_and_what_is_removed_make_the_old_text(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    old = [dice.choice("aabc") for _ in range(dice.randrange(8))]
    new = [dice.choice("abcd") for _ in range(dice.randrange(8))]
    pieces = compare(" ".join(old), " ".join(new))
    if old == new:
        assert pieces == []
        return
    for kind, text in (("removed", old), ("added", new)):
        kept = [piece.text for piece in pieces if piece.kind in ("same", kind)]
        assert " ".join(kept).split() == text


def test_tables_and_entities_are_text() -> None:
    html = "<table><tbody><tr><td>1 &amp; 2</td><td>kolme</td></tr></tbody></table>"
    assert plain(html, is_html=True) == "1 & 2 | kolme |"
    assert words("", is_html=True) == []
