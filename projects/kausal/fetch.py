"""Fetches a plan: JSON of a file, or of the two interfaces of a Kausal Watch server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from projects.kausal import graphql, rest
from projects.kausal.shapes import Plan, PlanError, text

LONGEST = 100 * 1024 * 1024  # bytes of one answer; a plan of 300 actions is about 2 MB
PAGES = 500
WAIT = 60  # seconds for one answer


@contextmanager
def _shapes_told() -> Iterator[None]:
    """What stands where something else should is told as PlanError."""
    try:
        yield
    except PlanError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise PlanError(
            f"This JSON is not as Kausal Watch makes it ({type(error).__name__}: {error})."
        ) from error


@_shapes_told()
def load(where: str, identifier: str = "") -> dict[str, Any]:
    """The JSON at `where`: a file, the address of a GraphQL interface (…/graphql/), or that of a
    REST interface (…/v1/). An address needs the plan's identifier. Raises PlanError.
    """
    if not where.startswith(("https://", "http://")):
        return _file(Path(where))
    if not identifier:
        raise PlanError("An address needs the plan's identifier: --plan IDENTIFIER.")
    if urlsplit(where).path.rstrip("/").endswith("graphql"):
        return _graphql(where, identifier)
    return _rest(where if where.endswith("/") else f"{where}/", identifier)


@_shapes_told()
def read(data: dict[str, Any]) -> Plan:
    """The plan in JSON of either interface. Raises PlanError."""
    if data.get("errors"):
        raise PlanError(f"The server refused: {_messages(data)}")
    if isinstance(data.get("data"), dict):
        return graphql.read(data["data"])
    if "planActions" in data:
        return graphql.read(data)
    if "actions" in data:
        return rest.read(data)
    raise PlanError(
        "This JSON is no plan. It must be the answer of the GraphQL interface with “plan” and "
        "“planActions”, or an object with these answers of the REST interface: "
        f"{', '.join(rest.PARTS)}."
    )


def _file(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LONGEST:
            raise PlanError(f"{path} is larger than 100 MB.")
        return _json(path.read_bytes(), str(path))
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror}.") from error


def _json(body: bytes, where: str) -> dict[str, Any]:
    try:
        data = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{where} is not JSON in UTF-8.") from error
    if not isinstance(data, dict):
        raise PlanError(f"{where} holds a list; an object with the plan is needed.")
    return data


class _SameServer(HTTPRedirectHandler):
    """Follows a redirect to the same server over https, no other."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """The request that follows."""
        asked, following = urlsplit(req.full_url), urlsplit(newurl)
        if following.scheme != "https" or following.netloc != asked.netloc:
            fp.close()
            raise PlanError(f"{req.full_url} leads to another server: {newurl}.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_opener = build_opener(_SameServer)


def _ask(url: str, question: dict[str, Any] | None = None) -> dict[str, Any]:
    try:
        found = _body(url, question)
    except PlanError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise PlanError(f"{url} does not answer: {error or type(error).__name__}.") from error
    if len(found) > LONGEST:
        raise PlanError(f"{url} answered with more than 100 MB.")
    return _json(found, url)


def _body(url: str, question: dict[str, Any] | None) -> bytes:
    body = None if question is None else json.dumps(question).encode()
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    try:
        with _opener.open(Request(url, body, headers), timeout=WAIT) as answer:  # noqa: S310 - http(s)
            return answer.read(LONGEST + 1)
    except HTTPError as error:
        with error:
            if error.code == 400 and question is not None:  # GraphQL tells its errors in the body
                return error.read(LONGEST + 1)
        raise PlanError(f"{url} answered {error.code} {error.reason}.") from error


def _graphql(url: str, identifier: str) -> dict[str, Any]:
    question = {"query": graphql.QUERY, "variables": {"plan": identifier}}
    answer = _ask(url, question)
    if "details" in _messages(answer):
        question["query"] = graphql.QUERY.replace("completedAt details", "completedAt comment")
        answer = _ask(url, question)
    return answer


def _messages(answer: dict[str, Any]) -> str:
    errors = answer.get("errors") or []
    return "; ".join(text(e.get("message") if isinstance(e, dict) else e) for e in errors)[:500]


def _rest(base: str, identifier: str) -> dict[str, Any]:
    plans = _pages(base, "plan/", {"identifier": identifier})
    if len(plans) != 1:
        raise PlanError(f"{base} has no public plan “{identifier}”.")
    here = f"plan/{plans[0]['id']}/"
    kinds = _pages(base, f"{here}category-types/")
    return {
        "plan": plans,
        "actions": (actions := _pages(base, f"{here}actions/")),
        "action_tasks": [
            task for row in actions for task in _pages(base, "action_task/", {"action": row["id"]})
        ],
        "action_statuses": _pages(base, "action_status/", {"plan": plans[0]["id"]}),
        "action_implementation_phases": _pages(base, f"{here}action_implementation_phases/"),
        "action_schedules": _pages(base, f"{here}action_schedules/"),
        "organizations": _pages(base, "organization/"),
        "persons": _pages(base, "person/"),
        "categories": [
            row
            for kind in kinds
            for row in _pages(base, f"{here}category-types/{kind['id']}/categories/")
        ],
    }


def _same_server(following: str, base: str) -> bool:
    onward, asked = urlsplit(following), urlsplit(base)
    return onward.netloc == asked.netloc and onward.scheme in (asked.scheme, "https")


def _pages(base: str, path: str, query: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """All rows of a list, page after page of the same server."""
    url = urljoin(base, path) + (f"?{urlencode(query)}" if query else "")
    rows: list[dict[str, Any]] = []
    for _page in range(PAGES):
        answer = _ask(url)
        rows += answer.get("results") or []
        following = text(answer.get("next"))
        if not following:
            return rows
        if not _same_server(following, base):
            raise PlanError(f"{base} leads to another server: {following}.")
        url = following
    raise PlanError(f"{base}{path} does not end after {PAGES} pages.")
