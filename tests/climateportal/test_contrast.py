"""The colours of static/css/tokens.css keep WCAG's contrasts, computed and not believed."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
TEXT, GRAPHIC = 4.5, 3.0

# foreground, background, least ratio
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "muted", "link", "done", "now-ink", "late")
      for ground in ("bg", "card", "tint")),
    *((edge, ground, GRAPHIC) for edge in ("now", "line", "done") for ground in ("bg", "card")),
    ("done", "done-bg", TEXT), ("now-ink", "now-bg", TEXT), ("late", "late-bg", TEXT),
    ("ink", "now-bg", TEXT),  # notices
    ("band-ink", "band", TEXT), ("band-soft", "band", TEXT), ("hilla", "band", TEXT),
    ("band-line", "band", GRAPHIC), ("band-ink", "band-2", TEXT),
    ("band-soft", "hills", TEXT), ("hilla", "hills", TEXT), ("band-line", "hills", GRAPHIC),
    ("on-btn", "btn", TEXT), ("on-btn", "btn-h", TEXT), ("on-hilla", "hilla", TEXT),
    ("btn", "bg", GRAPHIC), ("btn", "card", GRAPHIC),
    ("qt", "q1", TEXT), ("qt", "q2", TEXT), ("qt2", "q3", TEXT), ("qt2", "q4", TEXT),
]  # fmt: skip


def _rgb(colour: str) -> tuple[float, ...]:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4))


def tokens(theme: str) -> dict[str, tuple[float, ...]]:
    """The colours of a theme; `hills` is the band under both layers of the drawing."""
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]+)", LIGHT))
    if theme == "dark":
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]+)", DARK))
    colours = {name: _rgb(value) for name, value in found.items()}
    hills = colours["band"]
    for _layer in range(2):
        hills = tuple(channel + (255 - channel) * 0.04 for channel in hills)
    return colours | {"hills": hills}


def _luminance(rgb: tuple[float, ...]) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio(_rgb("#767676"), _rgb("#fff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("fore", "ground", "least"), PAIRS)
def test_contrast(theme: str, fore: str, ground: str, least: float) -> None:
    colours = tokens(theme)
    assert ratio(colours[fore], colours[ground]) >= least


def test_tags_on_the_band_wear_the_light_theme_in_both() -> None:
    """The band is dark in both themes, so its tags must not change with the theme."""
    css = (Path(__file__).parents[2] / "static/css/components/tags.css").read_text()
    rule = re.search(r"\.band \.tag \{([^}]*)\}", css).group(1)
    light = tokens("light")
    for name, value in re.findall(r"--([\w-]+):\s*(#[0-9a-f]+)", rule):
        assert _rgb(value) == light[name], name


def test_the_drawing_of_the_hills_is_as_faint_as_the_contrasts_assume() -> None:
    svg = (Path(__file__).parents[2] / "static/img/hills.svg").read_text()
    assert 'fill="#fff" fill-opacity=".04"' in svg
    assert svg.count("<path") == 2
