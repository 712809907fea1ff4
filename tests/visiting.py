"""A visitor at the door of the portal: requests through the whole WSGI application.

Django's test client begins behind `ReplayFinishedPages`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from climateportal.replay import ReplayFinishedPages


@dataclass(frozen=True)
class Visit:
    """What came back, and what it cost."""

    status: int
    headers: dict[str, str]
    content: bytes
    queries: int

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def is_replayed(self) -> bool:
        """Whether the page comes from memory: one query and no view."""
        return self.queries == 1 and self.status in (200, 304)


@contextmanager
def _keeping_the_connection() -> Iterator[None]:
    """It holds the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def visit(path: str, method: str = "GET", *, secure: bool = False, **environ: str) -> Visit:
    """Send one request. Keywords are WSGI variables, such as `HTTP_HOST`."""
    sent = {"HTTP_HOST": "testserver", **environ}
    request = RequestFactory().generic(method, path, secure=secure, **sent)
    application = ReplayFinishedPages(WSGIHandler())  # with the settings of this moment
    heads: list[tuple[str, list[tuple[str, str]]]] = []
    with CaptureQueriesContext(connection) as queries, _keeping_the_connection():
        body = application(request.environ, lambda *head: heads.append(head))
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
    ((status, headers),) = heads
    assert len(dict(headers)) == len(headers), "a header is sent twice"
    return Visit(int(status.split()[0]), dict(headers), content, len(queries))
