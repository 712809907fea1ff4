"""Sheets as files: the rows of a list, and the template for a new one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from climateportal.sheetfiles import csvtext, workbooks
from climateportal.sheetfiles.tables import Value
from climateportal.translated import LANGUAGES
from projects.sheets.books import Books
from projects.sheets.cells import CLEAR, EXAMPLE, UNCHANGED
from projects.sheets.columns import Column
from projects.sheets.kinds import Kind

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"xlsx": XLSX, "csv": CSV}
AT_ONCE = 1000


def _words_title() -> str:
    return _("Words")


def is_our_sheet(title: str) -> bool:
    """Whether a sheet is the one of words that our own workbooks have."""
    names = set()
    for language in LANGUAGES:
        with override(language):
            names.add(_words_title())
    return title in names


def export(kind: Kind, rows: QuerySet, user: Any, form: str) -> bytes:
    """The rows as a file. Whoever calls has left only those that the user may see."""
    books = Books(user)
    table = [
        [_value(column, obj, books, form) for column in kind.columns]
        for obj in _fetched(kind, rows, books)
    ]
    return _file(kind, table, form, more=())


def _fetched(kind: Kind, rows: QuerySet, books: Books) -> Iterable[Any]:
    """The rows in order. Their keys are read first: SQLite parses only so many queries in one."""
    keys = list(dict.fromkeys(rows.order_by(*kind.order).values_list("pk", flat=True)))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        found = {obj.pk: obj for obj in kind.rows().filter(pk__in=some)}
        for pk in some:
            if pk in found:
                books.within = kind.project_of(found[pk])
                yield found[pk]


def _value(column: Column, obj: Any, books: Books, form: str) -> Value:
    value = column.stored(obj)
    if form == "csv" and not column.is_number:
        return column.text(value, books)
    written = column.written(value, books)
    too_long = isinstance(written, str) and len(written) > workbooks.LONGEST
    return str(UNCHANGED) if too_long else written


def _file(
    kind: Kind, table: list[list[Value]], form: str, more: Sequence[tuple[str, list[list[Value]]]]
) -> bytes:
    headings = [column.heading() for column in kind.columns]
    if form == "csv":
        return csvtext.write(headings, table)
    return workbooks.write(headings, table, title=str(kind.title), more=more)


def template(kind: Kind, form: str) -> bytes:
    """Headings, a row that shows how to fill them in, and a sheet of the words that are known."""
    example: list[Value] = [str(EXAMPLE), *(str(column.example) for column in kind.columns[1:])]
    return _file(kind, [example], form, more=[(_words_title(), _words(kind))])


def _words(kind: Kind) -> list[list[Value]]:
    table: list[list[Value]] = [[_("Column"), _("What to write"), _("Words or form"), _("Needed")]]
    for column in kind.columns:
        needed = _("in a new row") if column.required else ""
        table.append([column.heading(), str(column.hint), column.words(), needed])
    rules = (
        _("An empty cell changes nothing."),
        _("Write “%(mark)s” in a cell to empty what is stored.") % {"mark": CLEAR},
        _("A row that is left out stays as it is: an import deletes nothing."),
        _("The row marked “%(mark)s” is not read.") % {"mark": EXAMPLE},
    )
    return [*table, [""], *([rule] for rule in rules)]
