"""Bodies for art that is only a head or a bust, so that a fox in a forest is a whole fox.

Emoji show many animals as faces and most people as busts. A small seated or standing body in the head's own
colours turns them into figures that can stand, ride and wear hats.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

import numpy as np

from egaku.engines.illustrator.color import srgb
from tools.bank import draw, measure, svg

SIDE = 100.0


@dataclass(frozen=True)
class Kind:
    """How a body is made."""

    tail: str = ""
    """`brush`, `ringed`, `tuft`, `stub` or none."""
    belly: str = ""
    limbs: str = ""
    """Paint of arms and legs where it is not the body's."""
    coat: str = ""
    """Paint of the body where it is not the head's main colour."""
    head: float = 62.0
    """Width of the head in a body 100 high."""


ANIMALS = {
    "fox": Kind(tail="brush", belly="#fbeedd", limbs="#5b3a34", coat="#f0742c"),
    "wolf": Kind(tail="brush", belly="#e4e4ea", coat="#8f8d99"),
    "raccoon": Kind(tail="ringed", belly="#d8d4de", limbs="#55505c", coat="#9a95a2"),
    "redpanda": Kind(tail="ringed", belly="#5a3328", limbs="#4a2a24", coat="#d0602f"),
    "lion": Kind(tail="tuft", belly="#ffe0a3", coat="#f4a93c"),
    "bear": Kind(tail="stub", belly="#c99b74"),
    "polar": Kind(tail="stub", belly="#ffffff", coat="#eceaf3"),
    "panda": Kind(tail="stub", limbs="#3d3850", coat="#f3f0f8"),
    "koala": Kind(belly="#e9e6ee"),
    "hamster": Kind(tail="stub", belly="#fff1de", head=58),
    "frog": Kind(belly="#f6f0b8", coat="#58bd62"),
    "monster": Kind(belly="#f2e9ff"),
    "tiger": Kind(tail="tuft", belly="#fff1dc", coat="#f2922e"),
}

FULL = ("unicorn", "pegasus", "bust")
"""Kinds whose drawing is not a head to begin with."""

SHIRTS = {"girl": "#e85a8a", "santa": "#d23238", "boy": "#3d8fe0", "adult": "#7a6fd6", "baby": "#9fd4f5"}


def is_bust(root: ET.Element) -> bool:
    """True when the drawing ends in a wide straight cut, as shoulders do."""
    pixels = measure.raster(ET.tostring(root, encoding="unicode"))
    box = measure.bounds(pixels)
    if box is None:
        return False
    side = pixels.shape[0]
    last = pixels[int(box[3] * side) - 2, :, 3] > 128
    wide = box[2] - box[0]
    return bool(last.mean() > 0.45 * wide and wide > 0.5 and box[3] > 0.9 and box[3] - box[1] > 0.75)


def attach(head: ET.Element, kind: str, *, glossy: bool) -> ET.Element:
    """The whole figure, 100 x 100 user units, for a head (animals, people) or a bust (`bust`)."""
    pixels = measure.raster(ET.tostring(head, encoding="unicode"))
    measures = measure.measure(pixels, faces_left=False)
    if measures is None:
        return head
    color = _hex(measure.body_color(pixels, avoid_green=False))
    if kind in ANIMALS:
        shape = ANIMALS[kind]
        parts, size, top = _animal(shape, shape.coat or color, glossy), shape.head, 2.0
    elif kind == "bust":
        parts, size, top = _legs(pixels, measures, glossy), 0.0, 0.0
        return _join(head, measures, parts, size=64.0, top=0.0, by_height=True)
    elif kind.startswith(FULL[:2]):
        return _fabulous(head, measures, kind)
    elif kind == "robot":
        parts, size, top = _robot(color, glossy), 52.0, 1.0
    else:
        parts, size, top = _person(color, kind, glossy), 44.0, 1.0
    return _join(head, measures, parts, size=size, top=top)


def _join(
    head: ET.Element,
    measures: measure.Measures,
    parts: str,
    *,
    size: float,
    top: float,
    by_height: bool = False,
) -> ET.Element:
    root = svg.parse(parts, SIDE, SIDE)
    svg.prefix_ids(head, "h")
    width, height = float(head.get("width", "1")), float(head.get("height", "1"))
    left, upper, right, lower = measures.box
    extent = (lower - upper) * height if by_height else (right - left) * width
    scale = size / extent
    if not by_height:
        scale = min(scale, 60.0 / ((lower - upper) * height))
    shift_x = SIDE / 2 - (left + right) / 2 * width * scale
    shift_y = top - upper * height * scale
    group = ET.SubElement(root, f"{{{svg.SVG}}}g")
    group.set("transform", f"translate({shift_x:.3f} {shift_y:.3f}) scale({scale:.5f})")
    group.extend(list(head))
    return root


