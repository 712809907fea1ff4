"""What people call a place, in any language and Finnish case, and which places a text names. Pure.

Letters are compared without their dots and rings, so “palkaneella” is Pälkäneellä too.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

Place = TypeVar("Place")
# codes of municipalities that are islands: one is “på Föglö” and “i Pälkäne” in Swedish
ISLANDS = frozenset(["035", "043", "062", "072", "295", "318", "322", "766", "941"])
SHORTEST_BEGINNING = 3  # letters of a name that is not yet whole
MOST_WORDS = 5  # words that one name may have in a text
_BODY = re.compile(r" (kunta|kunnan|kaupunki|kaupungin|kommuns?|stads?)$")
# after the genitive without its n: Pälkänee-ssä, Akaa-sta, Helsingi-ksi, Ii-hin
_CASES = frozenset(
    ["n", "ssa", "sta", "lla", "lta", "lle", "ksi", "na", "tta", "han", "hen", "hin", "hon", "hun",
     "seen", "an", "en", "in", "on", "un"]
)  # fmt: skip
# after the name itself: Helsinki-ä, Pälkäne-ttä, Helsinki-in; Swedish and English genitives
_ENDINGS = frozenset(["a", "ta", "tta", "na", "n", "in", "on", "un", "s"])


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, without accents, words parted by one space: “Etelä-Savo” is “etela savo”."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain))


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that one place is called, folded."""

    names: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()  # of the Finnish cases

    @classmethod
    def of(cls, names: Iterable[str], genitive: str = "", forms: Iterable[str] = ()) -> "Names":
        """`names` in every language; the Finnish `genitive`; other words that mean the place."""
        stem = fold(genitive)
        return cls(
            names=frozenset(fold(name) for name in names if name),
            forms=frozenset(fold(form) for form in forms if form),
            stems=frozenset([stem[:-1]] if stem.endswith("n") else []),
        )

    def __or__(self, other: "Names") -> "Names":
        return Names(self.names | other.names, self.forms | other.forms, self.stems | other.stems)

    def mean(self, text: str) -> bool:
        """Whether a folded text is a name of the place in some case."""
        if text in self.names or text in self.forms:
            return True
        bases = ((self.stems, _CASES), (self.names, _ENDINGS))
        return any(
            text.startswith(base) and text[len(base) :].lstrip() in endings
            for some, endings in bases
            for base in some
        )

    def begin_with(self, text: str) -> bool:
        """Whether a word of one of the names begins with a folded text."""
        return any(f" {text}" in f" {name}" for name in self.names)


NO_NAMES = Names()


def meant(query: str, places: Sequence[tuple[Place, Names]]) -> list[Place]:
    """The places that the whole query names: “Pälkäneen kunta”, “akaassa”, “635”."""
    text = fold(query)
    for wanted in dict.fromkeys((text, _BODY.sub("", text))):
        if found := [place for place, names in places if names.mean(wanted)]:
            return found
    return []


def named(query: str, places: Sequence[tuple[Place, Names]]) -> list[Place]:
    """The places to offer for a query, in the order of `places`.

    Those that it names; else those named in it, the longest names first (“Etelä-Savon bussit”);
    else those whose names begin with it.
    """
    if found := meant(query, places):
        return found
    words = fold(query).split()
    for length in range(min(len(words) - 1, MOST_WORDS), 0, -1):
        parts = {
            " ".join(words[start : start + length]) for start in range(len(words) - length + 1)
        }
        if found := [place for place, names in places if any(map(names.mean, parts))]:
            return found
    text = " ".join(words)
    if len(text) < SHORTEST_BEGINNING:
        return []
    return [place for place, names in places if names.begin_with(text)]
