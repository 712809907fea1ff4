"""Which encodings of requests are understood: UTF-8. Needed before Django reads a request."""

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
UNREADABLE = "climateportal.unreadable"  # in the environ; RefuseUnreadableRequests answers 400
_UTF8 = re.compile(r""";\s*charset=["']?utf-?8["']?""", re.IGNORECASE)


def only_utf8(application: Application) -> Application:
    """A WSGI application whose requests are in UTF-8, as browsers send them, or marked unreadable.

    Django would take over whatever encoding the request names, “hex” and “idna” included, before
    any middleware could refuse it, and fail without an answer of its own.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        kind = _UTF8.sub("", environ.get("CONTENT_TYPE") or "")
        parameters = kind.partition(";")[2].lower()
        if "charset" in parameters or "*" in parameters:
            kind, environ[UNREADABLE] = "", True
        environ["CONTENT_TYPE"] = kind
        return application(environ, start_response)

    return guarded
