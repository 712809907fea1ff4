"""Names by which cells point to other rows: each read at most once for a file, in one query."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from climateportal.translated import columns, text_of
from municipalities.models import Municipality, Organisation, Region
from projects.models import Contact, Project, Theme, WorkPackage
from projects.permissions import contact_pickable_q
from projects.sheets.cells import Wrong, folded
from projects.sheets.reach import Reach


def as_number(text: str) -> int | None:
    """The number of a row, as exports write it; None for other texts."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


class Names:
    """Rows by any of their names. What names two of them names none.

    `numbered` rows are found by their key too; a municipality's number is its official code.
    """

    def __init__(self, numbered: bool = True) -> None:
        self.numbered = numbered
        self.keys: dict[str, set[int]] = defaultdict(set)
        self.labels: dict[int, str] = {}
        self.spare: dict[int, str] = {}

    def add(self, pk: int, label: str, others: Iterable[str], spare: str = "") -> None:
        """A row, the name that is written of it, and the others by which it is read.

        `spare` is written where the name is another row's too.
        """
        self.labels[pk], self.spare[pk] = label, spare or str(pk)
        others = [*others, spare]
        for name in {folded(name) for name in (label, *others) if name} - {""}:
            self.keys[name].add(pk)

    def find(self, text: str) -> int:
        """The key of the row with this name, or with this number. Raises Wrong."""
        found = self.keys.get(folded(text), set())
        number = as_number(text) if self.numbered and not found else None
        if number in self.labels:
            return number
        if len(found) == 1:
            return next(iter(found))
        if found:
            told = _("“%(cell)s” may mean several. Write instead one of these: %(keys)s.")
            keys = ", ".join(self.spare[pk] for pk in sorted(found)[:10])
            raise Wrong(told % {"cell": text, "keys": keys})
        raise Wrong(_("“%(cell)s” is not known, or is outside your area.") % {"cell": text})

    def label(self, pk: int | None) -> str:
        """The name from which `find` leads to this row."""
        if pk is None:
            return ""
        label = self.labels.get(pk, "")
        return label if self.keys.get(folded(label)) == {pk} else self.spare.get(pk, str(pk))


def _named(rows: Iterable[models.Model], spare: str = "") -> Names:
    names = Names(numbered=not spare)
    for row in rows:
        others = [getattr(row, column) for column in columns("name")]
        names.add(row.pk, text_of(row, "name").value, others, getattr(row, spare) if spare else "")
    return names


class Books:
    """The names that a user may use. What a row points to already is always known."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.reach = Reach(user)
        self.within: int | None = None  # the project of the row that is read or written

    @cached_property
    def municipalities(self) -> Names:
        """By name in any language, “Akaan kaupunki”, and the official code (005 or 5)."""
        places = list(Municipality.objects.all())
        names = _named(places, "code")
        for place in places:
            for name in (place.official_name, place.code.lstrip("0")):
                names.keys[folded(name)].add(place.pk)
        return names

    @cached_property
    def regions(self) -> Names:
        """By name in any language, or slug."""
        return _named(Region.objects.all(), "slug")

    @cached_property
    def organisations(self) -> Names:
        """By name in any language."""
        return _named(Organisation.objects.all())

    @cached_property
    def themes(self) -> Names:
        """By name in any language, or slug."""
        return _named(Theme.objects.all(), "slug")

    @cached_property
    def projects(self) -> Names:
        """Those edited as a whole: by slug, number or title."""
        return self._projects(self.reach.projects)

    @cached_property
    def joint_projects(self) -> Names:
        """Those and the ones of which only a part is edited."""
        return self._projects(self.reach.projects | self.reach.parts)

    def _projects(self, keys: set[int]) -> Names:
        names = Names()
        taken = set()
        known = Project.objects.order_by().values_list("pk", "slug", *columns("title"))
        rows = [row for row in known if row[0] in keys]
        for pk, slug, *_titles in rows:
            names.add(pk, slug, ())
            taken.add(folded(slug))
        for pk, slug, *titles in rows:  # an address is never made doubtful by another's title
            names.add(pk, slug, [title for title in titles if folded(title) not in taken])
        return names

    @cached_property
    def contacts(self) -> Names:
        """By e-mail address, number or name."""
        names = Names()
        found = Contact.objects.filter(contact_pickable_q(self.user)).order_by().distinct()
        for pk, name, email in found.values_list("pk", "name", "email"):
            names.add(pk, email or name, [name])
        return names

    @cached_property
    def _work_packages(self) -> dict[int | None, Names]:
        found: dict[int | None, Names] = defaultdict(Names)
        mine = self.reach.projects | self.reach.parts
        for row in WorkPackage.objects.all():
            if row.project_id not in mine:
                continue
            others = [getattr(row, column) for column in columns("title")]
            found[row.project_id].add(row.pk, text_of(row, "title").value, others)
        return found

    @property
    def work_packages(self) -> Names:
        """The parts of the project that is at hand."""
        return self._work_packages[self.within]

    @cached_property
    def cost_sharing(self) -> dict[int, str]:
        """How each project shares its costs."""
        return dict(Project.objects.order_by().values_list("pk", "cost_sharing"))
