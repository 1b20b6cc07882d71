"""Scenery: every place of the vocabulary, painted at any size, by any light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from egaku.engines.base import Pixels
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery import (
    cosmos,
    countryside,
    depths,
    rooms,
    studio,
    town,
    waters,
    weather,
    wilds,
)
from egaku.engines.illustrator.scenery.base import RGB, Backdrop, Light
from egaku.engines.illustrator.scenery.easel import Easel
from egaku.engines.illustrator.scenery.palette import tone
from egaku.engines.illustrator.scenery.scene import Layout, Scene

__all__ = ["PAINTERS", "Backdrop", "Light", "paint_backdrop"]

PAINTERS: Mapping[str, Callable[[Scene], Layout]] = MappingProxyType(
    {
        "beach": waters.beach, "sea": waters.sea, "underwater": depths.underwater, "forest": wilds.forest,
        "jungle": wilds.jungle, "meadow": countryside.meadow, "flower field": countryside.flower_field,
        "mountain": wilds.mountain, "desert": wilds.desert, "snowfield": countryside.snowfield,
        "lake": waters.lake, "river": waters.river, "waterfall": waters.waterfall, "pond": waters.pond,
        "pool": waters.pool, "swamp": waters.swamp, "island": waters.island, "cave": wilds.cave,
        "volcano": wilds.volcano, "hill": countryside.hill, "field": countryside.field, "city": town.city,
        "street": town.street, "skyline": town.far_city, "village": town.village, "park": countryside.park,
        "garden": countryside.garden, "farm": countryside.farm, "road": countryside.road,
        "bridge": town.bridge, "harbor": town.harbor, "castle": town.castle, "space": cosmos.space,
        "moon": cosmos.moon, "mars": cosmos.mars, "sky": cosmos.open_sky, "room": rooms.room,
        "living room": rooms.living_room, "lounge": rooms.lounge, "kitchen": rooms.kitchen,
        "bedroom": rooms.bedroom, "library": rooms.library, "cafe": rooms.cafe,
        "restaurant": rooms.restaurant, "classroom": rooms.classroom, "office": rooms.office,
        "bathroom": rooms.bathroom, "stage": rooms.stage, "stadium": town.stadium, "studio": studio.studio,
        "ruins": town.ruins, "temple": town.temple, "zen garden": countryside.zen_garden,
        "bamboo forest": wilds.bamboo_forest,
    }
)  # fmt: skip
"""Which painter paints which place."""


def paint_backdrop(plan: ScenePlan, width: int, height: int, rng: np.random.Generator) -> Backdrop:
    """Paint the plan's place by its time, weather, season and mood.

    `width` and `height` are pixels, 16 … 3840. A plan without a place gets the studio: plain coloured
    paper. The layout depends on the plan, the aspect ratio and `rng`, not on the resolution.
    """
    scene = Scene(plan, width, height, rng)
    place = plan.setting.place or "studio"
    layout = PAINTERS.get(place, studio.studio)(scene)
    pixels = scene.easel.pixels
    if place != "studio" and plan.colors:
        tone(pixels, plan.colors, 0.45)
    return Backdrop(
        pixels=pixels,
        horizon=layout.horizon,
        surface=layout.surface,
        ground_top=layout.ground_top,
        ground_bottom=layout.ground_bottom,
        light=layout.light or scene.light(),
        haze=layout.haze or scene.air.haze,
        front=_front(scene, layout),
        anchors=layout.anchors,
        palette=_palette(pixels),
    )


def _front(scene: Scene, layout: Layout) -> Pixels | None:
    """What is nearer than the objects; None if nothing is."""
    outside = not layout.indoors and weather.falls(scene)
    if layout.front is None and not outside:
        return None
    easel = Easel(scene.easel.width, scene.easel.height)
    if layout.front is not None:
        layout.front(scene, easel)
    if outside:
        weather.paint_weather(scene, easel)
    return easel.straight()


def _palette(pixels: Pixels) -> tuple[RGB, ...]:
    """Five colours from top to bottom, each the middle one of its band."""
    small = pixels[:: max(1, pixels.shape[0] // 40), :: max(1, pixels.shape[1] // 40), :3]
    bands = np.array_split(small, 5, axis=0)
    medians = [np.median(band.reshape(-1, 3), axis=0) for band in bands]
    return tuple((float(m[0]), float(m[1]), float(m[2])) for m in medians)
