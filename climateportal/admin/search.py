"""Search in lists of the admin that finds Ähtäri by “ähtäri” on both databases."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

LONGEST_SEARCH = 200  # characters
MOST_WORDS = 8


def is_key(value: str | None) -> bool:
    """Whether a value from an address can be a primary key: digits, and not too many."""
    return bool(value) and value.isascii() and value.isdecimal() and len(value) < 19


def _variants(word: str) -> set[str]:
    """SQLite folds only A–Z, so the ways another word is usually written are all tried."""
    if word.isascii():
        return {word}
    return {word, word.lower(), word.capitalize(), word.title(), word.upper()}


def matching_q(fields: Iterable[str], text: str) -> Q:
    """Rows in which every word of `text` is found. Fields as in `ModelAdmin.search_fields`:
    `^name` must begin with the word, `=code` equal it, others contain it.
    """
    condition = Q()
    for word in islice(smart_split(text[:LONGEST_SEARCH]), MOST_WORDS):
        if word.startswith(('"', "'")) and word[0] == word[-1] and len(word) > 1:
            word = unescape_string_literal(word)
        found = Q()
        for field in fields:
            lookup, name = {"^": "istartswith", "=": "iexact"}.get(field[0]), field.lstrip("^=")
            for variant in _variants(word):
                found |= Q(**{f"{name}__{lookup or 'icontains'}": variant})
        condition &= found
    return condition
