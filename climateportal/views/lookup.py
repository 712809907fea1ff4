"""Finding what an address means, now or once."""

from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect

from climateportal.models import OldSlug


def get_or_moved(
    queryset: models.QuerySet, slug: str
) -> models.Model | HttpResponsePermanentRedirect:
    """The row of `queryset` with this slug, or a redirect for good when the slug was changed.

    Raises Http404 when no readable row has or had the slug: a draft's old address tells nothing.
    """
    if found := queryset.filter(slug=slug).first():
        return found
    pk = OldSlug.objects.target(queryset.model, slug)
    moved = queryset.filter(pk=pk).first() if pk else None
    if moved is None:
        raise Http404
    return HttpResponsePermanentRedirect(moved.get_absolute_url())
