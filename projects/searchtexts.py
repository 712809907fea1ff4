"""Storing the words by which projects are found."""

from collections.abc import Mapping

from django.db.models import QuerySet

from projects.freshness import SEARCHED, search_texts
from projects.models import Project, SearchText

AT_ONCE = 500  # projects whose texts are held in memory together


def refresh_search_text(*, projects: QuerySet[Project]) -> int:
    """Let projects be found by what a place, organisation or theme of theirs is called now.

    Neither history nor “information updated” moves: the projects themselves were not edited.
    Returns how many of them had other words before.
    """
    changed = 0
    keys = list(projects.order_by("pk").values_list("pk", flat=True).distinct())
    for start in range(0, len(keys), AT_ONCE):
        some = Project.objects.filter(pk__in=keys[start : start + AT_ONCE])
        known = dict(SearchText.objects.filter(pk__in=some).values_list("pk", "words"))
        texts = search_texts(list(some.only(*SEARCHED)))
        changed += keep_words({pk: text for pk, text in texts.items() if known.get(pk) != text})
    return changed


def keep_words(texts: Mapping[int, str]) -> int:
    """Store the words by which projects are found. Returns of how many."""
    rows = [SearchText(pk=pk, words=words) for pk, words in texts.items()]
    SearchText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["project"], update_fields=["words"]
    )
    return len(rows)
