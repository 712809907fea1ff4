"""What a file would change: every row compared with what is stored. Writes nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.publishing import PublicationState
from climateportal.sheetfiles.tables import Line, clean
from projects.models import Project
from projects.review import FACTS
from projects.sheets import cells
from projects.sheets.books import Books, as_number
from projects.sheets.cells import Wrong
from projects.sheets.columns import Column, Many, read_only_note
from projects.sheets.drafts import Change, Draft, Problem
from projects.sheets.kinds import Kind
from projects.sheets.kinds.base import moved, not_reachable
from projects.sheets.money import money_faults
from projects.sheets.reach import locked_alone
from projects.sheets.rowrules import row_faults

AT_ONCE = 1000


class Plan:
    """The rows of a file, read. `columns` says what each cell is; None is left out."""

    def __init__(
        self, kind: Kind, lines: Sequence[Line], columns: Sequence[Column | None], user: Any
    ) -> None:
        self.kind, self.lines, self.user = kind, lines, user
        self.columns = {
            column.name: index for index, column in enumerate(columns) if column is not None
        }
        self.books = Books(user)
        self.drafts = [Draft(line.number) for line in lines]
        self._cells = {
            draft.number: {
                name: line.cells[index] if index < len(line.cells) else ""
                for name, index in self.columns.items()
            }
            for draft, line in zip(self.drafts, lines, strict=True)
        }
        self._find_stored()
        for draft in self.drafts:
            if draft.obj is not None:
                self._read(draft)
        self._find_twins()
        for draft in self.drafts:
            if draft.obj is not None:
                kind.prepare(draft, self.books)
                self._tell(draft, kind.check(draft, self.books))
                if draft.writes and self._writes_alone(draft):
                    self._problem(draft, "", locked_alone())
        for draft, text in money_faults(kind, self.drafts):
            draft.problems.append(Problem("", text))

    def _writes_alone(self, draft: Draft) -> bool:
        """Whether the row would change a public text that a second pair of eyes has not seen."""
        kind, reach = self.kind, self.books.reach
        if kind.name == "expense" or not kind.owner:
            return False
        names = {field for name in draft.values for field in kind.by_name[name].fields}
        if kind.project_of(draft.obj) in reach.locked:
            return draft.is_new or not names <= FACTS.get(kind.name, set())
        if kind.name == "project" and draft.obj.publication == PublicationState.PUBLISHED:
            given = [draft.values.get(name, ()) for name in ("regions", "municipalities")]
            return any(set(new) & places for new, places in
                       zip(given, reach.reviewed_places, strict=True))  # fmt: skip
        if (
            kind.name == "participation"
            and draft.is_new
            and draft.obj.municipality_id in (reach.reviewed_places[1])
        ):
            return Project.objects.filter(
                pk=draft.obj.project_id, publication=PublicationState.PUBLISHED
            ).exists()
        return False

    # --- which row is meant ------------------------------------------------------------------

    def _find_stored(self) -> None:
        """Give every draft its object: the stored one that its number names, or a new one."""
        wanted: dict[int, int] = {}
        for draft in self.drafts:
            text = self._cells[draft.number].get("id", "")
            draft.is_example = cells.is_example(text)
            if draft.is_example or cells.leaves(text):
                continue
            number = as_number(text.removesuffix(".0"))
            if number is None:
                told = _("“%(cell)s” is not the number of a row. A new row has none.")
                self._problem(draft, "id", told % {"cell": text})
            else:
                wanted[draft.number] = number
        stored = self._stored(set(wanted.values()))
        for draft in self.drafts:
            if draft.is_example or draft.problems:
                continue
            if draft.number not in wanted:
                draft.obj, draft.is_new = self.kind.model(), True
            elif wanted[draft.number] in stored:
                self._take(draft, stored[wanted[draft.number]])
            else:
                self._problem(draft, "id", not_reachable())

    def _stored(self, keys: set[int]) -> dict[int, models.Model]:
        """The objects with these keys that the user may edit."""
        found: dict[int, models.Model] = {}
        ordered = sorted(keys)
        reach = self.kind.reach_q(self.user)
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            mine = self.kind.model._default_manager.filter(reach, pk__in=some).order_by()
            # two queries: SQLite parses only so many within one another
            rows = self.kind.rows().filter(pk__in=list(mine.values_list("pk", flat=True)))
            found |= {row.pk: row for row in rows}
        return found

    def _take(self, draft: Draft, obj: models.Model) -> None:
        draft.obj, draft.is_new = obj, False
        fields = obj._meta.concrete_fields
        draft.was = {field.attname: getattr(obj, field.attname) for field in fields}

    # --- cells -------------------------------------------------------------------------------

    def _read(self, draft: Draft) -> None:
        self.books.within = None if draft.is_new else self.kind.project_of(draft.obj)
        row = self._cells[draft.number]
        for column in self.kind.columns[1:]:
            text = row.get(column.name, "")
            try:
                self._read_cell(draft, column, text)
            except Wrong as error:
                draft.problems.append(Problem(column.heading(), str(error)))
            if column.name == "project" and draft.is_new:
                self.books.within = draft.obj.project_id

    def _read_cell(self, draft: Draft, column: Column, text: str) -> None:
        cells.check_fault(text)
        if cells.leaves(text) or (draft.is_new and cells.clears(text)):
            if draft.is_new and column.required:
                raise Wrong(_("A new row needs this."))
            return
        before = column.stored(draft.obj)
        before_text = column.text(before, self.books)
        if text == clean(before_text) and not draft.is_new:
            if not column.read_only:
                draft.given[column.name] = before
            return
        if column.read_only:
            if not draft.is_new and clean(before_text) != text:
                draft.notes.append(f"{column.heading()}: {read_only_note()}.")
            return
        if cells.clears(text):
            if not column.clearable:
                raise Wrong(_("This cannot be emptied."))
            value = column.empty
        else:
            value = column.read(text, self.books)
        draft.given[column.name] = value
        if isinstance(column, Many) and column.adds_only:
            value = self._with_kept(draft, column, before, value)
        if value == before or (not draft.is_new and value == self._again(column, before_text)):
            return
        if column.fixed and not draft.is_new:
            raise Wrong(moved())
        column.put(draft.obj, value)
        draft.values[column.name] = value
        draft.changes.append(
            Change(
                column.heading(),
                "" if draft.is_new else column.shown(before, self.books),
                column.shown(value, self.books),
            )
        )

    def _again(self, column: Column, text: str) -> Any:
        """What the stored value would be, had it come back from a spreadsheet."""
        try:
            return column.read(clean(text), self.books) if clean(text) else column.empty
        except Wrong:
            return column  # equal to nothing that a cell can say

    def _with_kept(
        self, draft: Draft, column: Many, before: frozenset[int], value: frozenset[int]
    ) -> frozenset[int]:
        if kept := before - value:
            told = _("Stays, although the row does not list it: %(names)s.")
            draft.notes.append(told % {"names": column.text(kept, self.books)})
        return before | value

    # --- rows against one another ------------------------------------------------------------

    def _find_twins(self) -> None:
        """Rows that mean the same object, and new ones that are stored already."""
        known = self.kind.known(self.drafts, self.books)
        meant: dict[int, Draft] = {}
        for draft in self.drafts:
            if draft.is_new and draft.obj is not None and not draft.problems:
                key = self.kind.key_of(draft.obj)
                if key in known and self.kind.stands_for(key):
                    meant[draft.number] = draft
        stored = self._stored({known[self.kind.key_of(draft.obj)] for draft in meant.values()})
        for draft in meant.values():
            obj = stored.get(known[self.kind.key_of(draft.obj)])
            self._reread(draft, obj)
        rows: dict[Any, int] = {}
        for draft in self.drafts:
            if draft.obj is not None:
                self._check_once(draft, known, rows)

    def _reread(self, draft: Draft, obj: models.Model | None) -> None:
        if obj is None:
            self._problem(draft, "id", not_reachable())
            return
        draft.values, draft.given, draft.changes, draft.notes = {}, {}, [], []
        self._take(draft, obj)
        self._read(draft)

    def _check_once(self, draft: Draft, known: dict[Any, int], rows: dict[Any, int]) -> None:
        own = self.kind.key_of(draft.obj) if draft.is_new else draft.obj.pk
        if own is None:
            return
        if own in rows:
            told = _("Row %(row)s is about the same. Leave one of them.")
            draft.problems.append(Problem("", told % {"row": rows[own]}))
        rows.setdefault(own, draft.number)
        if draft.is_new and own in known:
            name, told = self.kind.repeated()
            self._problem(draft, name, told % {"key": known[own]})

    # --- rules of the model ------------------------------------------------------------------

    def validate(self, drafts: Iterable[Draft]) -> None:
        """Run the models' own rules on what would be written."""
        for draft in drafts:
            if draft.writes:
                self._tell(draft, self._model_errors(draft))

    def _model_errors(self, draft: Draft) -> Iterable[tuple[str, str]]:
        relations = {field.name for field in draft.obj._meta.fields if field.remote_field}
        for name, texts in row_faults(draft.obj, relations).items():
            for text in texts:
                yield ("" if name == NON_FIELD_ERRORS else name), text

    def _tell(self, draft: Draft, found: Iterable[tuple[str, str]]) -> None:
        for name, text in found:
            self._problem(draft, name, text)

    def _problem(self, draft: Draft, name: str, text: str) -> None:
        column = self.kind.by_name.get(name)
        problem = Problem(column.heading() if column else "", text)
        if problem not in draft.problems:
            draft.problems.append(problem)

    # --- what was previewed ------------------------------------------------------------------

    def mark(self) -> str:
        """Tells one state of file and database from another: what is written is what was seen."""
        told = [timezone.localdate()]
        for draft in self.drafts:
            told.append(
                (draft.number, draft.fate, sorted(draft.was.items()) if draft.values else 0)
            )
            told.append((draft.changes, draft.problems))
        return hashlib.sha256(repr(told).encode()).hexdigest()
