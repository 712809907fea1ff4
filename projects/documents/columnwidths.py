"""How wide a table's columns are on paper, so that words stay whole and long texts get the room."""

from projects.documents.blocks import Table, plain

ROOM = 493  # points between the margins of typst/pack.typ
PADDING = 7.5  # points around a cell's text
SIZES = (9, 8.5, 8, 7.5, 7)  # points of type, the largest that fits
LONGEST_WORD = 20  # letters that are kept on one line; hyphenation is for longer ones
USUAL = 36  # letters after which a text may as well go on to the next line
BOLD = 1.07
_WIDTHS = {**dict.fromkeys("iljIftr.,:;!|'()[] ", 0.32), **dict.fromkeys("mwMW%@—", 0.88)}


def column_widths(table: Table) -> tuple[float, list[float]]:
    """The size of type and the columns' widths, both in points; the widths fill the paper.

    Every column gets its longest word; what remains goes where texts are long.
    """
    needs, wishes = zip(*(_needs(table, index) for index in range(len(table.columns))), strict=True)
    padding = PADDING * len(table.columns)
    size = next((size for size in SIZES if sum(needs) * size + padding <= ROOM), SIZES[-1])
    left = max(0.0, ROOM - padding - sum(needs) * size)
    wanted = [max(0.0, (wish - need) * size) for need, wish in zip(needs, wishes, strict=True)]
    share = min(1.0, left / sum(wanted)) if sum(wanted) else 0.0
    return size, [
        round(need * size + PADDING + extra * share, 1)
        for need, extra in zip(needs, wanted, strict=True)
    ]


def _needs(table: Table, index: int) -> tuple[float, float]:
    """The longest word and a usual text of a column, in widths of an em."""
    cells = [
        (plain(row.cells[index]), index == 0 or row.kind == "total")
        for row in table.rows
        if row.kind != "part"
    ]
    words = [
        _width(word[:LONGEST_WORD], bold)
        for text, bold in [(table.columns[index].title, True), *cells]
        for word in text.split()
    ]
    texts = sorted(_width(text[:USUAL], bold) for text, bold in cells)
    need = max(words, default=1.0)
    return need, max(need, texts[len(texts) * 9 // 10] if texts else 0.0)


def _width(text: str, bold: bool) -> float:
    """About what the shipped font takes, in ems: capitals and digits are wider."""
    found = sum(
        _WIDTHS.get(char) or (0.68 if char.isupper() else 0.62 if char.isdigit() else 0.56)
        for char in text
    )
    return found * (BOLD if bold else 1)
