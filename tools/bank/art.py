"""The bank's art: icons of five open sets, cleaned, measured, marked for recolouring, one archive per set.

Writes `art.json` (concepts and measures), `art-<set>.zip` (one SVG per drawing) and the lettering font.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np

from tools.bank import bodies, font, measure, props, svg

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src/egaku/engines/illustrator/data"

SETS = {
    "fluent": "fluent-emoji",
    "flat": "fluent-emoji-flat",
    "noto": "noto",
    "twemoji": "twemoji",
    "emojione": "emojione",
}
"""Our name of a set, and its package under @iconify-json."""

CREDITS = (
    ("fluent-emoji, fluent-emoji-flat", "Fluent Emoji", "Copyright (c) Microsoft Corporation", "MIT"),
    ("noto", "Noto Emoji", "Copyright Google LLC", "Apache-2.0"),
    ("twemoji", "Twemoji", "Copyright Twitter, Inc and other contributors", "CC-BY-4.0"),
    ("emojione", "EmojiOne 2", "Emoji art supplied by EmojiOne (emojione.com)", "CC-BY-4.0"),
)

SCENIC = ("vehicle", "building", "landform", "sky", "plant", "animal", "weather", "festive", "person")
"""Groups whose art may come as a framed picture of a scene, which cannot stand in another scene."""

GREENERY = ("flower", "fruit", "vegetable")
"""Groups whose body is not their leaf or stem."""


@dataclass
class Concept:
    """One row of concepts.tsv."""

    name: str
    emoji: list[str]
    face: list[str]
    variants: dict[str, str]
    size: float
    axis: str
    footing: str
    group: str


@dataclass
class Package:
    """One icon set as its package ships it."""

    name: str
    icons: dict[str, dict[str, object]]
    chars: dict[str, str]
    width: float
    height: float

    def find(self, codes: str) -> str | None:
        """The icon of a code point sequence, with or without its variation selectors."""
        key = codes.lower()
        for candidate in (key, key.replace("-fe0f", "")):
            icon = self.chars.get(candidate)
            if icon in self.icons:
                return icon
        return None

    def parse(self, icon: str) -> ET.Element:
        """The icon's drawing."""
        entry = self.icons[icon]
        width, height = entry.get("width", self.width), entry.get("height", self.height)
        return svg.parse(str(entry["body"]), float(str(width)), float(str(height)))


@dataclass
class Shelf:
    """What is written: drawings by id, and what is known of each."""

    drawings: dict[str, str] = field(default_factory=dict)
    facts: dict[str, dict[str, object] | None] = field(default_factory=dict)


def credits() -> list[str]:  # noqa: A001 - the word NOTICE files use
    """Credit lines for the art and the font, one per source."""
    return [
        f"{title} ({package}): {holder}; {licence}. Modified (trimmed, recoloured, recomposed)."
        for package, title, holder, licence in CREDITS
    ] + [font.CREDIT]


def build(packages: Path) -> None:
    """Write the art data from `packages`, a node_modules directory that holds the icon sets."""
    sets = dict(_packages(packages))
    overrides = _overrides()
    shelf = Shelf()
    index: dict[str, object] = {}
    for concept in concepts():
        entry = _entry(concept, sets, overrides.get(concept.name, {}), shelf)
        if entry is not None:
            index[concept.name] = entry
    facts = {name: fact for name, fact in shelf.facts.items() if fact is not None}
    DATA.mkdir(parents=True, exist_ok=True)
    (DATA / "art.json").write_text(
        json.dumps({"concepts": index, "arts": facts}, separators=(",", ":"), sort_keys=True) + "\n"
    )
    for name in (*SETS, "own"):
        _archive(name, shelf.drawings)
    font.build(packages, DATA)
    print(f"art: {len(index)} concepts, {len(facts)} drawings")