def _animal(kind: Kind, coat: str, glossy: bool) -> str:
    limbs = kind.limbs or draw.shade(coat, -0.05, 0.01)
    parts = [_tail(kind.tail, coat, glossy)]
    parts += [draw.ball(x, 93, 11, 6.5, limbs, glossy=glossy) for x in (36.5, 63.5)]
    parts.append(draw.ball(50, 74, 21, 23, coat, glossy=glossy))
    if kind.belly:
        parts.append(draw.ball(50, 79, 13, 16, kind.belly, glossy=glossy))
    parts += [
        draw.ball(32, 71, 6, 13, limbs, turn=18, glossy=glossy),
        draw.ball(68, 71, 6, 13, limbs, turn=-18, glossy=glossy),
    ]
    return "".join(parts)


def _tail(tail: str, coat: str, glossy: bool) -> str:
    sweep = "M64 90C78 96 93 88 93 70C93 60 88 55 84 53C84 64 80 74 66 78Z"
    if tail == "brush":
        tip = "M93 70C93 60 88 55 84 53C84 58 83 62 81 66C85 65 90 66 93 70Z"
        return draw.path(sweep, coat, glossy=glossy) + draw.path(tip, "#fff6ea", glossy=glossy)
    if tail == "ringed":
        dark = draw.shade(coat, -0.22)
        bands = "".join(
            draw.line(d, dark, 4)
            for d in ("M92 66C88 63 85 63 82 63", "M91 78C86 73 82 72 79 72", "M84 88C80 82 76 79 72 78")
        )
        return draw.path(sweep, coat, glossy=glossy) + bands
    if tail == "tuft":
        curl = draw.line("M66 86C82 90 88 80 86 66", coat, 4.5)
        return curl + draw.ball(86, 62, 5, 7, draw.shade(coat, -0.25), glossy=glossy)
    if tail == "stub":
        return draw.ball(70, 87, 6, 6, draw.shade(coat, -0.04), glossy=glossy)
    return ""


def _person(skin: str, kind: str, glossy: bool) -> str:
    shirt = SHIRTS.get(kind, SHIRTS["adult"])
    trousers = draw.shade(shirt, -0.2, 0.03) if kind != "girl" else "#5a4aa0"
    legs = [
        draw.box(x, 72, 9, 24, skin if kind == "girl" else trousers, r=4, glossy=glossy) for x in (40, 51)
    ]
    shoes = [draw.ball(x, 96, 7, 4, "#4b3f5c", glossy=glossy) for x in (43, 57)]
    arms = [
        draw.ball(34, 60, 4.5, 13, shirt, turn=16, glossy=glossy),
        draw.ball(66, 60, 4.5, 13, shirt, turn=-16, glossy=glossy),
        draw.ball(30.5, 71, 4.2, 4.2, skin, glossy=glossy),
        draw.ball(69.5, 71, 4.2, 4.2, skin, glossy=glossy),
    ]
    dress = "M40 44C36 56 33 68 31 78C42 83 58 83 69 78C67 68 64 56 60 44Z"
    trunk = (
        draw.path(dress, shirt, glossy=glossy)
        if kind == "girl"
        else draw.box(36, 44, 28, 33, shirt, r=9, glossy=glossy)
    )
    return "".join([*legs, *shoes, *arms[:2], trunk, *arms[2:]])


def _robot(color: str, glossy: bool) -> str:
    dark = draw.shade(color, -0.25)
    parts = [draw.box(x, 80, 10, 16, dark, r=3, glossy=glossy) for x in (36, 54)]
    parts += [draw.box(x, 93, 15, 6, color, r=3, glossy=glossy) for x in (33, 52)]
    parts += [draw.box(x, 58, 8, 26, dark, r=4, glossy=glossy) for x in (22, 70)]
    parts += [draw.ball(x, 84, 6, 6, color, glossy=glossy) for x in (26, 74)]
    parts.append(draw.box(31, 50, 38, 34, color, r=6, glossy=glossy))
    parts.append(draw.box(38, 60, 24, 15, draw.shade(color, -0.35), r=3, glossy=glossy))
    lights = zip((43, 50, 57), ("#ff5a6e", "#ffc93c", "#4fd6a0"), strict=True)
    parts += [draw.disc(x, 67.5, 2.4, light) for x, light in lights]
    return "".join(parts)


