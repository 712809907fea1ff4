"""A plan from the JSON of Kausal Watch's GraphQL interface, and the question that fetches it."""

from typing import Any

from projects.kausal.shapes import (
    Action,
    Link,
    Named,
    News,
    Party,
    Person,
    Plan,
    PlanError,
    PlanTask,
    day,
    precision,
    role,
    state,
    text,
)

# `details` of tasks is named `comment` in older versions: `fetch` asks again with that word
QUERY = """\
query Plan($plan: ID!) {
  plan(id: $plan) { id identifier name
    actionStatuses { id identifier name isCompleted }
    actionSchedules { id name beginsAt endsAt } }
  planActions(plan: $plan) {
    id identifier name officialName leadParagraph description manualStatusReason
    status { id identifier name } statusSummary { identifier isCompleted }
    implementationPhase { id identifier name }
    schedule { id name beginsAt endsAt } scheduleContinuous startDate endDate dateFormat
    mergedWith { id }
    categories { id identifier name type { id identifier } }
    responsibleParties { id role organization { id name abbreviation } }
    primaryOrg { id name }
    contactPersons { id role order primaryContact
      person { id firstName lastName title organization { id name } } }
    tasks { id name state dueAt dateFormat completedAt details }
    links { url title order }
    relatedActions { id }
    relatedIndicators { id }
    statusUpdates { id title date content }
  }
}"""


def read(data: dict[str, Any]) -> Plan:
    """The plan in `data`, the value of “data” in an answer. Raises PlanError."""
    plan, actions = data.get("plan"), data.get("planActions")
    if isinstance(plan, dict) and actions is None:
        actions = plan.get("actions")
    if not isinstance(plan, dict) or not isinstance(actions, list):
        raise PlanError(
            "The answer has no plan with actions. It needs “plan” and “planActions”; a plan that "
            "is not published answers with nothing."
        )
    completed = {
        text(status.get("id")) for status in _rows(plan, "actionStatuses")
        if status.get("isCompleted")
    }  # fmt: skip
    indicators = sum(len(_rows(row, "relatedIndicators")) for row in actions)
    return Plan(
        identifier=text(plan.get("identifier") or plan.get("id")),
        name=text(plan.get("name")),
        actions=tuple(_action(row, completed) for row in actions),
        left_out={"relatedIndicators": indicators} if indicators else {},
    )


def _rows(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in row.get(name) or [] if isinstance(one, dict)]


def _named(row: Any) -> Named | None:
    if not isinstance(row, dict):
        return None
    return Named(text(row.get("identifier") or row.get("id")), text(row.get("name")))


def _organisation(row: Any) -> Named | None:
    if not isinstance(row, dict):
        return None
    return Named(text(row.get("id")), text(row.get("name") or row.get("abbreviation")))


def _action(row: dict[str, Any], completed: set[str]) -> Action:
    where = f"Action {text(row.get('identifier') or row.get('id'))}"
    periods = _rows(row, "schedule")
    begins = [day(one.get("beginsAt"), where) for one in periods]
    ends = [day(one.get("endsAt"), where) for one in periods]
    summary, status = row.get("statusSummary") or {}, row.get("status") or {}
    return Action(
        identifier=text(row.get("id")),
        code=text(row.get("identifier")),
        name=text(row.get("name")),
        official_name=text(row.get("officialName")),
        lead=text(row.get("leadParagraph")),
        description=text(row.get("description")),
        phase=_named(row.get("implementationPhase")),
        status=_named(row.get("status")) or _named({**summary, "name": ""} if summary else None),
        status_reason=text(row.get("manualStatusReason")),
        is_completed=bool(summary.get("isCompleted") or text(status.get("id")) in completed),
        start=day(row.get("startDate"), where) or min(filter(None, begins), default=None),
        end=day(row.get("endDate"), where)
        or (max(filter(None, ends)) if all(ends) and ends else None),
        is_ongoing=bool(row.get("scheduleContinuous")),
        precision=precision(row.get("dateFormat")),
        merged_with=text((row.get("mergedWith") or {}).get("id")),
        categories=tuple(filter(None, map(_named, _rows(row, "categories")))),
        parties=_parties(row),
        people=tuple(_person(one) for one in _people(row)),
        tasks=tuple(_task(one, where) for one in _rows(row, "tasks")),
        links=tuple(
            Link(text(one.get("url")), text(one.get("title")) or text(one.get("url")))
            for one in sorted(_rows(row, "links"), key=lambda one: one.get("order") or 0)
        ),
        news=tuple(_news(one, where) for one in _rows(row, "statusUpdates")),
        related=tuple(text(one.get("id")) for one in _rows(row, "relatedActions")),
    )


def _parties(row: dict[str, Any]) -> tuple[Party, ...]:
    first = [Party(one, role(None)) for one in [_organisation(row.get("primaryOrg"))] if one]
    others = [
        Party(named, role(one.get("role")))
        for one in _rows(row, "responsibleParties")
        if (named := _organisation(one.get("organization")))
    ]
    known = {party.organisation.identifier for party in first}
    return (*first, *(party for party in others if party.organisation.identifier not in known))


def _people(row: dict[str, Any]) -> list[dict[str, Any]]:
    people = [one for one in _rows(row, "contactPersons") if isinstance(one.get("person"), dict)]
    return sorted(people, key=lambda one: one.get("order") or 0)


def _person(row: dict[str, Any]) -> Person:
    person = row["person"]
    names = (text(person.get("firstName")), text(person.get("lastName")))
    return Person(
        identifier=text(person.get("id")),
        name=" ".join(filter(None, names)),
        title=text(person.get("title")),
        organisation=_organisation(person.get("organization")),
        is_primary=bool(row.get("primaryContact")),
    )


def _task(row: dict[str, Any], where: str) -> PlanTask:
    where = f"{where}, task “{text(row.get('name'))}”"
    return PlanTask(
        identifier=text(row.get("id")),
        title=text(row.get("name")),
        state=state(row.get("state"), where),
        body=text(row.get("details") or row.get("comment")),
        due=day(row.get("dueAt"), where),
        completed=day(row.get("completedAt"), where),
        precision=precision(row.get("dateFormat")),
    )


def _news(row: dict[str, Any], where: str) -> News:
    dated = day(row.get("date"), f"{where}, news “{text(row.get('title'))}”")
    if dated is None:
        raise PlanError(f"{where}, news “{text(row.get('title'))}” has no date.")
    return News(text(row.get("id")), text(row.get("title")), dated, text(row.get("content")))
