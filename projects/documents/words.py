"""The few words that renderers add to a document, in the document's own language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext


def labels(lang: str) -> dict[str, str]:
    """Words around a document's own texts, by what they are for."""
    with override(lang):
        return {
            "note": pgettext("document", "Note"),
            "warning": pgettext("document", "Attention"),
            "drawing": _("Drawing"),
            "untitled": _("Untitled document"),
            "unknown": _("not reported"),
            "table": _("Table"),
            "sheet": _("on a sheet of its own"),
            "zeros": _("zeros are not listed"),
        }


def left_out(lang: str, *, rows: int = 0, columns: int = 0, elsewhere: bool = False) -> str:
    """What a table lacks, as a sentence; `elsewhere` when the page shows all of it."""
    number = rows or columns
    with override(lang):
        if rows and elsewhere:
            text = ngettext("%(n)s more row on the page", "%(n)s more rows on the page", rows)
        elif rows:
            text = ngettext("%(n)s more row is not shown", "%(n)s more rows are not shown", rows)
        else:
            text = ngettext(
                "%(n)s more column is not shown", "%(n)s more columns are not shown", columns
            )
        return text % {"n": number}


def the_rest(lang: str) -> str:
    """The sentence at the end of a document that was cut."""
    with override(lang):
        return _("The document is too long to be shown whole.")
