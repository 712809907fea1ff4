"""What has been taken over from a source before, and new rows of it with their author."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from climateportal.models import User
from projects.kausal.merging import as_json, merge
from projects.models import SourceRecord


@dataclass
class Records:
    """The rows known of one source, and who takes over what is new, when and why."""

    source: str
    by: User | None
    at: datetime
    known: dict[tuple[str, str], SourceRecord] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in SourceRecord.objects.filter(source=self.source):
            self.known[record.kind, record.identifier] = record

    def find(self, kind: str, identifier: str, model: type[models.Model]) -> models.Model | None:
        """The row here, or None when it was never taken over or has been deleted since."""
        record = self.known.get((kind, identifier))
        return model._default_manager.filter(pk=record.object_id).first() if record else None

    def was_deleted(self, kind: str, identifier: str, model: type[models.Model]) -> bool:
        """Whether the row was taken over once and deleted here since."""
        return (kind, identifier) in self.known and self.find(kind, identifier, model) is None

    def difference(
        self, kind: str, identifier: str, row: models.Model, values: dict[str, Any]
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Which values to write, and which fields were edited on both sides and stay."""
        if row._state.adding:
            return values, ()
        record = self.known.get((kind, identifier))
        found = merge(
            {name: getattr(row, name) for name in values}, record.values if record else {}, values
        )
        return found.take, found.kept

    def store(self, row: models.Model) -> None:
        """Check and write a row with its author. Raises ValidationError."""
        self.sign(row)
        row.full_clean()
        row.save()

    def sign(self, row: models.Model) -> None:
        """Name the author of the next write of a row."""
        row._history_user, row._history_date = self.by, self.at
        row._change_reason = f"Taken over from {self.source}"[:100]

    def remember(
        self, kind: str, identifier: str, row: models.Model, values: dict[str, Any]
    ) -> None:
        """Note what the source says now of a row here."""
        record = self.known.get((kind, identifier)) or SourceRecord(
            source=self.source, kind=kind, identifier=identifier
        )
        kept = {**record.values, **{name: as_json(value) for name, value in values.items()}}
        content_type = ContentType.objects.get_for_model(type(row))
        same = record.pk and record.object_id == row.pk and record.values == kept
        record.content_type, record.object_id, record.values = content_type, row.pk, kept
        if not same:
            record.save()
        self.known[kind, identifier] = record
