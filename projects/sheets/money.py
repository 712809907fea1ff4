"""Whether the money of projects still adds up after the rows of a file. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from municipalities.models import Municipality
from projects.ledger import Ledger
from projects.models import Participation, Project
from projects.sheets.drafts import Draft
from projects.sheets.kinds import Kind

WATCHED = {
    "project": {"budget", "cost_sharing", "municipalities"},
    "participation": {"municipality", "cost_share_amount", "cost_share_percent"},
    "expense": {"municipality"},
}


def money_faults(kind: Kind, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, str]]:
    """For each row that touches the money of a project, what in it would not be true any more."""
    watched = WATCHED.get(kind.name, set())
    touched: dict[int | None, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.writes and watched & draft.values.keys():
            touched[kind.project_of(draft.obj)].append(draft)
    if not touched:
        return
    places = Municipality.objects.in_bulk()  # populations, for all rows at once
    for draft in touched.pop(None, []):  # a new project
        after = _after(kind, Ledger(draft.obj, [], []), [draft], draft.obj, places)
        yield from ((draft, fault.text) for fault in after.faults)
    projects = Project.objects.in_bulk(list(touched))
    before = Ledger.read_many(list(projects.values()))
    for pk, project in projects.items():
        known = [fault.text for fault in before[pk].faults]
        after = _after(kind, before[pk], touched[pk], project, places)
        for fault in after.faults:
            if fault.text not in known:
                yield from ((draft, fault.text) for draft in touched[pk])


def _after(
    kind: Kind,
    ledger: Ledger,
    drafts: Sequence[Draft],
    project: Project,
    places: dict[int, Municipality],
) -> Ledger:
    """The ledger as the rows would leave it."""
    rows = {row.municipality_id: row for row in ledger.participations}
    spent = set(ledger.spent_in)
    for draft in drafts:
        obj = draft.obj
        match kind.name:
            case "project":
                project = obj
                for place in draft.values.get("municipalities", ()):
                    row = Participation(project=obj, municipality=places[place])
                    rows.setdefault(place, row)
            case "participation":
                obj.municipality = places[obj.municipality_id]
                rows[obj.municipality_id] = obj
            case "expense":
                spent |= {obj.municipality_id} - {None}
    return Ledger(project, ledger.fundings, list(rows.values()), frozenset(spent))
