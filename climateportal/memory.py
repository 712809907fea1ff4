"""What this process remembers of one state of the public content, and forgets with it.

Everything here stands for one content version and one day, and only until the next moment at which
something begins or ends by itself. The version is read from the database each time before anything
remembered is used, so a change made by another process is seen in the next request.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.utils import timezone

from climateportal import contentversion

MOST_VALUES = 128
MOST_PAGES_READ = 32  # of what was read for a large page; a tenth of a megabyte each, or two
PLAIN_BYTES = 16 * 1024 * 1024  # of finished pages whose address has no query string
QUERIED_BYTES = 8 * 1024 * 1024  # of those that have one: inventing them pushes out no plain page

T = TypeVar("T")


class Shelf(Generic[T]):
    """A bounded number of things; what was not used for longest goes first. Thread-safe."""

    def __init__(self, room: int, size: Callable[[T], int] = lambda value: 1) -> None:
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._room, self._size, self._taken = room, size, 0
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key]

    def put(self, key: Hashable, value: T) -> None:
        with self._lock:
            if key in self._things:
                self._taken -= self._size(self._things.pop(key))
            self._things[key] = value
            self._taken += self._size(value)
            while self._taken > self._room:
                _key, oldest = self._things.popitem(last=False)
                self._taken -= self._size(oldest)

    def __len__(self) -> int:
        return len(self._things)


class Memory:
    """What was learnt of one version, from one moment until another."""

    def __init__(self, version: str, now: datetime) -> None:
        self.version, self.since = version, now
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
        self.until = min(filter(None, (midnight, contentversion.next_moment(now))))
        self.values: Shelf[Any] = Shelf(MOST_VALUES)
        self.read: Shelf[Any] = Shelf(MOST_PAGES_READ)
        self._plain: Shelf[Any] = Shelf(PLAIN_BYTES, len)
        self._queried: Shelf[Any] = Shelf(QUERIED_BYTES, len)

    def shelf(self, query: str) -> Shelf[Any]:
        """Where finished pages with this query string are kept."""
        return self._queried if query else self._plain

    def holds(self, version: str, now: datetime) -> bool:
        """Whether what is remembered is still so. A clock set back forgets everything."""
        return self.version == version and self.since <= now < self.until


_latest: Memory | None = None
_of_request: ContextVar[Memory | None] = ContextVar("memory_of_request", default=None)


def latest() -> Memory | None:
    """What the process remembers, true or not any more. No query."""
    return _latest


def current() -> Memory | None:
    """What the process remembers and may use now. One query.

    None in a transaction: what is not committed must neither be remembered nor be overlooked.
    """
    global _latest
    if _is_uncommitted():
        return None
    if known := _of_request.get():
        return known
    version, now = contentversion.read(), timezone.now()
    if not version:
        return None
    found = _latest
    if found is None or not found.holds(version, now):
        found = _latest = Memory(version, now)
    return found


def _is_uncommitted() -> bool:
    return connection.in_atomic_block


@contextmanager
def asked_once() -> Iterator[Memory | None]:
    """Ask for the version now and take the answer as true in the block, which must not write."""
    found = current()
    token = _of_request.set(found)
    try:
        yield found
    finally:
        _of_request.reset(token)


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """`make()`, once for each state of the content and each process.

    `key` names the value and all it depends on besides content and day: the language, an address.
    The value is shared by requests: nobody may change it.
    """
    return _kept(lambda memory: memory.values, key, make)


def read_once(key: Hashable, read: Callable[[], T]) -> T:
    """As `remembered`, for all that one large page tells: few are kept, the latest asked for.

    A region's summary in another order, or a pack as PDF after its page, is then not read anew.
    """
    return _kept(lambda memory: memory.read, key, read)


def _kept(shelf_of: Callable[[Memory], Shelf[Any]], key: Hashable, make: Callable[[], T]) -> T:
    memory = current()
    if memory is None:
        return make()
    found = shelf_of(memory).get(key)
    if found is None:
        found = make()
        shelf_of(memory).put(key, found)
    return found
