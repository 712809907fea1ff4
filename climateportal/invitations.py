"""Inviting people: nobody gives a right that they do not have, and a link works once.

The address of a link holds a signed secret; the database holds its hash, so that whoever reads the
database can accept nothing. What the sender may give is asked again when the link is used.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.models import Invitation, User
from climateportal.models.invitation import Role
from climateportal.roles import open_admin
from municipalities.models import Membership, Municipality, Region
from municipalities.permissions import (
    is_administrator,
    municipality_of_regions_q,
    region_in_reach_q,
    seat_in_reach_q,
)
from projects.models import Project
from projects.permissions import project_of_regions_q

_signer = Signer(salt="climateportal.invitation")

# role → what it is given for, and under which name an account has it
GIVEN: dict[str, dict[str, str]] = {
    Role.ADMINISTRATOR: {},
    Role.REGION: {"regions": "regions"},
    Role.MUNICIPALITY: {"municipalities": "municipalities"},
    Role.CONTACT: {"projects": "projects"},
    Role.VIEWER: {"regions": "viewed_regions", "municipalities": "viewed_municipalities"},
    Role.MEMBER: {},
}
AREAS = ("regions", "municipalities", "projects")


def hashed(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token() -> str:
    return _signer.sign(secrets.token_urlsafe(32))


def grantable_q(user: Any, name: str) -> Q:
    """Regions, municipalities, projects or seats to which the user may invite."""
    match name:
        case "regions":
            return region_in_reach_q(user)
        case "municipalities":
            return municipality_of_regions_q(user)
        case "projects":
            return project_of_regions_q(user)
        case "seat":
            return seat_in_reach_q(user)
    raise ValueError(name)


def check(*, by: Any, role: str, seat: Membership | None, **areas: Iterable[Any]) -> None:
    """Raise ValidationError, by field, where the role lacks what it is for or where the sender
    has no right to give it. `areas`: regions, municipalities and projects.
    """
    errors: dict[str, str] = {}
    if role == Role.ADMINISTRATOR and not is_administrator(by):
        errors["role"] = _("Only an administrator of the portal invites another one.")
    given = GIVEN[role]
    if given and not any(areas.get(name) for name in given):
        errors[next(iter(given))] = _("Choose what the person is invited to.")
    if role == Role.MEMBER and seat is None:
        errors["seat"] = _("Choose whose seat it is.")
    models = {"regions": Region, "municipalities": Municipality, "projects": Project}
    for name in given:
        keys = {row.pk for row in areas.get(name) or ()}
        found = models[name].objects.filter(grantable_q(by, name), pk__in=keys)
        if set(found.values_list("pk", flat=True)) != keys:
            errors[name] = _("You can invite only to your own region.")
    if role == Role.MEMBER and seat is not None:
        free = Membership.objects.current().filter(grantable_q(by, "seat"), user=None, pk=seat.pk)
        if not free.exists():
            errors["seat"] = _("The seat is not free any more, or it is outside your region.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    role: str,
    language: str = "fi",
    seat: Membership | None = None,
    at: datetime | None = None,
    **areas: Iterable[Any],
) -> tuple[Invitation, str]:
    """Make an invitation; returns it and the token of its link, which is not stored anywhere.

    `areas` are regions, municipalities and projects; those that the role is not for are dropped.
    Raises ValidationError for what the sender may not give.
    """
    if unknown := set(areas) - set(AREAS):
        raise TypeError(f"Unknown areas: {', '.join(sorted(unknown))}")
    check(by=by, role=role, seat=seat, **areas)
    at, token = at or timezone.now(), _new_token()
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        role=role,
        language=language,
        seat=seat if role == Role.MEMBER else None,
        created_by=by,
        created_at=at,
        expires_at=Invitation.expiry(at),
        token_hash=hashed(token),
    )
    for name in GIVEN[role]:
        getattr(invitation, name).set(areas.get(name) or ())
    return invitation, token


def send_again(*, invitation: Invitation, at: datetime | None = None) -> str:
    """A new link with its full time; the one that was sent before ceases to work."""
    at, token = at or timezone.now(), _new_token()
    sent = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
        token_hash=hashed(token), created_at=at, expires_at=Invitation.expiry(at), revoked_at=None
    )
    if not sent:
        raise ValidationError(_("The invitation has been accepted already."))
    return token


def revoke(*, invitation: Invitation, at: datetime | None = None) -> None:
    """Close an invitation that nobody has accepted."""
    unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    unused.update(revoked_at=at or timezone.now())


def find(token: str, at: datetime | None = None) -> Invitation | None:
    """The invitation that this link opens at a moment (default: now), if it works any more."""
    try:
        _signer.unsign(token)
    except BadSignature:
        return None
    found = Invitation.objects.open(at).filter(token_hash=hashed(token)).first()
    return found if found and _still_given(found) else None


def _still_given(invitation: Invitation) -> bool:
    """Whether the sender may still give what was promised: reach can be taken away meanwhile."""
    areas = {name: list(getattr(invitation, name).all()) for name in GIVEN[invitation.role]}
    try:
        check(by=invitation.created_by, role=invitation.role, seat=invitation.seat, **areas)
    except ValidationError:
        return False
    return True


@transaction.atomic
def accept(*, token: str, user: User | None = None, **new: str) -> User | None:
    """Use a link once, for an account or for a new one (`password`, `first_name`, `last_name`).

    Returns the account with its new reach, or None when the link does not work. An account gets
    the reach only under the address to which the letter was sent.
    """
    invitation = find(token)
    if invitation is None or (user is not None and user.email.lower() != invitation.email):
        return None
    used = Invitation.objects.open().filter(pk=invitation.pk, token_hash=hashed(token))
    if not used.update(accepted_at=timezone.now()):  # somebody was faster with the same link
        return None
    if user is None:
        password = new.pop("password")
        new["language"] = invitation.language
        user = User.objects.create_user(invitation.email, password, is_staff=False, **new)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    _give(invitation, user)
    return user


def _give(invitation: Invitation, user: User) -> None:
    for name, relation in GIVEN[invitation.role].items():
        getattr(user, relation).add(*getattr(invitation, name).all())
    if invitation.role == Role.ADMINISTRATOR:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
    if invitation.seat:
        invitation.seat.user = user
        invitation.seat.save(update_fields=["user"])
    open_admin(user)
