"""A few shapes with soft shading, from which props and bodies are drawn in the manner of the glossy set.

Every function returns SVG text. Colours are `#rrggbb`; `glossy=False` gives the same shape in flat paint.
"""

from __future__ import annotations

import hashlib

import numpy as np

from egaku.engines.illustrator.color import srgb
from tools.bank.measure import lab_of


def shade(color: str, lightness: float, warmth: float = 0.0) -> str:
    """`color` moved by `lightness` (-1 … 1) in OKLab, and with `warmth` towards magenta-blue."""
    light, a, b = lab_of(color)
    lab = np.array([np.clip(light + lightness, 0.05, 0.99), a + warmth * 0.4, b - warmth])
    red, green, blue = (round(float(value) * 255) for value in srgb(lab))
    return f"#{red:02x}{green:02x}{blue:02x}"


def box(x: float, y: float, w: float, h: float, color: str, *, r: float = 2.0, glossy: bool = True) -> str:
    """A rounded rectangle, lit from the upper left."""
    return _filled(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="%s"/>', color, glossy)


def ball(
    cx: float, cy: float, rx: float, ry: float, color: str, *, turn: float = 0.0, glossy: bool = True
) -> str:
    """An ellipse, lit like a ball."""
    spin = f' transform="rotate({turn} {cx} {cy})"' if turn else ""
    shape = f'<ellipse cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}"{spin} fill="%s"/>'
    if not glossy:
        return shape % color
    far = max(rx, ry)
    # Skia paints radial gradients in bounding-box units black, so these are given in user units.
    center = f'cx="{cx - 0.3 * rx:.2f}" cy="{cy - 0.4 * ry:.2f}"'
    place = f'{center} r="{1.5 * far:.2f}" gradientUnits="userSpaceOnUse"'
    name = _name(f"{color}{place}")
    return (
        f'<defs><radialGradient id="{name}" {place}>{_stops(color)}</radialGradient></defs>'
        + shape % f"url(#{name})"
    )


def path(d: str, color: str, *, glossy: bool = True) -> str:
    """A filled path."""
    return _filled(f'<path d="{d}" fill="%s"/>', color, glossy)


def line(d: str, color: str, width: float = 2.0) -> str:
    """A round-ended stroke."""
    return (
        f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def flat(d: str, color: str, opacity: float = 1.0) -> str:
    """A filled path in one paint."""
    return f'<path d="{d}" fill="{color}" fill-opacity="{opacity}"/>'


def disc(cx: float, cy: float, r: float, color: str) -> str:
    """A circle in one paint."""
    return f'<circle cx="{cx}" cy="{cy}" r="{r}" fill="{color}"/>'


def _filled(template: str, color: str, glossy: bool) -> str:
    if not glossy:
        return template % color
    name = _name(color)
    gradient = f'<linearGradient id="{name}" x1=".1" y1="0" x2=".45" y2="1">{_stops(color)}</linearGradient>'
    return f"<defs>{gradient}</defs>" + template % f"url(#{name})"


def _stops(color: str) -> str:
    return (
        f'<stop offset="0" stop-color="{shade(color, 0.07, -0.01)}"/><stop offset=".5" stop-color="{color}"/>'
        f'<stop offset="1" stop-color="{shade(color, -0.11, 0.025)}"/>'
    )


def _name(key: str) -> str:
    return "g" + hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:8]
