"""Where an imported row came from, so that a second import finds it again."""

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class SourceRecord(models.Model):
    """One row of another system and the row made of it here.

    `values` are those that the source had when they were last taken over: what differs from them
    here was edited here, what differs from them there was edited there.
    """

    source = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    identifier = models.CharField(max_length=500)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "identifier"], name="sourcerecord_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.identifier}"
