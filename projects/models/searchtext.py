"""What text search reads of projects, in a table of its own.

Beside descriptions in three languages a search would read sixty megabytes to find a word; here ten.
"""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Q


class SearchTextQuerySet(models.QuerySet):
    """The words of projects."""

    def matching(self, beginnings: Sequence[Sequence[str]]) -> Self:
        """Rows that have, for each word, one of its `search.alternatives`."""
        return self.filter(
            *(
                Q(*(("words__contains", f" {start}") for start in one_of), _connector=Q.OR)
                for one_of in beginnings
            )
        )


class SearchText(models.Model):
    """The words by which one project is found, as `search.indexed` writes them."""

    project = models.OneToOneField(
        "projects.Project", on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    words = models.TextField(blank=True)

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.words
