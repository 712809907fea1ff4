"""What goes with a deleted row, told in words that an editor knows."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.text import capfirst


def _without(tree: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """Django's nested list of words without those that begin so."""
    return [
        _without(item, beginnings) if isinstance(item, list) else item
        for item in tree
        if isinstance(item, list) or not str(item).startswith(beginnings)
    ]


class PlainDeletion:
    """Mix in before `ModelAdmin`: the page that asks before deleting leaves out the rows that only
    tie two things together; nobody has seen or named them.
    """

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        ties = [
            model._meta
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created
        ]
        beginnings = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
        names = {tie.verbose_name_plural for tie in ties}
        counts = {name: count for name, count in counts.items() if name not in names}
        return _without(shown, beginnings), counts, lacking, protected
