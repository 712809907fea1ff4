"""The sheet of projects. What is public, pictures and links between projects stay on the form."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from climateportal.models import OldSlug
from projects.enums import Activity, CostSharing, CostVisibility, ScheduleStatus, Stage
from projects.models import Project
from projects.permissions import project_in_reach_q
from projects.sheets.books import Books
from projects.sheets.cells import folded
from projects.sheets.columns import (
    Choice,
    Column,
    Date,
    Many,
    Number,
    One,
    Rich,
    Text,
    Told,
    Yes,
    texts,
)
from projects.sheets.drafts import Draft
from projects.sheets.kinds.base import Found, Kind, key_column, owners_fixed


class Slugs:
    """Addresses of projects, present and former, read once for a file."""

    def __init__(self) -> None:
        self.taken = dict(Project.objects.order_by().values_list("slug", "pk"))
        kind = ContentType.objects.get_for_model(Project)
        old = OldSlug.objects.filter(content_type=kind).values_list("slug", "object_id")
        self.former = dict(old)
        self.numbers: dict[str, int] = {}  # the last one tried: a file may repeat one title

    def free(self, title: str) -> str:
        """An address for a new project that no page has or ever had."""
        base = slugify(title)[:96].strip("-") or "hanke"
        number = self.numbers.get(base, 1)
        slug = base if number == 1 else f"{base}-{number}"
        while slug in self.taken or slug in self.former:
            number += 1
            slug = f"{base}-{number}"
        self.taken[slug], self.numbers[base] = 0, number
        return slug


class ProjectKind(Kind):
    """Projects, each on a row with its texts, dates, places and budget."""

    name = "project"
    model = Project
    title = _lazily("Projects")
    owner = "pk"
    joined = ("maintainer",)
    fetched = ("municipalities", "regions", "themes")

    def reach_q(self, user: Any) -> Q:
        return project_in_reach_q(user)

    def name_of(self, obj: Any, books: Books) -> str:
        return obj.title_fi or obj.slug

    def make_columns(self) -> Iterator[Column]:
        label = self.label
        yield key_column()
        yield Text("slug", label("slug"), also="slug, url, hankkeen osoite", clearable=False,
                   hint=_lazily("Empty in a new row: made of the title. A changed address keeps "
                                "leading to the page."))  # fmt: skip
        yield from texts(Text, "title", label("title_fi"), also="otsikko, hanke, title, project",
                         required=True,
                         example=_lazily("Carbon-neutral municipality 2035"))  # fmt: skip
        yield from texts(Text, "summary", label("summary_fi"), also="lead, tiivistelmä")
        yield from texts(Rich, "description", label("description_fi"),
                         hint=_lazily("Plain text. An empty line parts paragraphs."))  # fmt: skip
        yield Many("municipalities", label("municipalities"), also="kunta, osallistuvat kunnat",
                   book=lambda books: books.municipalities, adds_only=True, clearable=False,
                   hint=_lazily("Parted by semicolons, by name or code. Those left out stay."),
                   example="Akaa; Pälkäne")  # fmt: skip
        yield Many("regions", label("regions"), also="alue, region",
                   book=lambda books: books.regions,
                   hint=_lazily("Parted by semicolons."))  # fmt: skip
        yield Many("themes", label("themes"), also="teema, tema, theme",
                   book=lambda books: books.themes,
                   hint=_lazily("Parted by semicolons."))  # fmt: skip
        yield from self._progress()
        yield Yes("is_mitigation", label("is_mitigation"))
        yield Yes("is_adaptation", label("is_adaptation"))
        yield from texts(Text, "implements", label("implements_fi"))
        yield Text("implements_url", label("implements_url"))
        yield from self._money()
        yield One("maintainer", label("maintainer"), book=lambda books: books.organisations)
        yield from texts(Rich, "afterlife", label("afterlife_fi"))
        yield Date("next_review_on", label("next_review_on"))
        yield Text("internal_notes", label("internal_notes"), lines=True)
        yield Told("publication", label("publication"),
                   tell=lambda obj: str(obj.get_publication_display()))  # fmt: skip

    def _progress(self) -> Iterator[Column]:
        label = self.label
        yield Choice("stage", label("stage"), kind=Stage, clearable=False,
                     example=Stage.PLANNING.label)  # fmt: skip
        yield Date("completed_on", label("completed_on"), also="valmistui")
        yield Choice("activity", label("activity"), kind=Activity, clearable=False)
        yield from texts(Text, "activity_reason", label("activity_reason_fi"))
        yield Date("activity_since", label("activity_since"))
        yield Date("start_date", label("start_date"), precision="date_precision",
                   also="alkupäivä, alku, aloitus, start, startdatum, start date",
                   example="1.5.2026")  # fmt: skip
        yield Date("end_date", label("end_date"), precision="date_precision", is_end=True,
                   also="loppupäivä, loppu, päättymispäivä, slut, slutdatum, end, end date",
                   example="31.12.2028")  # fmt: skip
        yield Yes("is_ongoing", label("is_ongoing"), also="jatkuva, fortlöpande, ongoing")
        yield Choice("stated_status", label("stated_status"), kind=ScheduleStatus,
                     without=(ScheduleStatus.UNKNOWN,),
                     also="aikataulu, tidtabell, schedule")  # fmt: skip
        yield from texts(Text, "stated_reason", label("stated_reason_fi"))

    def _money(self) -> Iterator[Column]:
        label = self.label
        yield Number("budget", label("budget"), example="100 000")
        yield Date("money_as_of", label("money_as_of"))
        yield from texts(Text, "money_source", label("money_source_fi"))
        yield Choice("cost_visibility", label("cost_visibility"), kind=CostVisibility,
                     clearable=False)  # fmt: skip
        yield Choice("cost_sharing", label("cost_sharing"), kind=CostSharing, clearable=False)

    def key_of(self, obj: Project) -> Any:
        return ("slug", obj.slug) if obj.slug else ("title", folded(obj.title_fi or ""))

    def known(self, drafts: Sequence[Draft], books: Books) -> dict[Any, int]:
        """By address: a row with the address of a project means it. By title: perhaps."""
        rows = list(self._in_reach(books).values_list("pk", "slug", "title_fi"))
        return {("title", folded(title)): pk for pk, _slug, title in rows} | {
            ("slug", slug): pk for pk, slug, _title in rows
        }

    def _in_reach(self, books: Books) -> Any:
        return Project.objects.filter(self.reach_q(books.user)).order_by()

    def stands_for(self, key: Any) -> bool:
        return key[0] == "slug"

    def repeated(self) -> tuple[str, str]:
        return "title_fi", _(
            "There is a project with this title: number %(key)s. Write the number if you mean it, "
            "or an address of its own if this is another project."
        )

    def prepare(self, draft: Draft, books: Books) -> None:
        obj: Project = draft.obj
        if draft.is_new and not obj.slug and obj.title_fi:
            obj.slug = self._slugs(books).free(obj.title_fi)

    def _slugs(self, books: Books) -> Slugs:
        if not hasattr(books, "slugs"):
            books.slugs = Slugs()
        return books.slugs

    def check(self, draft: Draft, books: Books) -> Found:
        obj: Project = draft.obj
        slugs = self._slugs(books)
        if "slug" in draft.values:
            owner = slugs.taken.get(obj.slug)
            if owner not in (None, 0, obj.pk):
                yield "slug", _("Another project has this address.")
            elif slugs.former.get(obj.slug, obj.pk) != obj.pk:
                yield "slug", _("Another page used to have this address, and it still leads there. "
                                "Choose another one.")  # fmt: skip
        yield from self._dates(draft)
        yield from self._owners(draft, books)

    def _owners(self, draft: Draft, books: Books) -> Found:
        """Who it belongs to decides who may edit it."""
        reach = books.reach
        if reach.everything:
            return
        if draft.is_new and not reach.adds_projects:
            yield "", _("You cannot add projects. Ask the coordinator of your area.")
        moved = {"municipalities", "regions"} & draft.values.keys()
        if not draft.is_new and moved and draft.obj.pk not in reach.of_area:
            yield from ((name, owners_fixed()) for name in sorted(moved))
        elif (draft.is_new or moved) and not self._is_own(draft, books):
            yield (
                "municipalities",
                _(
                    "Add a municipality or region of your own area. Without one you could not edit "
                    "the project any more."
                ),
            )

    def _dates(self, draft: Draft) -> Found:
        obj: Project = draft.obj
        told = {draft.given[name].precision for name in ("start_date", "end_date")
                if draft.given.get(name)}  # fmt: skip
        whole = {"start_date", "end_date"} <= draft.given.keys()
        dated = obj.start_date and obj.end_date
        was = draft.was.get("date_precision", obj.date_precision)
        if len(told) > 1 or (told and dated and not whole and obj.date_precision != was):
            yield (
                "start_date",
                _(
                    "The start and the end are known equally exactly: write both as 1.5.2026, as "
                    "5/2026 or as 2026."
                ),
            )
        became = obj.stage == Stage.COMPLETED and "stage" in draft.values
        if became and not obj.completed_on:
            yield "completed_on", _("Give the day when the project was completed.")

    def _is_own(self, draft: Draft, books: Books) -> bool:
        names = ("municipalities", "regions")
        kept = {name: self.by_name[name].stored(draft.obj) for name in names}
        chosen = {**kept, **draft.values}
        return bool(
            chosen["municipalities"] & books.reach.municipalities
            or chosen["regions"] & books.reach.regions
        )
