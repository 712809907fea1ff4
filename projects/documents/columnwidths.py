"""How wide a table's columns are on paper: words stay whole, and long texts get the room.

Everything is measured in the font of the PDF. Heads of columns with numbers are turned upwards
where a table is too wide otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from projects.documents.blocks import Table, plain
from projects.documents.tables import groups

ROOM = 493  # points between the margins of typst/pack.typ
PADDING = 8  # points around a cell's text, in typst/pack.typ too
LINE = 1.25  # of the size of type, a line of a turned head
SIZES = (9, 8.5, 8)  # points of type, the largest that fits
SMALL = (7.5, 7)  # before words are broken
KEPT = (30, 20, 14, 1)  # letters of a word that stay on one line, more where there is room
MOST_LINES = 6  # of a usual text, for which columns are made wide enough
RAGGED = 1.1  # lines end with words, not where they are full
WHOLE = 16  # letters of a text that stays on one line among numbers
FULL = 0.6  # of the paper's width that a small table takes; others take all
LONGEST = 200  # letters of a cell that are measured
DIGIT = 0.65  # of an em: figures in tables are all as wide
_FONTS = {bold: f"Inter-{name}.ttf" for bold, name in ((False, "Regular"), (True, "SemiBold"))}
_UNITS = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """A table on paper, in points. `broken` says in which columns a word does not fit."""

    size: float
    widths: tuple[float, ...]
    broken: tuple[bool, ...]
    turned: float = 0  # the height of heads that are turned, 0 when none is


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column needs, in ems."""

    words: tuple[tuple[int, float], ...]  # letters and width of the words in its cells
    title: tuple[tuple[int, float], ...]
    usual: float  # a usual text on one line
    numeric: bool

    def need(self, kept: int, lines: int) -> float:
        """The longest of what stays on one line; the title turned into so many `lines`, or not."""
        title = ((0, lines * LINE),) if lines else self.title
        return max(
            (wide * min(1, kept / max(long, 1)) for long, wide in (*self.words, *title)),
            default=1,
        )


def table_layout(table: Table) -> Layout:
    """The largest type in which every word is whole, and widths that fill no more than the paper.

    Columns with numbers are as narrow as they can be; what remains goes where texts are long.
    """
    columns = [_column(table, index) for index in range(len(table.columns))]
    turned = _turned_height(columns)
    tries = [(KEPT[0], SIZES, False), (KEPT[0], SIZES, True), (KEPT[0], SMALL, False)]
    tries += [(kept, SMALL, bool(turned)) for kept in KEPT]
    for kept, sizes, turns in tries:
        for size in sizes if turned or not turns else ():
            needs = _with_groups(table, [
                column.need(kept, _lines(column, turned) if turns and column.numeric else 0)
                for column in columns
            ])  # fmt: skip
            if sum(needs) * size + PADDING * len(columns) <= ROOM:
                return _filled(columns, needs, size, turned * size if turns else 0)
    share = (ROOM - PADDING * len(columns)) / sum(needs) / size
    return _filled(columns, [need * share for need in needs], size, turned * size if turns else 0)


def _filled(columns: list[_Column], needs: list[float], size: float, turned: float) -> Layout:
    """Columns at their needs, widened by what is left of the paper."""
    room = ROOM - PADDING * len(columns)
    usual = [
        row.usual if turned and row.numeric else max(row.usual, _length(row.title))
        for row in columns
    ]
    widths = _widened([need * size for need in needs], [text * size for text in usual], room)
    used = sum(widths)
    small = ROOM * FULL - PADDING * len(columns)
    gap = max(0.0, (room if used > small else small) - used) / len(widths)
    return Layout(
        size,
        tuple(round(width + PADDING + gap + 0.005, 2) for width in widths),
        tuple(
            column.need(10**6, 1 if turned and column.numeric else 0) > need + 0.01
            for column, need in zip(columns, needs, strict=True)
        ),
        round(turned, 1),
    )


