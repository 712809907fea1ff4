"""Two versions of a text, compared word by word, as a reader would mark them on paper."""

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import NamedTuple

AROUND = 8  # unchanged words shown on each side of a change
TOO_MUCH = 4_000_000  # pairs of words, from which on comparing them one by one takes seconds

_BLOCKS = {"p", "br", "li", "h3", "h4", "blockquote", "tr", "table", "ul", "ol"}
_BREAK = "¶"


class Piece(NamedTuple):
    """Some words, and what happened to them: `same`, `added`, `removed` or `left out`."""

    kind: str
    text: str


class _Words(HTMLParser):
    """The words of rich text, with a mark where a paragraph, item or row ends."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address:  # where a link leads is part of what it says
            self.words.append(f"({self.address})")
            self.address = ""
        if tag in {"td", "th"}:
            self.words.append("|")
        self._end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end(tag)

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS and self.words and self.words[-1] != _BREAK:
            self.words.append(_BREAK)


def words(text: str, is_html: bool) -> list[str]:
    """The words of a text in order; ends of paragraphs are a word of their own, “¶”."""
    if not is_html:
        return re.sub(r"\s*\n\s*", f" {_BREAK} ", text.strip()).split()
    reader = _Words()
    reader.feed(text)
    reader.close()
    found = reader.words
    return found[:-1] if found and found[-1] == _BREAK else found


def plain(text: str, is_html: bool) -> str:
    """A text on one line, for where it is not compared."""
    return " ".join(word for word in words(text, is_html) if word != _BREAK)


def _common(first: list[str], second: list[str]) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )


def compare(before: str, after: str, is_html: bool = False) -> list[Piece]:
    """What was removed, added and stayed, in reading order. Empty when no word differs.

    Long stretches that stayed are cut to a few words around each change.
    """
    old, new = words(before, is_html), words(after, is_html)
    if old == new:
        return []
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [("same", old[:start])]
    if len(middle_old) * len(middle_new) > TOO_MUCH:
        pieces += [("removed", middle_old), ("added", middle_new)]
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                pieces.append(("same", middle_old[i1:i2]))
            else:
                pieces += [("removed", middle_old[i1:i2]), ("added", middle_new[j1:j2])]
    pieces.append(("same", old[len(old) - end :] if end else []))
    return list(_shortened([(kind, part) for kind, part in pieces if part]))


def _shortened(pieces: list[tuple[str, list[str]]]) -> list[Piece]:
    found = []
    for number, (kind, part) in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        most = AROUND if first or last else 2 * AROUND
        if kind != "same" or len(part) <= most + 1:
            found.append(Piece(kind, _text(part)))
            continue
        head = [] if first else part[:AROUND]
        tail = [] if last else part[-AROUND:]
        if head:
            found.append(Piece("same", _text(head)))
        found.append(Piece("left out", "…"))
        if tail:
            found.append(Piece("same", _text(tail)))
    return found


def _text(part: list[str]) -> str:
    """Words with line breaks between paragraphs. A break that is all of a change is seen as “¶”."""
    if set(part) == {_BREAK}:
        return _BREAK
    return " ".join(part).replace(f" {_BREAK} ", "\n").replace(_BREAK, "\n")
