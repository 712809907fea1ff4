"""Pictures of the demo, drawn here: hills, water and duckboards in a few plain shapes."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (1280, 560)
DRAWN_AT = 2  # twice the size, then halved: smooth edges

# key → (seed, sky, sun, hills from the farthest, water or field)
LOOKS = {
    "harju": (4, "#dfe9ea", "#f0a63a", ("#a9c3b6", "#6f9a86", "#3f7562", "#1c6347"), "#8cbcd0"),
    "lakeus": (7, "#f3e9d2", "#b96a00", ("#d8cfa6", "#b9b573", "#8a9a4e", "#5d7a3d"), "#d9c77a"),
    "jarvi": (11, "#d3e3ee", "#fff3cf", ("#9db8c6", "#648b9b", "#376a72", "#0f3b33"), "#6fa7c4"),
    "ranta": (23, "#f6e3dc", "#e08a5b", ("#c7b4bd", "#8d8fa6", "#556a85", "#274a63"), "#9dbcd6"),
}


def landscape(key: str) -> ContentFile:
    """A WebP picture of 1280 × 560 pixels, the same one each time for the same key."""
    seed, sky, sun, hills, plain = LOOKS[key]
    rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    width, height = (side * DRAWN_AT for side in SIZE)
    image = Image.new("RGB", (width, height), sky)
    draw = ImageDraw.Draw(image)
    centre, radius = (rng.randint(width // 5, width * 4 // 5), height // 4), height // 10
    draw.ellipse([c + s * radius for s in (-1, 1) for c in centre], fill=sun)
    for depth, colour in enumerate(hills):
        base = height * (0.34 + 0.13 * depth)
        draw.polygon(_ridge(rng, base, width, height), fill=colour)
    shore = int(height * 0.8)
    draw.rectangle([0, shore, width, height], fill=plain)
    _boards(draw, rng, width, height, shore)
    image = image.resize(SIZE, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=4)
    return ContentFile(out.getvalue(), name=f"{key}.webp")


def _ridge(
    rng: random.Random, base: float, width: int, height: int
) -> list[tuple[float, float]]:  # fmt: skip
    """The outline of one range of hills: three waves on top of each other, down to the bottom."""
    waves = [
        (rng.uniform(0.02, 0.06) * height / n, rng.uniform(0.6, 1.4) * n, rng.uniform(0, 6.3))
        for n in (1, 2, 4)
    ]
    points: list[tuple[float, float]] = [(0, height)]
    for x in range(0, width + 8, 8):
        turn = 2 * math.pi * x / width
        points.append((x, base + sum(a * math.sin(f * turn + p) for a, f, p in waves)))
    return [*points, (width, height)]


def _boards(
    draw: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int, shore: int
) -> None:
    """Duckboards from the front edge to the shore, narrower the farther they are."""
    near, far = width * rng.uniform(0.35, 0.5), width * rng.uniform(0.5, 0.65)
    steps = 9
    for step in range(steps):
        a, b = step / steps, (step + 0.72) / steps
        corners = []
        for part in (a, b):
            depth = part**0.6  # the eye sees far boards shorter
            y = height - (height - shore) * depth
            x = near + (far - near) * depth
            half = width * 0.035 * (1 - 0.8 * depth)
            corners.append(((x - half, y), (x + half, y)))
        (left, right), (left_far, right_far) = corners
        draw.polygon([left, right, right_far, left_far], fill="#7a6a55")