def _widened(needs: list[float], usual: list[float], room: float) -> list[float]:
    """Widths in which usual texts of all columns take as few lines as fit, at most `MOST_LINES`.

    What is left makes texts a line shorter, first where that takes the least; the rest is shared.
    """

    def wished(lines: int) -> list[float]:
        return [
            max(need, text * (1 if lines == 1 else RAGGED / lines))
            for need, text in zip(needs, usual, strict=True)
        ]

    fitting = (lines for lines in range(1, MOST_LINES + 1) if sum(wished(lines)) <= room)
    lines = next(fitting, 0)
    widths = wished(lines) if lines else list(needs)
    for less in range((lines or MOST_LINES + 1) - 1, 0, -1):
        more = [wish - width for wish, width in zip(wished(less), widths, strict=True)]
        for index in sorted(range(len(more)), key=more.__getitem__):
            if 0 < more[index] <= room - sum(widths):
                widths[index] += more[index]
    wanted = [max(0.0, text - width) for text, width in zip(usual, widths, strict=True)]
    share = min(1.0, max(0.0, room - sum(widths)) / sum(wanted)) if sum(wanted) else 0.0
    return [width + more * share for width, more in zip(widths, wanted, strict=True)]


def _with_groups(table: Table, needs: list[float]) -> list[float]:
    """Columns under a common heading are together as wide as its longest word."""
    found = list(needs)
    for group in groups(table):
        own = range(group.first, group.first + group.width)
        word = max((wide for _long, wide in _words(group.title, bold=True)), default=0)
        missing = max(0.0, word - sum(found[index] for index in own)) / group.width
        for index in own:
            found[index] += missing
    return found


def _turned_height(columns: list[_Column]) -> float:
    """How high heads are when turned, in ems: the longest word, or half of the longest title.

    0 for a table with few numbers, whose heads never turn.
    """
    titles = [column.title for column in columns if column.numeric]
    if len(titles) < 4:
        return 0.0
    words = [wide for title in titles for _long, wide in title]
    return max(*words, *(_length(title) / 2 for title in titles)) + 0.3


def _lines(column: _Column, height: float) -> int:
    """Lines of a turned title, word by word."""
    lines, room = 1, height
    for _long, wide in column.title:
        if wide > room and room < height:
            lines, room = lines + 1, height
        room -= wide + 0.3
    return lines


def _length(title: tuple[tuple[int, float], ...]) -> float:
    return sum(wide for _long, wide in title) + 0.3 * (len(title) - 1)


def _column(table: Table, index: int) -> _Column:
    cells = [
        (plain(row.cells[index]), index == 0 or row.kind == "total")
        for row in table.rows
        if row.kind != "part"
    ]
    column = table.columns[index]
    texts = sorted(_width(text[:LONGEST], bold) for text, bold in cells)
    usual = texts[len(texts) * 9 // 10] if texts else 0.0
    return _Column(
        words=tuple({word for text, bold in cells for word in _words(text, bold, column.numeric)}),
        title=tuple(_words(column.title, bold=True)),
        usual=usual,
        numeric=column.numeric,
    )


def _words(text: str, bold: bool, numeric: bool = False) -> Iterator[tuple[int, float]]:
    """Letters and width of what stays on one line; a line may end after a hyphen.

    A short text among numbers stays whole: “not reported”.
    """
    if numeric and len(text) <= WHOLE:
        text = text.replace(" ", "\xa0")
    for word in text.replace("-", "- ").split(" "):
        if word:
            yield len(word), _width(word, bold)


def _width(text: str, bold: bool) -> float:
    return sum(_letter(char, bold) for char in text)


@lru_cache(maxsize=4096)
def _letter(char: str, bold: bool) -> float:
    """The width of a letter in ems."""
    return DIGIT if char.isdigit() else _font(bold).getlength(char) / _UNITS


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    path = Path(__file__).parent / "typst" / _FONTS[bold]
    return ImageFont.truetype(path, _UNITS, layout_engine=ImageFont.Layout.BASIC)
