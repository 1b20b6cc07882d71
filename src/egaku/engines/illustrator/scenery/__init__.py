"""Scenery: every place of the vocabulary, painted at any size, by any light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import cv2
import numpy as np

from egaku.engines.base import Pixels
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery import (
    coast,
    cosmos,
    countryside,
    depths,
    freshwater,
    gardens,
    halls,
    homes,
    landmarks,
    studio,
    theatre,
    tiled,
    town,
    weather,
    wilds,
    woods,
)
from egaku.engines.illustrator.scenery.base import RGB, Backdrop, Light
from egaku.engines.illustrator.scenery.easel import Easel
from egaku.engines.illustrator.scenery.palette import tone
from egaku.engines.illustrator.scenery.scene import Layout, Scene

__all__ = ["PAINTERS", "Backdrop", "Light", "paint_backdrop"]

PAINTERS: Mapping[str, Callable[[Scene], Layout]] = MappingProxyType(
    {
        "beach": coast.beach, "sea": coast.sea, "underwater": depths.underwater, "forest": woods.forest,
        "jungle": woods.jungle, "meadow": countryside.meadow, "flower field": countryside.flower_field,
        "mountain": wilds.mountain, "desert": wilds.desert, "snowfield": countryside.snowfield,
        "lake": freshwater.lake, "river": freshwater.river, "waterfall": freshwater.waterfall,
        "pond": freshwater.pond, "pool": coast.pool, "swamp": freshwater.swamp,
        "island": coast.island, "cave": wilds.cave,
        "volcano": wilds.volcano, "hill": countryside.hill, "field": countryside.grain_field,
        "city": town.city,
        "street": town.street, "skyline": town.far_city, "village": town.village, "park": gardens.park,
        "garden": gardens.garden, "farm": countryside.farm, "road": countryside.road,
        "bridge": landmarks.bridge, "harbor": coast.harbor, "castle": landmarks.castle,
        "space": cosmos.space,
        "moon": cosmos.moon, "mars": cosmos.mars, "sky": cosmos.open_sky, "room": homes.room,
        "living room": homes.living_room, "lounge": homes.lounge, "kitchen": tiled.kitchen,
        "bedroom": homes.bedroom, "library": halls.library, "cafe": halls.cafe,
        "restaurant": halls.restaurant, "classroom": halls.classroom, "office": halls.office,
        "bathroom": tiled.bathroom, "stage": theatre.stage, "stadium": landmarks.stadium,
        "studio": studio.studio,
        "ruins": landmarks.ruins, "temple": landmarks.temple, "zen garden": gardens.zen_garden,
        "bamboo forest": woods.bamboo_forest,
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
    painted = Backdrop(
        pixels=pixels,
        horizon=layout.horizon,
        surface=layout.surface,
        ground_top=layout.ground_top,
        ground_bottom=layout.ground_bottom,
        light=layout.light or scene.light(),
        haze=layout.haze or scene.air.haze,
        front=_front(scene, layout),
        anchors=layout.anchors,
        discs=_discs(scene, layout),
        palette=_palette(pixels),
    )
    return _mirrored(painted) if scene.stream("side").random() < 0.5 else painted


def _mirrored(painted: Backdrop) -> Backdrop:
    """The same place in a mirror: candidates of one prompt should not all have their tree on the left."""
    dx, dy = painted.light.direction
    return replace(
        painted,
        pixels=np.asarray(cv2.flip(painted.pixels, 1), np.uint8),
        front=None if painted.front is None else np.asarray(cv2.flip(painted.front, 1), np.uint8),
        light=replace(painted.light, direction=(-dx, dy)),
        anchors={name: (1 - x - w, y, w, h) for name, (x, y, w, h) in painted.anchors.items()},
        discs=tuple((1 - x, y) for x, y in painted.discs),
    )


def _discs(scene: Scene, layout: Layout) -> tuple[tuple[float, float], ...]:
    own = () if layout.indoors else ((scene.sun[0] / scene.w, scene.sun[1] / scene.h),)
    return tuple((x, y) for x, y in (*own, *layout.discs) if 0 < x < 1 and 0 < y < layout.horizon)


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
