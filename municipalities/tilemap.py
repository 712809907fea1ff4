"""The map of counties as tiles: where each stands and how it is abbreviated. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

STEP = 58  # px from tile to tile
SIZE = 54  # px, a tile's side

# official code → (column, row, abbreviation in Finnish, in Swedish)
TILES = {
    "19": (3, 0, "LAP", "LAP"),
    "17": (3, 1, "POP", "NÖB"),
    "18": (4, 1, "KAI", "KAJ"),
    "15": (1, 2, "POH", "ÖB"),
    "16": (2, 2, "KEP", "MÖB"),
    "11": (4, 2, "PSA", "NSA"),
    "12": (5, 2, "PKA", "NKA"),
    "14": (2, 3, "EPO", "SÖB"),
    "13": (3, 3, "KSU", "MFI"),
    "10": (4, 3, "ESA", "SSA"),
    "09": (5, 3, "EKA", "SKA"),
    "04": (1, 4, "SAT", "SAT"),
    "06": (2, 4, "PIR", "BIR"),
    "07": (3, 4, "PHÄ", "PTA"),
    "08": (4, 4, "KYM", "KYM"),
    "02": (1, 5, "VSU", "EFI"),
    "05": (2, 5, "KHÄ", "EGT"),
    "01": (3, 5, "UUS", "NYL"),
    "21": (0, 6, "AHV", "ÅLA"),
}
# lower limits of the four shades, chosen by the largest number on the map
SCALES = ((1, 2, 3, 4), (1, 3, 6, 10), (1, 5, 10, 20), (1, 10, 20, 40), (1, 50, 100, 200))
MORE = (1, 200, 400, 800)


@dataclass(frozen=True, slots=True)
class Tile:
    """One county on the map. `shade` is 0 for none, 1 to 4 for few to many."""

    code: str
    x: int
    y: int
    abbreviation: str
    shade: int


@dataclass(frozen=True, slots=True)
class Shade:
    """One shade of the legend. `last` is None for the darkest: it has no upper limit."""

    number: int
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles of known counties, and the words of the legend."""

    tiles: tuple[Tile, ...]
    legend: tuple[Shade, ...]


def tile_map(counts: Mapping[str, int], language: str) -> TileMap:
    """Tiles for counties by official code with their numbers; unknown codes are left out."""
    limits = _scale(max(counts.values(), default=0))
    tiles = tuple(
        Tile(
            code=code,
            x=column * STEP,
            y=row * STEP,
            abbreviation=swedish if language == "sv" else finnish,
            shade=sum(counts[code] >= limit for limit in limits),
        )
        for code, (column, row, finnish, swedish) in TILES.items()
        if code in counts
    )
    legend = tuple(
        Shade(number, first, following - 1 if following else None)
        for number, (first, following) in enumerate(
            zip(limits, [*limits[1:], None], strict=True), start=1
        )
    )
    return TileMap(tiles, legend)


def _scale(largest: int) -> tuple[int, ...]:
    """The coarsest scale whose darkest shade is still reached, if any is."""
    reached = [scale for scale in (*SCALES, MORE) if scale[-1] <= largest]
    return reached[-1] if reached else SCALES[0]
