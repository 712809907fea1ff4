"""Whom to ask, as a document names them: a municipality's or a project's own, or a coordinator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.documents.blocks import Line, line
from projects.models import Contact
from projects.packs import words
from projects.summaries.coordinators import Coordinators


@dataclass(frozen=True)
class Contacts:
    """Of today: names are today's, and who is not shown today is not named (rule 13)."""

    places: Mapping[int, Contact]  # a municipality's own
    projects: Mapping[int, Contact]  # the primary one
    coordinators: Coordinators | None = None  # of a region

    def of_place(self, place: int) -> Line:
        """Whom to ask in a municipality."""
        return self._told(self.places.get(place), [place]) or line(_("none of its own"))

    def of_project(self, project: int, places: Iterable[int]) -> Line:
        """Whom to ask about a project or a task in it that concerns municipalities."""
        return self._told(self.projects.get(project), places) or line(words.unknown())

    def _told(self, own: Contact | None, places: Iterable[int]) -> Line:
        if own is None and self.coordinators:
            asked = self.coordinators.of(places)
            if asked is None:
                return ()
            tells = len(asked.called) > 1  # its title says what it is
            return called(asked) if tells else line(called(asked), ", ", _("Coordinator").lower())
        return called(own) if own else ()


def called(contact: Contact) -> Line:
    """What a contact is called, as on every page."""
    return words.joined(words.marked(text) for text in contact.called)
