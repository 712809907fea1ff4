"""A check of all addresses of public content, and what it writes down."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from django.db import transaction

from projects.enums import LinkProblem
from projects.linkfetch import CANNOT_TELL, Answer
from projects.linkplaces import Place
from projects.models import BrokenLink
from projects.models.brokenlink import OWNERS

GIVEN_UP = 3  # failures of a server in a row, after which its other addresses are not waited for
SILENT = {LinkProblem.NO_SERVER, LinkProblem.NO_ANSWER}
FEWEST = 3  # servers of which none answers: the fault is nearer


class NoNetworkError(Exception):
    """Nothing answers: this server itself has no way out."""


@dataclass(frozen=True)
class Tally:
    """What a check found, in numbers of addresses and of places."""

    addresses: int
    asked: int
    cannot_tell: int
    told: int
    waiting: int


def chosen(addresses: Iterable[str], most: int, on: date) -> list[str]:
    """At most `most` addresses, others every week, so that servers take turns."""
    ordered = sorted(set(addresses))
    start = (on.toordinal() // 7) * most % len(ordered) if len(ordered) > most else 0
    turn = (ordered[start:] + ordered[:start])[:most]
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in turn:
        by_host[_host(address)].append(address)
    return [address for address in chain(*zip_longest(*by_host.values())) if address]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def ask_all(addresses: list[str], ask: Callable[[str], Answer]) -> dict[str, Answer]:
    """The answer of each address. Raises NoNetworkError when no server answers at all."""
    answers: dict[str, Answer] = {}
    silent: dict[str, int] = defaultdict(int)
    for address in addresses:
        host = _host(address)
        if silent[host] >= GIVEN_UP:
            answers[address] = Answer(LinkProblem.NO_ANSWER)
            continue
        answers[address] = ask(address)
        silent[host] = silent[host] + 1 if answers[address].problem in SILENT else 0
    if len(silent) >= FEWEST and all(answer.problem in SILENT for answer in answers.values()):
        raise NoNetworkError
    return answers


@transaction.atomic
def write_down(*, places: Iterable[Place], answers: dict[str, Answer], at: datetime) -> Tally:
    """Note what is broken where; what works again, or stands nowhere any more, is forgotten.

    An address that was not asked this time stays as it was.
    """
    known = {(k.place, k.row, k.column, k.address): k for k in BrokenLink.objects.all()}
    new, again, standing = [], [], set()
    all_addresses = set()
    for place in places:
        all_addresses.add(place.address)
        answer, link = answers.get(place.address), known.get(place.key)
        if answer is None:
            standing.add(place.key)
        elif answer.problem:
            standing.add(place.key)
            found = link or BrokenLink(
                place=place.place, row=place.row, column=place.column, address=place.address,
                since=at,
            )  # fmt: skip
            for name, key in zip(OWNERS, place.owners, strict=True):
                setattr(found, f"{name}_id", key)
            found.problem, found.checked_at = answer.problem, at
            found.is_told = answer.at_once or link is not None
            (again if link else new).append(found)
    BrokenLink.objects.bulk_create(new, ignore_conflicts=True)
    written = ["problem", "checked_at", "is_told", *OWNERS]
    BrokenLink.objects.bulk_update(again, written, batch_size=200)
    gone = [link.pk for key, link in known.items() if key not in standing]
    BrokenLink.objects.filter(pk__in=gone).delete()
    told = BrokenLink.objects.told().count()
    return Tally(
        addresses=len(all_addresses),
        asked=len(answers),
        cannot_tell=sum(answer == CANNOT_TELL for answer in answers.values()),
        told=told,
        waiting=BrokenLink.objects.count() - told,
    )
