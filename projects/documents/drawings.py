"""Drawings in documents: the part of SVG that page and PDF draw alike, and nothing that runs.

A drawing has a viewBox and its colours as attributes; it stands on white, also in the dark.
"""

import re
import unicodedata
from math import isfinite
from xml.etree import ElementTree

from projects.documents.characters import shown

LONGEST = 200_000  # characters
DEEPEST = 20  # groups within groups
FONT = "Inter, system-ui, sans-serif"  # Inter is the PDF's; a page has its own
_NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = {
    *("g", "path", "rect", "line", "circle", "ellipse", "polyline", "polygon"),
    *("text", "tspan"),
}
_ATTRIBUTES = {
    *("viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"),
    *("dx", "dy", "d", "points", "transform", "fill", "fill-opacity", "fill-rule", "opacity"),
    *("stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    *("stroke-opacity", "text-anchor", "dominant-baseline", "font-size", "font-weight"),
}
_VALUE = re.compile(r"[\w\s.,#%()+-]*", re.ASCII)


def safe_drawing(svg: str) -> str:
    """The drawing with only shapes and words; "" when it cannot be read or has no size."""
    if len(svg) > LONGEST or "<!" in svg or "<?" in svg.removeprefix("<?xml"):
        return ""
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - without a DOCTYPE nothing expands
    except (ElementTree.ParseError, ValueError):
        return ""
    size = _size(root)
    if _name(root) != "svg" or size is None:
        return ""
    drawing = _copy(root)
    if not len(drawing):
        return ""
    fixed = {
        "xmlns": _NAMESPACE,
        "viewBox": root.get("viewBox") or f"0 0 {size[0]:g} {size[1]:g}",
        "width": f"{size[0]:g}",
        "height": f"{size[1]:g}",
        "font-family": FONT,
    }
    own = {name: value for name, value in drawing.attrib.items() if name not in fixed}
    drawing.attrib = fixed | own
    return ElementTree.tostring(drawing, encoding="unicode")


def drawing_size(svg: str) -> tuple[float, float]:
    """Width and height in pixels of what `safe_drawing` returned."""
    found = re.search(r' width="([\d.]+)" height="([\d.]+)"', svg)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _size(root: ElementTree.Element) -> tuple[float, float] | None:
    """Width and height from the viewBox, else from the attributes in pixels."""
    box = (root.get("viewBox") or "").replace(",", " ").split()
    found = box[2:] if len(box) == 4 else [root.get("width") or "", root.get("height") or ""]
    try:
        width, height = (float(part.removesuffix("px")) for part in found)
        if not all(isfinite(float(part)) for part in box):
            return None
    except ValueError:
        return None
    return (width, height) if 1 <= width <= 10_000 and 1 <= height <= 10_000 else None


def _copy(element: ElementTree.Element, depth: int = 0) -> ElementTree.Element:
    """The element with what is allowed in it; its texts in characters that can be shown."""
    copy = ElementTree.Element(_name(element))
    for name, value in element.items():
        if name in _ATTRIBUTES and _VALUE.fullmatch(value) and "url" not in value.lower():
            copy.set(name, value)
    words = copy.tag in {"text", "tspan"}
    copy.text = _words(element.text) if words else None
    for child in element:
        if _name(child) in _ELEMENTS and depth < DEEPEST:
            found = _copy(child, depth + 1)
            found.tail = _words(child.tail) if words else None
            copy.append(found)
    return copy


def _words(text: str | None) -> str:
    """Texts in a drawing. Loose accents go: typst draws them in running text only."""
    return "".join(char for char in shown(text or "") if unicodedata.category(char)[0] != "M")
