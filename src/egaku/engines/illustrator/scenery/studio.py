"""Neutral backdrops: a soft gradient with a floor for shadows, in the prompt's colours or its own."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.easel import circles
from egaku.engines.illustrator.scenery.filters import enlarge
from egaku.engines.illustrator.scenery.noise import quantize
from egaku.engines.illustrator.scenery.palette import WORDS, darker, lighter, mix, saturate
from egaku.engines.illustrator.scenery.scene import Layout, Scene

_OWN: list[tuple[RGB, RGB]] = [
    ((255, 222, 196), (250, 166, 150)),
    ((206, 232, 250), (134, 186, 236)),
    ((222, 240, 214), (150, 206, 172)),
    ((240, 222, 250), (190, 164, 232)),
    ((255, 240, 196), (250, 202, 116)),
    ((214, 244, 240), (122, 204, 204)),
    ((255, 220, 232), (246, 160, 190)),
]
_MOOD: dict[str, tuple[RGB, RGB]] = {
    "spooky": ((116, 100, 150), (40, 32, 66)),
    "dramatic": ((120, 96, 120), (36, 28, 52)),
    "melancholy": ((178, 194, 214), (104, 124, 156)),
    "romantic": ((255, 214, 220), (238, 136, 160)),
    "cozy": ((255, 226, 184), (232, 160, 104)),
    "festive": ((255, 210, 170), (226, 90, 92)),
    "calm": ((222, 236, 238), (156, 194, 204)),
    "dreamy": ((250, 220, 250), (172, 176, 240)),
    "epic": ((255, 206, 140), (150, 74, 92)),
}


def studio(scene: Scene) -> Layout:
    """A lit sweep of coloured paper: wall flowing into floor, brighter round the middle."""
    light, deep = _colors(scene)
    easel = scene.easel
    shape = (max(easel.height // 4, 32), max(easel.width // 4, 32))
    y = (np.arange(shape[0], dtype=np.float32)[:, None] + 0.5) / shape[0]
    x = (np.arange(shape[1], dtype=np.float32)[None] + 0.5) / shape[1]
    glow = np.exp(-(((x - 0.5) * scene.w / 0.62) ** 2 + ((y - 0.42) * scene.h / 0.56) ** 2))
    bend = 1 / (1 + np.exp(-(y - 0.74) * 26))
    value = np.clip(0.18 + 0.82 * glow + 0.16 * bend - 0.10 * np.exp(-(((y - 0.72) / 0.07) ** 2)), 0, 1)
    soft = (
        np.asarray(deep, np.float32)
        + (np.asarray(light, np.float32) - np.asarray(deep, np.float32)) * value[..., None]
    )
    easel.pixels[..., :3] = quantize(enlarge(soft.astype(np.float32), (easel.height, easel.width)))
    easel.pixels[..., 3] = 255
    rng = scene.stream("bokeh")
    discs = [
        (rng.random() * scene.w, rng.random() * scene.h * 0.66, rng.uniform(0.012, 0.055)) for _ in range(9)
    ]
    for x0, y0, r in discs:
        easel.fill(circles([(x0, y0, r)]), lighter(light, 0.5), 0.10, blur=r * 0.08)
    scene.sun = (scene.w * 0.25, -0.1)
    night = scene.air.night
    lamp = Light(
        scene.air.time,
        (-0.45, -0.893),
        (0.86, 0.88, 1.0) if night else (1.02, 1.01, 1.0),
        (0.66, 0.68, 0.84) if night else (0.86, 0.86, 0.88),
        0.34,
        0.5 if night else 0.15,
    )
    return Layout(
        horizon=0.70,
        surface="floor",
        ground_top=0.76,
        ground_bottom=0.92,
        indoors=True,
        light=lamp,
        haze=mix(light, deep, 0.4),
        anchors={
            "wall": (0.15, 0.1, 0.7, 0.5),
            "floor": (0.1, 0.76, 0.8, 0.18),
            "sky": (0.1, 0.06, 0.8, 0.4),
        },
    )


def _colors(scene: Scene) -> tuple[RGB, RGB]:
    words = [WORDS[c] for c in scene.plan.colors if c in WORDS]
    if len(words) >= 2:
        light, deep = sorted(words[:2], key=lambda c: -sum(c))
        light = lighter(light, 0.25)
    elif words:
        light, deep = lighter(words[0], 0.42), darker(saturate(words[0], 1.05), 0.08)
        if sum(words[0]) > 690:
            light, deep = (255, 255, 255), darker(words[0], 0.12)
        elif sum(words[0]) < 160:
            light, deep = (92, 92, 106), (26, 26, 34)
    elif scene.air.mood in _MOOD:
        light, deep = _MOOD[scene.air.mood]
    else:
        light, deep = _OWN[int(scene.stream("palette").integers(len(_OWN)))]
    if scene.air.night:
        light, deep = mix(light, (60, 64, 130), 0.6), mix(deep, (20, 22, 62), 0.7)
    return light, deep
