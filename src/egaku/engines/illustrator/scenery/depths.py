"""Under water: light shafts, caustics on the sand, weed, coral, bubbles."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.easel import Easel, circles, ellipse, linear, polygon, radial
from egaku.engines.illustrator.scenery.filters import enlarge
from egaku.engines.illustrator.scenery.noise import curve, field, quantize
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter, mix, times
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import shafts
from egaku.engines.illustrator.scenery.terrain import across, rock
from egaku.engines.illustrator.scenery.water import caustic_net

_DEPTH: dict[str, tuple[RGB, RGB, RGB]] = {
    "day": ((150, 232, 240), (34, 150, 204), (10, 62, 132)),
    "golden hour": ((222, 230, 190), (48, 146, 178), (16, 60, 112)),
    "sunset": ((255, 178, 150), (96, 96, 164), (28, 36, 96)),
    "dawn": ((250, 214, 214), (110, 140, 196), (34, 56, 122)),
    "night": ((52, 104, 170), (16, 46, 106), (5, 14, 50)),
}


def underwater(scene: Scene) -> Layout:
    """The sea from inside: bright above, blue below, a sandy floor."""
    surface, middle, deep = _DEPTH[scene.air.time]
    bed = scene.h * 0.76
    _water(scene, surface, middle, deep)
    scene.sun = (scene.w * 0.5, -0.2)
    shafts(
        scene,
        (scene.w * 0.42, -0.22),
        mix(surface, (255, 255, 255), 0.4),
        0.30 if not scene.air.night else 0.16,
        9,
    )
    _ridges(scene, bed, middle, deep)
    _seabed(scene, bed, middle)
    rng = scene.stream("garden")
    tint = 1.0 if not scene.air.night else 0.5
    for x, y, s in ((0.07, 0.90, 0.42), (0.16, 0.94, 0.30), (0.93, 0.91, 0.46), (0.84, 0.95, 0.28)):
        _weed(scene.easel, rng, scene.w * x, scene.h * y, s, times((56, 160, 108), tint))
    for x, y, s in ((0.03, 0.97, 0.15), (0.24, 0.97, 0.09), (0.97, 0.98, 0.16), (0.76, 0.97, 0.08)):
        _coral(
            scene.easel,
            rng,
            scene.w * x,
            scene.h * y,
            s,
            times(((250, 116, 120), (255, 170, 90), (214, 120, 210))[int(rng.integers(3))], tint),
        )
    _bubbles(scene.easel, rng, scene.w, scene.h)
    light = Light(scene.air.time, (-0.1, -0.995), (0.90, 1.02, 1.06), (0.55, 0.74, 0.88), 0.18, 0.4)
    if scene.air.night:
        light = Light("night", (-0.1, -0.995), (0.55, 0.72, 0.95), (0.34, 0.48, 0.76), 0.16, 0.9)
    return Layout(
        horizon=0.5,
        surface="seabed",
        ground_top=0.82,
        ground_bottom=0.96,
        indoors=True,
        light=light,
        haze=middle,
        anchors={
            "water": (0.08, 0.12, 0.84, 0.62),
            "ground": (0.1, 0.82, 0.8, 0.14),
            "sky": (0.1, 0.02, 0.8, 0.12),
        },
        front=_motes,
    )


def _water(scene: Scene, surface: RGB, middle: RGB, deep: RGB) -> None:
    easel = scene.easel
    shape = (max(easel.height // 4, 48), max(easel.width // 4, 48))
    t = np.linspace(0, 1, shape[0], dtype=np.float32)
    stops = (0.0, 0.10, 0.45, 1.0)
    colors = (surface, mix(surface, middle, 0.45), middle, deep)
    column = np.stack([np.interp(t, stops, [c[k] for c in colors]) for k in range(3)], axis=-1)
    soft = np.repeat(column[:, None].astype(np.float32), shape[1], axis=1)
    ripple = field(scene.stream("surface"), shape, (26 * scene.h, 5 * scene.w), 3)
    soft += ((ripple - 0.45) * 90 * np.exp(-t * 11)[:, None])[..., None]
    cloud = field(scene.stream("murk"), shape, (3, 3), 3) - 0.5
    soft += (cloud * 26)[..., None]
    easel.pixels[..., :3] = quantize(enlarge(np.clip(soft, 0, 255), (easel.height, easel.width)))
    easel.pixels[..., 3] = 255


def _ridges(scene: Scene, bed: float, middle: RGB, deep: RGB) -> None:
    x = across(scene, 90)
    t = (x - x[0]) / (x[-1] - x[0])
    for i, rise in enumerate((0.26, 0.17, 0.09)):
        rng = scene.stream(f"reef {i}")
        y = bed + 0.03 - rise * np.abs(curve(rng, t, 3.2, 3) + 0.35 * np.abs(t - 0.5) * 2)
        shape = polygon(np.vstack([np.column_stack([x, y]), [[x[-1], bed + 0.1], [x[0], bed + 0.1]]]))
        tone = mix(middle, deep, 0.35 + 0.22 * i)
        scene.easel.fill(
            shape,
            linear((0, bed - rise), (0, bed + 0.04), (0, tone), (1, mix(tone, middle, 0.5))),
            0.8,
            blur=0.003,
        )


def _seabed(scene: Scene, bed: float, middle: RGB) -> None:
    easel = scene.easel
    x = across(scene, 90)
    y = bed + 0.018 * curve(scene.stream("bed"), (x - x[0]) / (x[-1] - x[0]), 4, 2)
    sand: RGB = (232, 214, 164)
    night = 0.42 if scene.air.night else 1.0
    near, far = times(mix(sand, middle, 0.22), night), times(mix(sand, middle, 0.66), night)
    shape = polygon(np.vstack([np.column_stack([x, y]), [[x[-1], scene.h + 0.02], [x[0], scene.h + 0.02]]]))
    easel.fill(shape, linear((0, bed), (0, scene.h), (0, far), (1, near)), blur=0.0)
    first = round((bed + 0.02) * easel.unit)
    rows, cols = easel.height - first, easel.width
    if rows > 3:
        net = caustic_net(scene, max(2, rows // 2), max(2, cols // 2), 5.0)
        net = enlarge(net, (rows, cols))
        net *= np.linspace(0.15, 1, rows, dtype=np.float32)[:, None]
        area = easel.pixels[first:, :, :3].astype(np.float32)
        area += (np.asarray(lighter(near, 0.6), np.float32) - area) * (net * 0.55)[..., None]
        easel.pixels[first:, :, :3] = quantize(area)
    rng = scene.stream("bed stones")
    for _ in range(12):
        rock(
            scene,
            rng,
            rng.uniform(0, scene.w),
            scene.h * rng.uniform(0.82, 0.98),
            rng.uniform(0.010, 0.035),
            mix((130, 140, 160), middle, 0.35),
        )


def _weed(easel: Easel, rng: np.random.Generator, x: float, y: float, size: float, color: RGB) -> None:
    for _ in range(6):
        h = size * rng.uniform(0.55, 1.0)
        t = np.linspace(0, 1, 18)
        sway = 0.07 * size * np.sin(t * rng.uniform(4, 7) + rng.uniform(0, 6)) * t
        cx = x + rng.uniform(-0.22, 0.22) * size + sway
        half = size * 0.035 * np.sin(np.pi * (0.12 + 0.88 * (1 - t))) + 0.0008
        cy = y - h * t
        blade = polygon(np.vstack([np.column_stack([cx - half, cy]), np.column_stack([cx + half, cy])[::-1]]))
        tone = jitter(rng, color, 20)
        easel.fill(blade, linear((0, y), (0, y - h), (0, darker(tone, 0.4)), (1, lighter(tone, 0.14))))


def _coral(easel: Easel, rng: np.random.Generator, x: float, y: float, size: float, color: RGB) -> None:
    """Branches that fork with round tips."""
    path = skia.Path()
    tips: list[tuple[float, float, float]] = []

    def grow(px: float, py: float, angle: float, length: float, level: int) -> None:
        qx, qy = px + float(np.cos(angle)) * length, py - float(np.sin(angle)) * length
        path.moveTo(px, py)
        path.quadTo(px + (qx - px) * 0.3, qy + (py - qy) * 0.5, qx, qy)
        if level == 0:
            tips.append((qx, qy, size * 0.045))
            return
        for spread in (-0.45, 0.08, 0.5):
            grow(qx, qy, angle + spread + float(rng.uniform(-0.15, 0.15)), length * 0.72, level - 1)

    for angle in (1.1, 1.57, 2.05):
        grow(x, y, angle, size * 0.42, 2)
    easel.line(path, size * 0.085, darker(color, 0.28))
    easel.line(path, size * 0.055, color)
    easel.fill(circles(tips), lighter(color, 0.35))


def _bubbles(easel: Easel, rng: np.random.Generator, w: float, h: float) -> None:
    for _ in range(26):
        stem = (0.2, 0.78, 0.6)[int(rng.integers(3))]
        x, y, r = w * stem + rng.normal(0, 0.035), h * rng.uniform(0.06, 0.8), rng.uniform(0.004, 0.017)
        easel.disc(
            x,
            y,
            r,
            radial(
                (x - r * 0.3, y - r * 0.3),
                r * 1.4,
                (0, (255, 255, 255), 0.10),
                (0.6, (210, 246, 255), 0.16),
                (1, (240, 255, 255), 0.55),
            ),
        )
        easel.line(ellipse(x, y, r, r), r * 0.14, (235, 252, 255), 0.55)
        easel.disc(x - r * 0.36, y - r * 0.38, r * 0.22, (255, 255, 255), 0.9)


def _motes(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("motes")
    discs = [(rng.random() * scene.w, rng.random() * scene.h, rng.uniform(0.0012, 0.0032)) for _ in range(40)]
    easel.fill(circles(discs), (230, 250, 255), 0.35)
