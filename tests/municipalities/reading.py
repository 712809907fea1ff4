"""What the tests of municipalities' and regions' pages share: ways to read a page."""

import re
from html import unescape

from django.test import Client


def words(html: str) -> str:
    """What a reader reads of a page, without tags and invisible joiners."""
    text = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").replace("\u2060", "")
    return re.sub(r" ([,.])", r"\1", " ".join(text.split()))


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()
