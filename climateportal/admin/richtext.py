"""The rich text editor in forms: started when seen, in the reader's language, under the strict CSP.

Two things of the editor need a word in the Content-Security-Policy, and only on pages with it: its
import map gets a nonce (no other script does, or the nonce would admit any host), and the style
sheet that it writes into the page is known by its hash.
"""

import json
from typing import Any

from csp.constants import NONCE
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget, prose_editor_admin_media
from js_asset import Media as AssetMedia

from climateportal.richtext import EXTENSIONS

# of the style sheet that tiptap in django-prose-editor 0.28 injects; the browser test notices when
# a new version changes it
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
MENU = {
    "Menu": {
        "groups": [
            {"group": group}
            for group in (
                "headings",
                "marks",
                "lists",
                "nodes -blockType",  # of which only the quotation is left
                "link",
                "table",
                "history",
            )
        ]
    },
    "NoSpellCheck": False,  # the browser's spelling help is worth having
}


class RichTextWidget(AdminProseEditorWidget):
    """A text area that our script turns into the editor once it is on the screen.

    A project with a hundred tasks has three hundred rich texts; an editor for each would take the
    browser a minute. Without JavaScript the text area itself is edited.
    """

    @property
    def media(self) -> Media:
        return prose_editor_admin_media + Media(
            js=[Script("admin-ours/richtext.js", type="module")]
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super(AdminProseEditorWidget, self).get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        for key in [key for key in attributes if key.startswith("data-django-prose-editor")]:
            del attributes[key]  # the package would start the editor at once
        attributes["data-rich"] = ""
        return context


def editor_config() -> str:
    """What every editor of a page is started with, as JSON; the form carries it once."""
    return json.dumps(expand_extensions({**EXTENSIONS, **MENU}), cls=DjangoJSONEncoder)


class ImportMapMedia(AssetMedia):
    """Media whose import map alone carries the nonce."""

    def render_js(self, *, attrs: dict[str, Any] | None = None) -> list[SafeString]:
        return [self._render_asset(asset, {}) for asset in self._normalize_js(self._js)]

    def render_css(self, *, attrs: dict[str, Any] | None = None) -> list[SafeString]:
        css = self._normalize_css(self._css)
        return [self._render_asset(asset, {}) for medium in sorted(css) for asset in css[medium]]


def allow_editor(request: HttpRequest, response: HttpResponse, media: Media) -> Media:
    """Let this page's policy admit the editor, if `media` brings it. Returns the media to render.

    `response` is only marked; the policy is written by the middleware.
    """
    if getattr(media, "_importmap", None) is None:
        return media
    response._csp_update = {"script-src": [NONCE], "style-src": [EDITOR_STYLE]}
    return ImportMapMedia.from_media(media, nonce=str(request.csp_nonce))
