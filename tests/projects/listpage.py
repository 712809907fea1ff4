"""Reading the project list's page as a visitor does, for its tests."""

import re
from html import unescape

from django.test import Client

LIST = "/en/projects/"  # tests read the source strings, which are English
NOT_UNDERSTOOD = "A part of the address was not understood"


def page(client: Client, query: str = "", path: str = LIST) -> str:
    response = client.get(f"{path}{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    """The titles of the rows, in their order."""
    _before, _ul, rows = html.partition('<ul class="results">')
    links = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", rows)
    return [unescape(re.sub(r"<[^>]*>", "", title)) for title in links]


def chips(html: str) -> dict[str, str]:
    """Addresses of the chips by their words."""
    found = re.search(r'<ul class="chips on".*?</ul>', html, re.S)
    links = re.findall(r'<a href="([^"]*)">(.*?</svg>)</a>', found.group(), re.S) if found else []
    return {
        unescape(re.sub(r"<[^>]*>|Remove the filter", "", words)).strip(): unescape(url)
        for url, words in links
    }


def numbers(html: str, parameter: str) -> dict[str, int]:
    """The count beside each value of a filter."""
    boxes = rf'name="{parameter}" value="([^"]*)"[^>]*> [^<]* <span>(\d+)<'
    select = re.search(rf'<select id="{parameter}".*?</select>', html, re.S)
    options = r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)'
    found = re.findall(boxes, html) + re.findall(options, select.group() if select else "")
    return {value: int(count) for value, count in found}
