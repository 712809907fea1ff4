"""Sets of primary keys as bits: four hundred of them over ten thousand projects are half a megabyte
and are cut with each other in no time. Pure, no database.
"""

from collections.abc import Iterable, Iterator, Set


class Numbering:
    """The keys there are, each with a bit of its own. Sets of one numbering can be combined."""

    __slots__ = ("everything", "keys", "place")

    def __init__(self, keys: Iterable[int]) -> None:
        self.keys = tuple(sorted(set(keys)))
        self.place = {key: place for place, key in enumerate(self.keys)}
        self.everything = KeySet(self, (1 << len(self.keys)) - 1)

    def set(self, keys: Iterable[int]) -> "KeySet":
        """Those of `keys` that there are."""
        place = self.place
        flags = bytearray(len(self.keys) // 8 + 1)
        for key in keys:
            if (at := place.get(key)) is not None:
                flags[at >> 3] |= 1 << (at & 7)
        return KeySet(self, int.from_bytes(flags, "little"))

    def union(self, sets: Iterable["KeySet"]) -> "KeySet":
        """Keys that are in any of the sets."""
        bits = 0
        for some in sets:
            bits |= some.bits
        return KeySet(self, bits)


class KeySet(Set[int]):
    """Some keys of a numbering. Compares and combines with any other set, fastest with its like."""

    __slots__ = ("bits", "numbering")

    def __init__(self, numbering: Numbering, bits: int) -> None:
        self.numbering, self.bits = numbering, bits

    def _from_iterable(self, keys: Iterable[int]) -> "KeySet":
        return self.numbering.set(keys)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return self.bits != 0

    def __contains__(self, key: object) -> bool:
        place = self.numbering.place.get(key)
        return place is not None and bool(self.bits >> place & 1)

    def __iter__(self) -> Iterator[int]:
        return self.in_order(self.numbering.keys)

    def __and__(self, other: Set[int]) -> "KeySet":
        if isinstance(other, KeySet) and other.numbering is self.numbering:
            return KeySet(self.numbering, self.bits & other.bits)
        return super().__and__(other)

    def __or__(self, other: Set[int]) -> "KeySet":
        if isinstance(other, KeySet) and other.numbering is self.numbering:
            return KeySet(self.numbering, self.bits | other.bits)
        return super().__or__(other)

    __hash__ = Set._hash

    def in_order(self, keys: Iterable[int]) -> Iterator[int]:
        """The set's keys in the order of `keys`."""
        flags, place = f"{self.bits:b}"[::-1], self.numbering.place
        last = len(flags)
        return (key for key in keys if (at := place.get(key, last)) < last and flags[at] == "1")
