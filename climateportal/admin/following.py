"""What apps above do around saving or deleting a row of an app below."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest


class Followed:
    """Mix in before `ModelAdmin`: each of `around` is a context manager, entered with the row."""

    around: ClassVar[tuple[Callable[[Any], AbstractContextManager[None]], ...]] = ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with self._followed(obj):
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with self._followed(obj):
            super().delete_model(request, obj)

    @contextmanager
    def completing(self, obj: models.Model, by: Any, at: datetime) -> Iterator[None]:
        """Write `obj` and its rows in the block without the form; the same follows as from it."""
        with self._followed(obj):
            yield

    def _followed(self, obj: models.Model) -> ExitStack:
        stack = ExitStack()
        for follow in self.around:
            stack.enter_context(follow(obj))
        return stack