def _legs(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], measures: measure.Measures, glossy: bool
) -> str:
    """Hips and legs under a bust, in the colour of its lowest rows."""
    bottom = int(measures.box[3] * pixels.shape[0]) - 3
    row = pixels[bottom]
    solid = row[row[:, 3] > 200][:, :3]
    red, green, blue = (int(value) for value in np.median(solid, axis=0)) if solid.size else (90, 90, 130)
    coat = f"#{red:02x}{green:02x}{blue:02x}"
    span = float((row[:, 3] > 100).sum()) / pixels.shape[1] / (measures.box[3] - measures.box[1]) * 64.0
    half = float(np.clip(span / 2 * 0.86, 14, 30))
    deep = draw.shade(coat, -0.08, 0.015)
    hips = f"M{50 - half} 58L{50 + half} 58L{50 + half * 0.72} 82L{50 - half * 0.72} 82Z"
    leg = half * 0.62
    parts = [draw.box(x, 74, leg, 20, deep, r=4, glossy=glossy) for x in (50 - leg - 0.8, 50.8)]
    parts += [
        draw.ball(x, 95.5, leg * 0.72, 4.2, "#453a52", glossy=glossy)
        for x in (50 - leg * 0.62, 50 + leg * 0.62)
    ]
    return "".join([*parts, draw.path(hips, coat, glossy=glossy)])


def _hex(lab: tuple[float, float, float]) -> str:
    red, green, blue = (round(float(value) * 255) for value in srgb(np.array(lab)))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _fabulous(horse: ET.Element, measures: measure.Measures, kind: str) -> ET.Element:
    """A horse facing left with a coloured mane and a wing, or with a horn at `unicorn@x@y`.

    x and y are parts of what is painted. The concept's tint whitens the coat.
    """
    for shape in svg.shapes(horse):
        own = svg.paints(horse, shape)
        labs = [measure.lab_of(element.get(name, "")) for element, name in own]
        if not labs or max(lab[0] for lab in labs) > 0.47 or _extent(horse, shape) < 0.012:
            continue
        for (element, name), lab in zip(own, labs, strict=True):
            element.set(name, _hex((0.66 + 0.6 * lab[0] - 0.15, 0.12, -0.09)))
    width, height = float(horse.get("width", "1")), float(horse.get("height", "1"))
    left, top, right, bottom = measures.box
    across, down = (right - left) * width, (bottom - top) * height
    _, *at = kind.split("@")
    if at:
        x, y = left * width + float(at[0]) * across, top * height + float(at[1]) * down
        start = f"M{x - 0.02 * across:.2f} {y + 0.04 * down:.2f}L{x - 0.1 * across:.2f} {y - 0.12 * down:.2f}"
        parts = draw.path(f"{start}L{x + 0.045 * across:.2f} {y - 0.01 * down:.2f}Z", "#f2c230")
    else:
        x, y = left * width + 0.42 * across, top * height + 0.42 * down
        rise = f"M{x:.2f} {y:.2f}q{0.1 * across:.2f} {-0.5 * down:.2f} {0.5 * across:.2f} {-0.44 * down:.2f}"
        fall = f"q{-0.02 * across:.2f} {0.3 * down:.2f} {-0.2 * across:.2f} {0.5 * down:.2f}z"
        parts = draw.path(rise + fall, "#f7f2ff")
    for element in svg.parse(parts, width, height):
        element.set(svg.KEEP, "1")
        horse.append(element)
    return horse


def _extent(root: ET.Element, shape: ET.Element) -> float:
    """Area of the box around one shape, as part of the picture."""
    copy = ET.fromstring(ET.tostring(root))  # noqa: S314 - our own tree, serialised a moment ago
    pairs = zip(svg.shapes(root), svg.shapes(copy), strict=True)
    svg.remove(copy, [twin for original, twin in pairs if original is not shape])
    box = measure.bounds(measure.raster(ET.tostring(copy, encoding="unicode")))
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0
