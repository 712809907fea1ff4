"""A long form in sections that follow a coordinator's tasks, each with its fields and its rows."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.utils.functional import Promise


@dataclass(frozen=True)
class Section:
    """One section: its address on the page, its heading, Django's fieldsets and inlines.

    Fieldsets come before rows, unless `rows_first`.
    """

    slug: str
    title: str | Promise
    fieldsets: tuple[tuple[Any, dict[str, Any]], ...] = ()
    inlines: tuple[type[InlineModelAdmin], ...] = ()
    description: str | Promise = ""
    rows_first: bool = False


@dataclass
class ShownSection:
    """A section of one rendered form. `errors` counts what is to be corrected in it."""

    slug: str
    title: str | Promise
    description: str | Promise
    rows_first: bool
    fieldsets: list[Any] = field(default_factory=list)
    inlines: list[Any] = field(default_factory=list)
    next_slug: str = ""
    next_title: str | Promise = ""

    @property
    def errors(self) -> int:
        found = sum(
            1
            for fieldset in self.fieldsets
            for line in fieldset
            for name in line.fields
            if name in fieldset.form.errors
        )
        for inline in self.inlines:
            found += len(inline.formset.non_form_errors())
            found += sum(len(form.errors) for form in inline.formset.forms)
        return found


class Sectioned:
    """Declare `sections` instead of `fieldsets` and `inlines`; the template shows one at a time."""

    sections: tuple[Section, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "sections" in cls.__dict__:
            cls._spread()

    @classmethod
    def _spread(cls) -> None:
        """Give Django what it expects, in the same order."""
        cls.fieldsets = [fieldset for section in cls.sections for fieldset in section.fieldsets]
        cls.inlines = [inline for section in cls.sections for inline in section.inlines]

    @classmethod
    def add_section(cls, section: Section, after: str) -> None:
        """Put a section of an app above into a form of an app below, at import time."""
        place = [known.slug for known in cls.sections].index(after) + 1
        cls.sections = (*cls.sections[:place], section, *cls.sections[place:])
        cls._spread()

    def shown_sections(self, context: dict[str, Any]) -> list[ShownSection]:
        """The sections of the form in `context`, without those that have nothing to show."""
        fieldsets = iter(context["adminform"])
        inlines = {type(item.opts): item for item in context["inline_admin_formsets"]}
        shown = []
        for section in self.sections:
            item = ShownSection(
                section.slug, section.title, section.description, section.rows_first
            )
            item.fieldsets = [next(fieldsets) for _ in section.fieldsets]
            item.inlines = [inlines[kind] for kind in section.inlines if kind in inlines]
            if item.fieldsets or item.inlines:
                shown.append(item)
        for item, following in pairwise(shown):
            item.next_slug, item.next_title = following.slug, following.title
        return shown
