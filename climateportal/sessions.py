"""The session store: Django's, but it knows whose a session is and ends it in time."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from climateportal.devices import device_of

STARTED, DEVICE = "started_at", "device"


def begin(request: HttpRequest) -> None:
    """Note in a session that was just logged in when and where that was."""
    request.session[STARTED] = timezone.now().isoformat()
    request.session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))


class SessionStore(DatabaseStore):
    """Rows of `Session`. Use does not prolong a session: it ends half a day after its log-in."""

    @classmethod
    def get_model_class(cls) -> Any:
        from climateportal.models import Session  # apps may be loading

        return Session

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()
        if row is None:
            return {}
        row.note_use()
        return self.decode(row.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.account = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        if STARTED in data:
            row.started_at = datetime.fromisoformat(data[STARTED])
            longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
            row.expire_date = min(row.expire_date, row.started_at + longest)
        return row
