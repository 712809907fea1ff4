"""What is measured: pages and lists of the admin, with the budget of queries of each."""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse

LIST = "/hankkeet/"
FEW, MORE = 12, 20  # queries; the second for summaries, municipality pages and packs
LONG = 20_000  # bytes, for lists of all municipalities and pages that are documents
SHORT = 14_000


class Page(NamedTuple):
    """A page and its budgets; `bytes` is HTML and CSS on the wire, None where none is set."""

    name: str
    path: str
    queries: int | None = FEW
    bytes: int | None = SHORT
    reader: str = "visitor"


def pages() -> list[Page]:
    """Public pages of the filled database, then lists of the admin."""
    from municipalities.models import Meeting
    from projects.models import Project

    meetings = list(
        Meeting.objects.filter(group__region__slug="county-3")
        .select_related("group__region")
        .order_by("-date")[:2]
    )
    last = -(-Project.objects.published().count() // 20)
    return [
        Page("home", "/"),
        Page("projects", LIST),
        Page("… last page", f"{LIST}?page={last}"),
        Page("… by title", f"{LIST}?jarjestys=title"),
        Page("… by end date", f"{LIST}?jarjestys=end"),
        Page("… by stage", f"{LIST}?jarjestys=stage"),
        Page("… of a county", f"{LIST}?alue=county-3"),
        Page("… of a municipality", f"{LIST}?kunta=kunta-50"),
        Page("… of a theme", f"{LIST}?teema=teema-1"),
        Page("… in a stage", f"{LIST}?vaihe=implementation"),
        Page("… late", f"{LIST}?aikataulu=late"),
        Page("… search", f"{LIST}?q=kaavoitusta"),
        Page("… search, two words", f"{LIST}?q=energian+suolla"),
        Page(
            "… every filter",
            f"{LIST}?q=energia&alue=county-3&kunta=kunta-50&teema=teema-1&vaihe=implementation"
            "&tila=paused&aikataulu=on_time&jarjestys=title",
        ),
        Page("a project", f"{LIST}hanke-7/"),
        Page("regions", "/alueet/"),
        Page("a county", "/alueet/county-3/", MORE),
        Page("a sub-region", "/alueet/subregion-3/", MORE),
        Page("a cooperation area", "/alueet/cooperation-3/", MORE),
        Page("… its tasks", "/alueet/county-3/tehtavat/"),
        Page("… its costs", "/alueet/county-3/kustannukset/"),
        Page("municipalities", "/kunnat/", FEW, LONG),
        Page("a municipality", "/kunnat/kunta-50/", MORE),
        Page("… its report", "/kunnat/kunta-50/raportti/", MORE, None),
        Page("meeting pack, today", meetings[0].get_absolute_url(), MORE, None),
        Page("… of 90 days ago", meetings[1].get_absolute_url(), MORE, None),
        *_admin(),
        *_coordinator(),
    ]


def _changelist(reader: str) -> Callable[..., Page]:
    def page(name: str, app: str, model: str, query: str = "") -> Page:
        path = reverse(f"admin:{app}_{model}_changelist") + query
        return Page(name, path, FEW, None, reader)

    return page


def _admin() -> list[Page]:
    changelist = _changelist("administrator")
    return [
        Page("admin", "/admin/", FEW, None, "administrator"),
        changelist("admin: projects", "projects", "project"),
        changelist("… last page", "projects", "project", "?p=2"),
        changelist("… by title", "projects", "project", "?o=1"),
        changelist("… by schedule", "projects", "project", "?o=3"),
        changelist("… late", "projects", "project", "?schedule=late"),
        changelist("… search", "projects", "project", "?q=kaavoitus"),
        changelist("admin: goals", "projects", "goal"),
        changelist("… search", "projects", "goal", "?q=energia"),
        changelist("admin: contacts", "projects", "contact"),
        changelist("… search", "projects", "contact", "?q=Lahti"),
        changelist("admin: good practices", "projects", "goodpractice"),
        changelist("admin: organisations", "municipalities", "organisation"),
        changelist("admin: municipalities", "municipalities", "municipality"),
        changelist("admin: regions", "municipalities", "region"),
        changelist("admin: steering groups", "municipalities", "steeringgroup"),
        changelist("admin: meetings", "municipalities", "meeting"),
    ]


def _coordinator() -> list[Page]:
    """What the coordinator of a county opens: a fifteenth of all projects is theirs."""
    changelist = _changelist("coordinator")
    query = "?app_label=projects&model_name=projectcontact&field_name=contact&term="
    lookup = reverse("admin:autocomplete") + query
    return [
        Page("coordinator: to do", "/admin/", MORE, None, "coordinator"),
        changelist("coordinator: projects", "projects", "project"),
        changelist("… search", "projects", "project", "?q=kaavoitus"),
        changelist("coordinator: goals", "projects", "goal"),
        changelist("coordinator: contacts", "projects", "contact"),
        changelist("… search", "projects", "contact", "?q=Lahti"),
        Page("… to pick", f"{lookup}Lahti", FEW, None, "coordinator"),
        changelist("coordinator: good practices", "projects", "goodpractice"),
    ]
