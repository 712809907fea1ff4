"""Reads a form of the admin as a browser does, so that a test changes only what it is about."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Controls(HTMLParser):
    """Names and values of the controls inside the form `id`."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.data: dict[str, Any] = {}
        self.select: tuple[str, bool] | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("id") == self.form
        if not self.inside:
            return
        name = at.get("name") or ""
        match tag:
            case "input" if name and at.get("type") not in ("submit", "file"):
                if at.get("type") not in ("checkbox", "radio"):
                    self.data[name] = at.get("value") or ""
                elif "checked" in at:
                    self.data[name] = at.get("value") or "on"
            case "textarea":
                self.textarea, self.data[name] = name, ""
            case "select":
                self.select = (name, "multiple" in at)
                self.data[name] = [] if "multiple" in at else ""
            case "option" if self.select and "selected" in at:
                name, many = self.select
                value = at.get("value", "")
                if many:
                    self.data[name].append(value)
                else:
                    self.data[name] = value

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self.inside = False
            case "select":
                self.select = None
            case "textarea":
                if self.textarea:  # the parser keeps the line break that a browser drops
                    self.data[self.textarea] = self.data[self.textarea].removeprefix("\n")
                self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.data[self.textarea] += data


def controls(response: HttpResponse, form: str) -> dict[str, Any]:
    """What a browser would send back of the form with this id, without the templates of rows."""
    parser = _Controls(form)
    parser.feed(response.content.decode())
    assert parser.data, f"no form {form} on the page"
    return {name: value for name, value in parser.data.items() if "__prefix__" not in name}


def row(data: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """`data` with one more row in the inline `prefix`, as after “Add another”."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    added = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {**data, **added, f"{prefix}-TOTAL_FORMS": str(number + 1)}


def problems(response: HttpResponse) -> dict[str, str]:
    """What the error summary says: id of the field → message."""
    assert response.status_code == 200, f"no errors: {response.status_code}"
    return {problem.target: problem.message for problem in response.context["problems"]}


def saved(client: Client, url: str, data: dict[str, Any], button: str = "_save") -> HttpResponse:
    """Send a form; fails with its errors when it was not accepted."""
    response = client.post(url, {**data, button: "1"})
    if response.status_code == 200:
        raise AssertionError(problems(response))
    if response.status_code == 409:
        raise AssertionError(f"stale, or sent before: {response.context.get('refusal')}")
    return response
