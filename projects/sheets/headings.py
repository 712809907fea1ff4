"""Headings of a file: which column each one names, in any language, and what is near the others."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import override

from climateportal.sheetfiles.tables import Line
from climateportal.translated import LANGUAGES
from projects.sheets.cells import folded
from projects.sheets.columns import Column
from projects.sheets.kinds import Kind

SEARCHED = 10  # rows, among which the headings are looked for: a title may stand above them
NEAR = 0.6  # how alike a guess must be, of 1
LEFT_OUT = "-"


@dataclass(frozen=True)
class Heading:
    """One heading of a file. `column` is "" when the editor has to say what it is.

    `guess` is the column whose heading is near; `repeats` tells that another cell has named the
    same column already.
    """

    index: int
    text: str
    column: str = ""
    guess: str = ""
    repeats: bool = False


def fold_heading(text: str) -> str:
    """“Kustannusosuus (%)” → kustannusosuus prosentti."""
    return folded(text.replace("€", " eur ").replace("%", " prosentti "))


def _forms(column: Column) -> tuple[set[str], set[str]]:
    """How a heading may be written: the sure forms, and those that give way to other columns'."""
    sure, weak = {folded(column.name.replace("_", " ")), folded(column.name)}, set()
    for language in LANGUAGES:
        with override(language):
            names = [str(column.label), *column.also.split(",")]
            sure.add(fold_heading(column.heading()))
        for name in filter(None, map(fold_heading, names)):
            if column.language:
                sure.update(f"{name} {word}" for word in _words_for(column.language))
            if column.language in ("", "fi"):
                weak.add(name)
                weak.add(name.removesuffix(" eur"))
    return sure, weak


def _words_for(language: str) -> set[str]:
    words = {
        "fi": "fi suomi suomeksi suomenkielinen finska finnish",
        "sv": "sv ruotsi ruotsiksi ruotsinkielinen svenska på_svenska swedish",
        "en": "en englanti englanniksi englanninkielinen engelska english",
    }
    return {word.replace("_", " ") for word in words[language].split()}


@cache
def known_headings(kind: Kind) -> Mapping[str, str]:
    """Every heading of a kind, folded → the name of its column."""
    found: dict[str, str] = {}
    forms = [(column.name, *_forms(column)) for column in kind.columns]
    for name, sure, _weak in forms:
        found.update(dict.fromkeys(sure, name))
    claims: dict[str, set[str]] = {}
    for name, _sure, weak in forms:
        for form in weak:
            claims.setdefault(form, set()).add(name)
    for form, names in claims.items():
        if len(names) == 1:
            found.setdefault(form, next(iter(names)))
    return found


def top_row(lines: Sequence[Line], kind: Kind) -> int:
    """Which of the lines has the headings: the first in which two are known, else the first."""
    known = known_headings(kind)
    for index, line in enumerate(lines[:SEARCHED]):
        if sum(fold_heading(cell) in known for cell in line.cells if cell) >= 2:
            return index
    return 0


def read_headings(cells: Sequence[str], kind: Kind) -> list[Heading]:
    """The headings of a file, without cells that are blank."""
    known = known_headings(kind)
    used = {known.get(fold_heading(cell)) for cell in cells}
    found: list[Heading] = []
    taken: set[str] = set()
    for index, text in enumerate(cells):
        if not text:
            continue
        word = fold_heading(text)
        guess = ""
        if word not in known:
            free = [form for form, name in known.items() if name not in used]
            near = difflib.get_close_matches(word, free, n=1, cutoff=NEAR)
            guess = known[near[0]] if near else ""
        name = known.get(word, "")
        found.append(Heading(index, text, "" if name in taken else name, guess, name in taken))
        taken |= {name} - {""}
    return found
