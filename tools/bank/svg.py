"""Clean one icon's SVG body for the bank: one spelling for colours, short ids, no drawing-tool litter.

Body paints (the fill colours that make up most of a thing, its fur or its lacquer) are written in lower
case (`#d0602f`), all other paints in upper case (`#FFFFFF`), so that recolouring at run time is one
substitution over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from PIL import ImageColor

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
PAINT_ATTRIBUTES = ("fill", "stroke", "stop-color", "flood-color", "color", "lighting-color")
SHAPES = ("path", "rect", "circle", "ellipse", "polygon", "polyline", "line")
KEEP = "data-keep"
"""Marks a shape whose paint is never the body's, whatever its hue."""

GEOMETRY = ("d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "points", "x1", "y1", "x2", "y2")

ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


def parse(body: str, width: float, height: float) -> ET.Element:
    """One `<svg>` element, `width` x `height` user units, with colours normalised to `#RRGGBB`.

    Icon bodies are the set publisher's own files from the package manager, so the standard parser is safe.
    """
    text = (
        f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{body}</svg>'
    )
    root = ET.fromstring(text)  # noqa: S314 - build-time input from pinned packages, never from a caller
    for element in root.iter():
        for name in PAINT_ATTRIBUTES:
            value = element.get(name)
            if value is None:
                continue
            opacity = re.match(r"rgba\((.*),\s*([\d.]+)\)", value)
            if opacity:  # Skia's parser knows opacity as an attribute only
                value = f"rgb({opacity[1]})"
                element.set(name.replace("-color", "") + "-opacity", opacity[2])
            element.set(name, _hex(value))
    _once(root)
    return root


def text(root: ET.Element) -> str:
    """The element as compact SVG text with short ids."""
    for element in root.iter():
        element.tail = None
        element.text = None
        for name in (KEEP, "class", "data-name", "color-interpolation-filters", "enable-background"):
            element.attrib.pop(name, None)
        if element.tag == f"{{{SVG}}}filter":
            element.set("color-interpolation-filters", "sRGB")
    _lean_filters(root)
    _short_results(root)
    return _short_ids(ET.tostring(root, encoding="unicode"))


def tag(element: ET.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def shapes(root: ET.Element) -> Iterator[ET.Element]:
    """Every drawn shape in painting order, leaving out definitions."""
    for child in root:
        name = tag(child)
        if name in ("defs", "clipPath", "mask", "filter", "linearGradient", "radialGradient", "symbol"):
            continue
        if name in SHAPES:
            yield child
        else:
            yield from shapes(child)


def outline(shape: ET.Element) -> tuple[str, ...]:
    """What makes two shapes the same outline, whatever they are painted with."""
    return (tag(shape), *(shape.get(name, "") for name in GEOMETRY), shape.get("transform", ""))


def paints(root: ET.Element, shape: ET.Element) -> list[tuple[ET.Element, str]]:
    """(element, attribute) of each colour a shape is painted with, following gradients one level."""
    found: list[tuple[ET.Element, str]] = []
    for name in ("fill", "stroke"):
        value = shape.get(name, "")
        if value.startswith("#"):
            found.append((shape, name))
        elif value.startswith("url(#"):
            found += [(stop, "stop-color") for stop in _stops(root, value[5:-1]) if stop.get("stop-color")]
    return found


def mark_body(root: ET.Element, belongs: Callable[[str], bool]) -> bool:
    """Write body paints in lower case, everything else in upper; True if any paint is of the body.

    Shapes that share one outline are one part with shading on top: the first one decides for all of them,
    so a highlight of another hue follows its part.
    """
    decided: dict[tuple[str, ...], bool] = {}
    lower: list[tuple[ET.Element, str]] = []
    for shape in shapes(root):
        own = paints(root, shape)
        if not own:
            continue
        key = outline(shape)
        if shape.get(KEEP):
            continue
        mine = [belongs(element.get(attribute, "")) for element, attribute in own]
        whole = decided.setdefault(key, sum(mine) * 2 > len(mine))
        lower += [paint for paint, is_body in zip(own, mine, strict=True) if whole or is_body]
    for element in root.iter():
        for name in PAINT_ATTRIBUTES:
            value = element.get(name, "")
            if value.startswith("#"):
                element.set(name, value.upper())
    for element, attribute in lower:
        element.set(attribute, element.get(attribute, "").lower())
    return bool(lower)


def remove(root: ET.Element, unwanted: list[ET.Element]) -> None:
    """Take shapes out of the tree."""
    for parent in root.iter():
        for child in list(parent):
            if any(child is element for element in unwanted):
                parent.remove(child)


def prefix_ids(root: ET.Element, prefix: str) -> None:
    """Rename every id and reference, so that two drawings can share one file."""
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set(name, prefix + value)
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}"))
            elif name.endswith("href") and value.startswith("#"):
                element.set(name, f"#{prefix}{value[1:]}")


def _once(root: ET.Element) -> None:
    """Keep the first of several definitions with one id: Skia reads the last one, marking the first."""
    seen: set[str] = set()
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.get("id")
            if name is not None and name in seen:
                parent.remove(child)
            elif name is not None:
                seen.add(name)


def _stops(root: ET.Element, gradient: str, depth: int = 0) -> list[ET.Element]:
    for element in root.iter():
        if element.get("id") != gradient:
            continue
        stops = [child for child in element if tag(child) == "stop"]
        reference = element.get("href") or element.get(f"{{{XLINK}}}href") or ""
        if not stops and reference and depth < 3:
            return _stops(root, reference.lstrip("#"), depth + 1)
        return stops
    return []


def _hex(value: str) -> str:
    if value in ("none", "currentColor", "inherit") or value.startswith("url("):
        return "#000000" if value == "currentColor" else value
    red, green, blue = ImageColor.getrgb(value)[:3]
    return f"#{red:02X}{green:02X}{blue:02X}"


def _lean_filters(root: ET.Element) -> None:
    """Drop the flood and blend that drawing tools put first: they change nothing and cost two passes."""
    for element in root.iter(f"{{{SVG}}}filter"):
        steps = list(element)
        if len(steps) < 3 or tag(steps[0]) != "feFlood" or steps[0].get("flood-opacity") != "0":
            continue
        blend, empty = steps[1], steps[0].get("result")
        if tag(blend) != "feBlend" or blend.get("in") != "SourceGraphic" or blend.get("in2") != empty:
            continue
        shape = blend.get("result")
        element.remove(steps[0])
        element.remove(blend)
        for step in steps[2:]:
            for name in ("in", "in2"):
                if step.get(name) == shape:
                    step.set(name, "SourceGraphic")


def _short_results(root: ET.Element) -> None:
    for element in root.iter(f"{{{SVG}}}filter"):
        names: dict[str, str] = {}
        for step in element:
            result = step.get("result")
            if result:
                names.setdefault(result, f"r{len(names)}")
        for step in element:
            for name in ("result", "in", "in2"):
                value = step.get(name)
                if value in names:
                    step.set(name, names[value])


def _short_ids(svg: str) -> str:
    names = {name: f"i{index}" for index, name in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', svg)))}
    svg = re.sub(r' id="([^"]+)"', lambda match: f' id="{names[match[1]]}"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{names.get(match[1], match[1])})", svg)
    svg = re.sub(r'href="#([^"]+)"', lambda match: f'href="#{names.get(match[1], match[1])}"', svg)
    return re.sub(r"(\.\d{3})\d+", r"\1", svg)
