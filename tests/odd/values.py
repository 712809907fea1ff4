"""Odd values, and a client that tells what broke instead of raising it."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

HUGE = "9" * 30  # more than any integer column holds
# As many of each kind: the n-th attempt puts the n-th into every control of a form at once.
TEXTS = [
    "abc",
    "\0",
    "x" * 5000,
    "<script>alert(1)</script>{{ 1 }}%(a)s' OR 1=1 --",
    "\x01\x7f\u202e\ufeff\U0001f600e\u0301 \r\n\t ",
    "http://[",
]
NUMBERS = ["1e999", "\0", "NaN", HUGE, "31.12.9999", "0000-01-01"]
KEYS = ["abc", "\0", HUGE, "-1", "9223372036854775808", "1,2"]
FILES = [
    ("kuva.png", b"not a picture"),
    ("\0.png", b""),
    ("x" * 250 + ".pdf", b"%PDF-"),
    ("../../x.docx", b"PK\x03\x04"),
    ("\u202egnp.exe", b"MZ"),
    (".csv", b"\xff\xfe"),
]
# those at which the two databases differ: NUL in texts, numbers that no column holds
OF_DATABASES = (1, 2, 4)
ATTEMPTS = OF_DATABASES if connection.vendor == "postgresql" else range(len(TEXTS))
# for names of parameters, keys in addresses and the like
WORDS = ["abc", HUGE, "-1", "", "1e999", "9223372036854775808", "\u202e[(*", "10000-01-01"]
if connection.vendor == "postgresql":
    WORDS = [HUGE, "-1", "9223372036854775808", "10000-01-01"]


class Bold(Client):
    """Notes server errors in `broken` and changes of the database in `wrote`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, raise_request_exception=False, **kwargs)
        self.broken: list[str] = []
        self.wrote: list[str] = []

    def request(self, **request: Any) -> HttpResponse:
        connection.queries_log.clear()  # a walk over everything asks more than the log holds
        with CaptureQueriesContext(connection) as queries:
            response = super().request(**request)
        self.wrote = [
            query["sql"]
            for query in queries
            if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
            # the session, and the key of a form, which is taken back with a refused save
            and not any(name in query["sql"] for name in ("django_session", "_savedform"))
        ]
        if response.status_code >= 500:
            self.broken.append(f"{self.told(request)}: {self.why(response)}")
        return response

    @staticmethod
    def told(request: dict[str, Any]) -> str:
        """The request in one short line."""
        address = f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}"
        return f"{request.get('REQUEST_METHOD', 'GET')} {address[:160]}"

    @staticmethod
    def why(response: HttpResponse) -> str:
        """The exception and where it was raised."""
        if not response.exc_info:
            return str(response.status_code)
        error = response.exc_info[1]
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} {str(error)[:80]!r} in {last.name}"


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block is taken back, also after an error of the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
