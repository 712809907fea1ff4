"""One form, sent twice, is saved once: a double click, an impatient second click, a reload."""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.http import HttpRequest

from climateportal.admin.staleness import Loaded
from climateportal.models import SavedForm


def _digest(request: HttpRequest) -> str:
    sent = [
        (name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    ]
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    told = repr([sorted(sent), sorted(files)])
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Claim:
    """The right to save a form, or what became of it when somebody had the right before."""

    row: SavedForm
    is_first: bool
    digest: str

    @property
    def is_repeated(self) -> bool:
        """Whether this very content has been saved already."""
        return not self.is_first and self.row.digest == self.digest

    def settle(self, saved: models.Model | None) -> None:
        """The form has been saved as an object, or it was not and may be sent again."""
        if saved is not None:
            self.row.object_pk, self.row.digest = str(saved.pk), self.digest
            self.row.save(update_fields=["object_pk", "digest"])
        elif self.is_first:
            self.row.delete()


def claim(request: HttpRequest, loaded: Loaded) -> Claim:
    """Claim the form that was sent, inside the transaction that saves it.

    A second request waits here until the first one has ended: the database lets a key in once.
    """
    SavedForm.objects.purge()
    digest = _digest(request)
    try:
        with transaction.atomic():
            row = SavedForm.objects.create(key=loaded.key, user=request.user, digest=digest)
        return Claim(row, True, digest)
    except IntegrityError:
        return Claim(SavedForm.objects.get(key=loaded.key), False, digest)
