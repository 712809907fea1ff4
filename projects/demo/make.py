"""Makes the demo, or what is missing of it. What exists is left as it is: people try things out."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import CommandError
from django.db import models, transaction
from django.utils import timezone

from climateportal.models import Notice, OldSlug
from climateportal.publishing import PublicationState
from municipalities.enums import RegionKind
from municipalities.models import Region
from projects import actions
from projects.demo import (
    areas,
    east,
    elinkeinoelama,
    etela_pirkanmaa,
    keski_suomi,
    kestavat,
    kestavat_goals,
    kestavat_meetings,
    kestavat_region,
    library,
    north,
    pohjois_savo,
    savogrow,
    south,
    west,
)
from projects.demo.build import Builder
from projects.demo.emissions import make_emissions
from projects.demo.feedback import make_feedback
from projects.demo.people import make_editors
from projects.demo.places import (
    AREAS,
    make_areas,
    make_coordinators,
    make_plans,
    make_targets,
    remember_register,
)
from projects.demo.plan import Plan, Row
from projects.demo.texts import L, columns_of
from projects.demo.themes import make_themes
from projects.demo.world import World, world_on
from projects.models import Adoption, GoodPractice, Project  # fmt: skip

NOTICE = L(
    "Tämä on esittelysivusto. Viisi hanketta on todellisia, muut hankkeet ja osa luvuista on "
    "keksitty.",
    "Det här är en demonstration. Fem projekt är verkliga, de övriga projekten och en del av "
    "siffrorna är påhittade.",
    "This is a demonstration. Five projects are real; the other projects and some of the figures "
    "are invented.",
)
NOTICE_FROM = date(2021, 1, 1)


@dataclass(frozen=True)
class Made:
    """How many projects the demo has, and how many of them were made now."""

    projects: int
    new: int


def all_plans(today: date, world: World) -> list[Plan]:
    """Every project of the demo. The real cases come first."""
    return [
        *etela_pirkanmaa.plans(today),
        *kestavat.plans(today),
        *keski_suomi.plans(today, world),
        *pohjois_savo.plans(today),
        *elinkeinoelama.plans(today),
        *savogrow.plans(today),
        *areas.plans(today),
        *south.plans(today),
        *west.plans(today),
        *east.plans(today),
        *north.plans(today, world),
    ]


def all_practices(today: date) -> list[Row]:
    """Every good practice of the demo."""
    return [
        row
        for module in (etela_pirkanmaa, kestavat_region, keski_suomi, pohjois_savo, library)
        for row in module.practices(today)
    ]


@transaction.atomic
def make(today: date | None = None) -> Made:
    """Make what is missing of the demo. All or nothing.

    Raises CommandError when the register is missing or the database has content of its own.
    """
    today = today or timezone.localdate()
    world = world_on(today)
    plans, practices = all_plans(today, world), all_practices(today)
    refuse_real_content(plans, practices)
    make_themes()
    make_areas(world)
    make_editors(world)
    make_coordinators(world)
    remember_register(world)
    make_plans(world)
    make_targets(world)
    make_emissions(world)
    missing = [plan for plan in plans if not _known(Project, plan.slug)]
    for plan in missing:
        Builder(plan, world).build()
    _relate(world, missing)
    for row in practices:
        _practice(world, row)
    kestavat_region.make_group(world)
    kestavat_goals.make_goals(world)
    kestavat_region.make_page(world)
    kestavat_meetings.freeze_packs(world)
    make_feedback(world)
    _notice(world)
    return Made(projects=len(plans), new=len(missing))


def _known(model: type[models.Model], slug: str) -> models.Model | None:
    """The row with this slug, also when somebody trying the demo has changed its address."""
    pk = OldSlug.objects.target(model, slug)
    return model.objects.filter(models.Q(slug=slug) | models.Q(pk=pk)).first()


def refuse_real_content(plans: list[Plan], practices: list[Row]) -> None:
    """Raise CommandError when the database holds projects, areas or practices not of the demo."""
    own = {
        Project: [plan.slug for plan in plans],
        GoodPractice: [row["slug"] for row in practices],
        Region: list(AREAS),
    }
    for model, slugs in own.items():
        content_type = ContentType.objects.get_for_model(model)
        renamed = OldSlug.objects.filter(content_type=content_type, slug__in=slugs)
        rows = model.objects.exclude(slug__in=slugs).exclude(pk__in=renamed.values("object_id"))
        if model is Region:
            rows = rows.filter(kind=RegionKind.COOPERATION)
        if found := rows.order_by("pk").first():
            raise CommandError(
                f"This database has content of its own ({model._meta.verbose_name_plural}: "
                f"“{found}” and {rows.count() - 1} more that the demo has not made). The demo "
                "would mix invented projects with it, so nothing was changed. Run the demo in an "
                "empty database: set DATABASE_URL or DATA_DIR to a new place, then run "
                "`python manage.py migrate`, `python manage.py load_register` and "
                "`python manage.py demo`."
            )


def _relate(world: World, plans: list[Plan]) -> None:
    """Link related projects as if it had been done at each one's latest edit."""
    touched: set[Project] = set()
    for plan in plans:
        project = _known(Project, plan.slug)
        others = [other for slug in plan.related if (other := _known(Project, slug))]
        project._history_date = project.content_updated_at
        project._history_user = world.editor(plan.by)
        project.related.add(*others)
        touched |= {project, *others} if others else set()
    for project in touched:
        actions.refresh(project=project, at=project.content_updated_at)


def _practice(world: World, entry: Row) -> None:
    if _known(GoodPractice, entry["slug"]):
        return
    row = dict(entry)
    at, by = world.moment(row.pop("published_on")), world.editor("toimitus")
    adopted_by = row.pop("adopted_by")
    practice = world.add(
        GoodPractice, at=at, by=by, project=_known(Project, row.pop("project")),
        publication=PublicationState.PUBLISHED, published_at=at, **row,
    )  # fmt: skip
    for slug, day in adopted_by:
        world.add(
            Adoption, at=at, by=by, practice=practice, municipality=world.municipality(slug),
            adopted_on=day,
        )  # fmt: skip


def _notice(world: World) -> None:
    """Say on every page that this is a demonstration."""
    Notice.objects.get_or_create(
        text_fi=NOTICE.fi,
        defaults={**columns_of({"text": NOTICE}), "starts_at": world.moment(NOTICE_FROM)},
    )
