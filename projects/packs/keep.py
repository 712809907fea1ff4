"""Keeping packs: freezing what a group saw, and secret links to packs that are not public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from climateportal.dates import occasion
from climateportal.models import User
from climateportal.translated import LANGUAGES
from municipalities.models import Meeting
from projects.documents.blocks import Block, Document, Heading, Paragraph, Span, line
from projects.documents.frozen import from_json, to_json
from projects.models import FrozenPack, PackLink
from projects.packs import words
from projects.packs.meeting import build_pack, pack_facts, with_record

SALT = "projects.packs.link"


@transaction.atomic
def freeze_pack(*, meeting: Meeting, by: User | None, at: datetime | None = None) -> FrozenPack:
    """Keep the pack in every language as it is at a moment (default: now), for good.

    Raises ValidationError when it is frozen already.
    """
    at = at or timezone.now()
    rows = Meeting.objects.select_related("group__region").select_for_update(of=("self",))
    locked = rows.get(pk=meeting.pk)
    if FrozenPack.objects.filter(meeting=locked).exists():
        raise ValidationError(_("The pack has been frozen already. Nothing was changed."))
    facts = pack_facts(locked, at)
    documents = {language: to_json(build_pack(facts, language)) for language in LANGUAGES}
    return FrozenPack.objects.create(meeting=locked, at=at, by=by, documents=documents)


def frozen_document(pack: FrozenPack, language: str) -> Document:
    """What the group saw, in a language."""
    return from_json(pack.documents.get(language) or pack.documents["fi"])


def kept_pack(pack: FrozenPack, language: str, record: Sequence[Block] = ()) -> Document:
    """What the group saw, in a language, with a note that says so, and the `record` of the meeting
    that was added later.
    """
    document = frozen_document(pack, language)
    added = [row for row in record if isinstance(row, Heading) and row.level == 2]
    with translation.override(language):
        note = (
            _("The figures were kept for the meeting on %(moment)s. "
              "What has changed since is not in them. Added later: ")
            if added
            else _("Kept for the meeting on %(moment)s. What has changed since is not in it.")
        ) % {"moment": occasion(pack.at)}  # fmt: skip
    names = words.joined((Span(row.text, href=f"#{row.anchor}"),) for row in added)
    kept = Paragraph(line(note, names, "." if added else ""), "note")
    first, *rest = document.blocks
    return with_record(replace(document, blocks=(first, kept, *rest)), record)


def link_address(link: PackLink) -> str:
    """The path of the pack with the link's key. Whoever has it reads the pack until it ends."""
    meeting = link.meeting
    return f"{meeting.get_absolute_url()}?avain={signing.Signer(salt=SALT).sign(link.pk)}"


def link_of(key: str) -> PackLink | None:
    """The link that a key belongs to, open or not; None for a key that was not made here."""
    try:
        pk = signing.Signer(salt=SALT).unsign(key)
    except signing.BadSignature:
        return None
    return PackLink.objects.filter(pk=int(pk)).first()
