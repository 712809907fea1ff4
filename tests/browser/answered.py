"""A site without a server: the browser's requests are answered by Django's test client.

In this thread, one at a time and inside the test's own transaction, so that nothing is committed
and SQLite's one connection is not pulled at from all sides. Forms, redirects and log-in work.
"""

import contextvars
import mimetypes
from html import escape
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import BrowserContext, Request, Route

ORIGIN = "http://localhost"  # which browsers trust as they do https
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


def _asked(client: Client, request: Request) -> HttpResponse:
    url = urlsplit(request.url)
    return client.generic(
        request.method,
        url.path + (f"?{url.query}" if url.query else ""),
        request.post_data_buffer or b"",
        content_type=request.headers.get("content-type", "text/plain"),
        headers={
            "host": "localhost",
            "accept": request.headers.get("accept", "*/*"),
            "accept-language": "fi",
        },
    )


def answer(context: BrowserContext, client: Client) -> None:
    """Answer every request of the context as `client`. Requests to other hosts are refused."""
    # Playwright calls back in a context of its own, where Django would open another connection
    here = contextvars.copy_context()

    def reply(route: Route) -> None:
        request = route.request
        url = urlsplit(request.url)
        if f"{url.scheme}://{url.netloc}" != ORIGIN:
            route.abort()
        elif url.path.startswith("/static/"):
            path = finders.find(url.path.removeprefix("/static/"))
            kind = mimetypes.guess_type(url.path)[0] or "application/octet-stream"
            route.fulfill(path=path, content_type=kind) if path else route.fulfill(status=404)
        else:
            response = here.run(_asked, client, request)
            if response.status_code in (301, 302):
                # a real redirect would leave for the network without being asked about; as in one,
                # the fragment of the address goes along
                place = escape(response["Location"])
                page = f"""<a href="{place}"></a>
                <script>
                const place = document.querySelector("a").href + location.hash;
                // or going to oneself would not load
                history.replaceState(null, "", "/redirected");
                location.replace(place);
                </script>
                <noscript><meta http-equiv="refresh" content="0; url={place}">
                </noscript>"""
                route.fulfill(status=200, content_type="text/html", body=page)
                return
            body = b"".join(response.streaming_content) if response.streaming else response.content
            headers = {name: text for name, text in response.items() if name != "Content-Length"}
            route.fulfill(status=response.status_code, headers=headers, body=body)

    context.route("**/*", reply)
