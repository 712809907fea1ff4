"""Addresses that moved: a changed slug keeps leading to its page (rule 8)."""

from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import slugify


class OldSlugQuerySet(models.QuerySet):
    """Former slugs."""

    def target(self, model: type[models.Model], slug: str) -> int | None:
        """The primary key of the `model` row that once had this slug, or None."""
        return (
            self.filter(content_type=ContentType.objects.get_for_model(model), slug=slug)
            .values_list("object_id", flat=True)
            .first()
        )

    def taken_from(self, obj: models.Model, slug: str) -> Self:
        """Former uses of `slug` by another object of the same model."""
        content_type = ContentType.objects.get_for_model(type(obj))
        return self.filter(content_type=content_type, slug=slug).exclude(object_id=obj.pk)


class OldSlug(models.Model):
    """A slug that an object used to have."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    slug = models.SlugField(max_length=120)

    objects = OldSlugQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "slug"], name="climateportal_oldslug_unique"
            )
        ]

    def __str__(self) -> str:
        return self.slug


def remember_slug(obj: models.Model, old: str) -> None:
    """Keep `old` leading to `obj`, and let `obj` take back a slug it had before."""
    content_type = ContentType.objects.get_for_model(type(obj))
    OldSlug.objects.filter(content_type=content_type, object_id=obj.pk, slug=obj.slug).delete()
    if old and old != obj.slug:
        OldSlug.objects.update_or_create(
            content_type=content_type, slug=old, defaults={"object_id": obj.pk}
        )


def free_slug(obj: models.Model, text: str) -> str:
    """A slug from `text` that no other row of the model has or ever had."""
    longest = obj._meta.get_field("slug").max_length
    base = slugify(text)[: longest - 4].strip("-") or obj._meta.model_name
    slug, number = base, 1
    while (
        type(obj)._default_manager.filter(slug=slug).exclude(pk=obj.pk).exists()
        or OldSlug.objects.taken_from(obj, slug).exists()
    ):
        number += 1
        slug = f"{base}-{number}"
    return slug
