"""The alphabet of Finnish and Swedish names: å, ä, ö come last, in this order."""

from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, Replace

_LAST = {"å": "\U0010fff0", "ä": "\U0010fff1", "ö": "\U0010fff2"}
_TABLE = str.maketrans(_LAST)


def alphabetical(name: str) -> str:
    """A key to sort a name by, the same on every database and system."""
    return name.casefold().translate(_TABLE)


class _Bytewise(Func):
    """An expression compared letter by letter, whatever the database's language: as SQLite does."""

    template = "%(expressions)s"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list]:
        return self.as_sql(
            compiler, connection, template='(%(expressions)s) COLLATE "C"', **context
        )


def alphabetical_in_sql(text: Combinable) -> Combinable:
    """What to `order_by()` where there are too many rows to sort in Python.

    The same order as `alphabetical`, but for capitals with other accents on SQLite (Š, Ž).
    """
    key: Combinable = Lower(text)
    for letter, last in _LAST.items():
        for written in (letter, letter.upper()):
            key = Replace(key, Value(written), Value(last))
    return _Bytewise(key)