def concepts() -> Iterator[Concept]:
    """The rows of concepts.tsv."""
    with (HERE / "concepts.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        for row in rows:
            pairs = (pair.split("=", 1) for pair in row["variants"].split())
            yield Concept(
                name=row["concept"],
                emoji=row["emoji"].split(),
                face=row["face"].split(),
                variants={word.replace("_", " "): codes for word, codes in pairs},
                size=float(row["size"] or 1.0),
                axis=row["axis"] or "height",
                footing=row["footing"],
                group=row["group"],
            )


def _packages(folder: Path) -> Iterator[tuple[str, Package]]:
    names: dict[str, str] = {}
    for name, package in SETS.items():
        root = folder / "@iconify-json" / package
        icons = json.loads((root / "icons.json").read_text())
        chars = json.loads((root / "chars.json").read_text())
        if name == "flat":
            names = chars
        elif name == "fluent":  # ships no code points; it shares its names with the flat set
            chars = json.loads((root.with_name("fluent-emoji-flat") / "chars.json").read_text())
        elif not chars:
            chars = {code: icon for code, icon in names.items() if icon in icons["icons"]}
        yield name, Package(name, icons["icons"], chars, icons.get("width", 16), icons.get("height", 16))


def _overrides() -> dict[str, dict[str, dict[str, str]]]:
    """art.tsv as concept → set (or `*`) → key → value."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with (HERE / "art.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        for row in rows:
            facts = dict(pair.split("=", 1) for pair in row["facts"].split())
            for concept in row["concept"].split(","):
                for name in row["set"].split(","):
                    found.setdefault(concept.strip(), {}).setdefault(name, {}).update(facts)
    return found


def _entry(
    concept: Concept, sets: dict[str, Package], overrides: dict[str, dict[str, str]], shelf: Shelf
) -> dict[str, object] | None:
    """What art.json says of a concept; None when nothing can draw it."""
    arts: list[str] = []
    faces: list[str] = []
    variants: dict[str, list[str]] = {}
    common = overrides.get("*", {})
    borrowed = [code.upper() for code in common.get("emoji", "").split(",") if code]
    for name, package in sets.items():
        facts = common | overrides.get(name, {})
        if facts.get("skip") == "yes":
            continue
        body = facts.get("body", "")
        wanted = borrowed or concept.emoji or (concept.face if body else [])
        arts += _add_all(package, wanted, concept, facts, shelf)
        heads = concept.face or (wanted if body.strip("-") and not body.startswith(bodies.FULL) else [])
        faces += _add_all(package, heads, concept, {}, shelf, face=True)
        for word, codes in concept.variants.items():
            whole = {"body": "adult"} if concept.group == "person" else {}
            variants.setdefault(word, []).extend(_add_all(package, [codes], concept, whole, shelf))
    if concept.name in props.DRAWINGS:
        arts = [
            *_add_prop(concept.name, concept, common, shelf),
            *([] if common.get("own") == "only" else arts),
        ]
    if "also" in common:
        word, _, prop = common["also"].partition(":")
        variants[word] = _add_prop(prop.replace("-", " "), concept, common, shelf)
    if not arts and not faces:
        return None
    return {
        "arts": arts or faces,
        "faces": faces,
        "variants": {word: found for word, found in variants.items() if found},
        "size": concept.size,
        "axis": concept.axis,
        "footing": concept.footing,
        "group": concept.group,
        **({"tint": common["tint"]} if "tint" in common else {}),
    }


def _add_all(
    package: Package,
    codes: list[str],
    concept: Concept,
    facts: dict[str, str],
    shelf: Shelf,
    *,
    face: bool = False,
) -> list[str]:
    found: list[str] = []
    for sequence in codes:
        icon = package.find(sequence)
        if icon is None:
            continue
        kind = facts.get("body", "")
        if not kind and concept.group == "person" and concept.footing == "ground" and not face:
            at_work = re.match(r"1F(9D1|468|469)-200D-(?!1FA70)", sequence) is not None
            kind = "bust" if at_work or bodies.is_bust(package.parse(icon)) else ""
        suffix = f"+{kind}" if kind.strip("-") else ""
        name = f"{package.name}/{icon}{suffix}"
        if name not in shelf.facts:
            root = package.parse(icon)
            if suffix:
                root = bodies.attach(root, kind, glossy=package.name == "fluent")
            shelf.facts[name] = _shelve(name, root, concept, facts, shelf)
        if shelf.facts[name] is not None and name not in found:
            found.append(name)
            if facts.get("first") == "yes":
                break
    return found


def _add_prop(prop: str, concept: Concept, facts: dict[str, str], shelf: Shelf) -> list[str]:
    name = f"own/{prop.replace(' ', '-')}"
    if name not in shelf.facts:
        root = svg.parse(props.DRAWINGS[prop], props.SIDE, props.SIDE)
        shelf.facts[name] = _shelve(name, root, concept, facts, shelf)
    return [name] if shelf.facts[name] is not None else []


def _shelve(
    name: str, root: ET.Element, concept: Concept, facts: dict[str, str], shelf: Shelf
) -> dict[str, object] | None:
    """Clean, measure and keep one drawing; None (and nothing kept) for an empty or framed one."""
    if concept.group in ("vehicle", "building") and facts.get("trim") != "no":
        _trim_base(root)
    if "drop" in facts:
        _drop(root, facts["drop"].split(","))
    pixels = measure.raster(ET.tostring(root, encoding="unicode"))
    alive = concept.group in ("animal", "insect", "fantasy", "person", "vehicle")
    measures = measure.measure(pixels, faces_left=concept.group in ("animal", "insect"))
    if measures is None or (measures.framed and concept.group in SCENIC and not name.startswith("own/")):
        return None
    body = measure.body_color(pixels, avoid_green=concept.group in GREENERY)
    if "paint" in facts:
        body = measure.lab_of(facts["paint"])
    marked = svg.mark_body(root, lambda color: measure.same_family(color, body))
    shelf.drawings[name] = svg.text(root)
    facing = facts.get("facing", "left" if alive and measures.symmetry < 0.86 else "")
    head = tuple(float(part) for part in facts["head"].split(",")) if "head" in facts else measures.head
    return {
        "box": _round(measures.box),
        "foot": round(measures.foot, 3),
        "head": _round(head),
        "facing": facing,
        "body": _round(body) if marked else [],
    }


def _trim_base(root: ET.Element) -> None:
    """Take out the strip of water or lawn a vehicle or building was drawn on."""
    whole = measure.bounds(measure.raster(ET.tostring(root, encoding="unicode")))
    if whole is None:
        return
    left, top, right, bottom = whole
    unwanted = []
    for shape in svg.shapes(root):
        colors = [element.get(name, "") for element, name in svg.paints(root, shape)]
        if not colors or not all(measure.is_water(color) or measure.is_lawn(color) for color in colors):
            continue
        alone = measure.bounds(measure.raster(_alone(root, shape)))
        if alone is None:
            continue
        water = all(measure.is_water(color) for color in colors)
        low = alone[3] > bottom - 0.05 and alone[1] > top + (0.36 if water else 0.6) * (bottom - top)
        sliver = alone[1] > bottom - 0.14 * (bottom - top)
        if (low and alone[2] - alone[0] > 0.7 * (right - left)) or sliver:
            unwanted.append(shape)
    svg.remove(root, unwanted)


def _alone(root: ET.Element, shape: ET.Element) -> str:
    """The drawing with one shape left in it, definitions kept."""
    copy = ET.fromstring(ET.tostring(root))  # noqa: S314 - our own tree, serialised a moment ago
    pairs = zip(svg.shapes(root), svg.shapes(copy), strict=True)
    svg.remove(copy, [twin for original, twin in pairs if original is not shape])
    return ET.tostring(copy, encoding="unicode")


def _drop(root: ET.Element, colors: list[str]) -> None:
    wanted = {f"#{color.upper()}" for color in colors}
    svg.remove(
        root,
        [
            shape
            for shape in svg.shapes(root)
            if any(element.get(name, "").upper() in wanted for element, name in svg.paints(root, shape))
        ],
    )


def _round(values: tuple[float, ...]) -> list[float]:
    return [round(float(value), 3) for value in np.asarray(values)]


def _archive(name: str, drawings: dict[str, str]) -> None:
    """One deflated archive with fixed dates, so that the same input gives the same bytes."""
    with zipfile.ZipFile(DATA / f"art-{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key in sorted(drawings):
            owner, _, icon = key.partition("/")
            if owner == name:
                info = zipfile.ZipInfo(icon + ".svg", (2022, 11, 3, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, drawings[key])
