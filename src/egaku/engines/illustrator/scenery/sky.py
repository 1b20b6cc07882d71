"""The sky: gradient, sun and moon with their glow, stars, clouds, rainbow, aurora, lightning."""

from __future__ import annotations

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery.atmosphere import sky_column
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.clouds import cumulus, veil
from egaku.engines.illustrator.scenery.easel import brush, circles, polygon, radial
from egaku.engines.illustrator.scenery.filters import enlarge
from egaku.engines.illustrator.scenery.noise import curve, quantize
from egaku.engines.illustrator.scenery.palette import mix, times
from egaku.engines.illustrator.scenery.scene import Scene

Picture = NDArray[np.float32]
"""(H, W, 3) float32, 0 … 255."""


def place_sun(scene: Scene, horizon: float) -> None:
    """Choose where sun or moon stands over a horizon (in units)."""
    rng = scene.stream("sun")
    low = scene.air.elevation < 0.3
    side = rng.choice([-1, 1])
    off = rng.uniform(0.08, 0.24) if low else rng.uniform(0.22, 0.34)
    height = scene.air.elevation * rng.uniform(0.9, 1.08)
    scene.sun = (scene.w * (0.5 + side * off), max(0.09, horizon * (1 - height)))


def paint_sky(scene: Scene, horizon: float, *, clouds: float = 1.0) -> None:
    """Fill the whole picture with sky down to `horizon` (units) and the horizon's colour below it.

    `clouds` scales the cloud cover: 0 for a place whose sky should stay quiet.
    """
    place_sun(scene, horizon)
    easel = scene.easel
    shape = (max(easel.height // 4, min(easel.height, 96)), max(easel.width // 4, min(easel.width, 96)))
    soft = _gradient(scene, shape, horizon)
    _sunshine(scene, soft)
    cover = scene.air.cover * clouds
    if cover > 0.02:
        _veil(scene, soft, horizon, cover)
    if scene.air.weather == "rainbow":
        _rainbow(scene, soft, horizon)
    if scene.air.weather == "aurora":
        _aurora(scene, soft, horizon)
    easel.pixels[..., :3] = quantize(enlarge(soft, (easel.height, easel.width)))
    easel.pixels[..., 3] = 255
    if scene.air.stars > 0.05:
        stars(scene, horizon, round(220 * scene.air.stars))
    if scene.air.disc > 0.05:
        _disc(scene)
    if 0.02 < cover < 0.8:
        _heaps(scene, horizon, cover)
    if scene.air.weather == "storm":
        _lightning(scene, horizon)


def _gradient(scene: Scene, shape: tuple[int, int], horizon: float) -> Picture:
    rows = max(2, round(shape[0] * min(1.0, horizon / scene.h)))
    column = np.empty((shape[0], 3), np.float32)
    column[:rows] = sky_column(scene.air, rows)[: shape[0]]
    column[rows:] = column[rows - 1]
    return np.repeat(column[:, None], shape[1], axis=1)


def _grid(scene: Scene, soft: Picture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """X (1, W) and y (H, 1) in units."""
    rows, cols = soft.shape[:2]
    x = (np.arange(cols, dtype=np.float32)[None] + 0.5) / cols * scene.w
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows * scene.h
    return x, y


def _sunshine(scene: Scene, soft: Picture) -> None:
    air = scene.air
    if air.disc <= 0:
        return
    x, y = _grid(scene, soft)
    distance = np.sqrt((x - scene.sun[0]) ** 2 + ((y - scene.sun[1]) * 1.15) ** 2)
    strength = (0.30 if air.night else 0.62) * air.disc
    halo = strength * (0.75 * np.exp(-distance / 0.10) + 0.55 * np.exp(-distance / 0.34))
    color = np.asarray(mix(air.sun, air.haze, 0.25), np.float32)
    soft += (np.maximum(color - soft, 0)) * np.clip(halo, 0, 0.95)[..., None]


def _veil(scene: Scene, soft: Picture, horizon: float, cover: float) -> None:
    air = scene.air
    dx, dy = scene.sun[0] - scene.w / 2, scene.sun[1] - horizon
    length = float(np.hypot(dx, dy)) or 1.0
    opacity, bright = veil(
        scene.stream("veil"),
        (soft.shape[0], soft.shape[1]),
        horizon / scene.h,
        cover,
        (dx / length, dy / length),
    )
    lit, shade = (np.asarray(c, np.float32) for c in (air.cloud_lit, air.cloud_shade))
    cloud = shade + (lit - shade) * bright[..., None]
    strength = 0.34 + 0.5 * max(0.0, cover - 0.5)
    soft += (cloud - soft) * (opacity * strength)[..., None]


def _rainbow(scene: Scene, soft: Picture, horizon: float) -> None:
    x, y = _grid(scene, soft)
    center = (scene.w - scene.sun[0], horizon + 0.12 * scene.h)
    radius = np.sqrt((x - center[0]) ** 2 + (y - center[1]) ** 2)
    outer, band = max(0.5 * scene.w, 0.62), 0.085
    t = np.clip((outer - radius) / band, 0, 1)
    stops = np.array(
        [
            [240, 84, 84],
            [250, 160, 72],
            [252, 226, 100],
            [110, 206, 120],
            [84, 162, 240],
            [110, 98, 214],
            [180, 110, 214],
        ],
        np.float32,
    )
    at = np.linspace(0, 1, len(stops))
    color = np.stack([np.interp(t, at, stops[:, k]) for k in range(3)], axis=-1).astype(np.float32)
    edge = np.minimum(t, 1 - t)
    alpha = np.clip(edge * 5, 0, 1) * 0.62 * np.clip((horizon * 1.02 - y) / (0.3 * horizon) + 0.35, 0, 1)
    inside = np.clip((outer - band - radius) * 8, 0, 1) * np.clip(1 - (outer - radius) / 0.5, 0, 1) * 0.14
    soft += (color - soft) * alpha[..., None]
    soft += (255 - soft) * inside[..., None]


def _aurora(scene: Scene, soft: Picture, horizon: float) -> None:
    rng = scene.stream("aurora")
    x, y = _grid(scene, soft)
    across = (x[0] / scene.w).astype(np.float64)
    for green, purple, base, weight in (
        ((60, 250, 130), (150, 80, 230), 0.62, 0.95),
        ((50, 235, 170), (110, 90, 240), 0.44, 0.65),
        ((120, 255, 140), (220, 80, 190), 0.76, 0.5),
    ):
        hem = horizon * (base + 0.20 * curve(rng, across, 3, 3))
        rays = 0.45 + 0.55 * np.clip(0.5 + 1.1 * curve(rng, across, 26, 3), 0, 1)
        reach = horizon * (0.30 + 0.12 * curve(rng, across, 5, 2))
        above = (hem[None] - y) / reach[None]
        light = np.where(above > 0, np.exp(-1.6 * np.maximum(above, 0)), np.exp(16 * np.minimum(above, 0)))
        light = (light * rays[None] * weight).astype(np.float32)
        t = np.clip(above, 0, 1).astype(np.float32)[..., None]
        color = np.asarray(green, np.float32) * (1 - t) + np.asarray(purple, np.float32) * t
        soft += (255 - soft) / 255 * color * np.clip(light, 0, 1)[..., None]


def stars(scene: Scene, horizon: float, count: int) -> None:
    """Scatter stars over the sky: many small ones, a few that sparkle."""
    rng = scene.stream("stars")
    easel = scene.easel
    count = round(count * scene.w * max(0.4, horizon))
    x, y = rng.random(count) * scene.w, rng.random(count) ** 1.25 * horizon * 0.96
    size = 0.0007 + 0.0016 * rng.random(count) ** 4
    bright = rng.random(count)
    floor = 0.45 / easel.unit
    for level in range(3):
        chosen = (bright * 3).astype(int) == level
        dots = circles(
            (a, b, max(r, floor)) for a, b, r in zip(x[chosen], y[chosen], size[chosen], strict=True)
        )
        easel.fill(
            dots,
            (255, 252, 240) if level else (190, 210, 255),
            (0.4, 0.7, 0.95)[level] * min(1, scene.air.stars + 0.2),
        )
    for i in range(min(round(9 * scene.air.stars), count)):
        r = 0.006 + 0.008 * bright[i]
        easel.glow(x[i], y[i], r * 2.2, (200, 216, 255), 0.5)
        spark = polygon([(x[i] + r * k * np.cos(a), y[i] + r * k * np.sin(a)) for a, k in _spark_points()])
        easel.fill(spark, (255, 255, 250), 0.9)


def _spark_points() -> list[tuple[float, float]]:
    return [(i * np.pi / 4, 1.0 if i % 2 == 0 else 0.14) for i in range(8)]


def _disc(scene: Scene) -> None:
    air, easel = scene.air, scene.easel
    x, y = scene.sun
    if air.night:
        moon(scene, x, y, 0.058, air.disc)
        return
    r = 0.062 if air.elevation < 0.5 else 0.05
    easel.disc(x, y, r * 1.5, radial((x, y), r * 1.5, (0.5, air.sun, 0.5), (1, air.sun, 0)), air.disc)
    warm = times(air.sun, (1.0, 0.96, 0.82))
    easel.disc(x, y, r, radial((x, y), r, (0, (255, 255, 246)), (0.7, air.sun), (1, warm)), air.disc)


def moon(scene: Scene, x: float, y: float, r: float, alpha: float = 1.0) -> None:
    """A full moon with its seas."""
    easel = scene.easel
    color = scene.air.sun if scene.air.night else (244, 242, 230)
    easel.glow(x, y, r * 3.6, color, 0.34 * alpha)
    body = radial(
        (x - r * 0.35, y - r * 0.35),
        r * 1.6,
        (0, (255, 254, 246)),
        (0.6, color),
        (1, times(color, (0.80, 0.82, 0.9))),
    )
    easel.disc(x, y, r, body, alpha)
    rng = scene.stream("moon seas")
    for _ in range(7):
        a, d, s = rng.uniform(0, 2 * np.pi), r * rng.uniform(0.1, 0.7), r * rng.uniform(0.08, 0.24)
        easel.disc(x + d * np.cos(a), y + d * np.sin(a), s, times(color, (0.86, 0.87, 0.9)), 0.7 * alpha)


def _heaps(scene: Scene, horizon: float, cover: float) -> None:
    """Heaped clouds, small and low far away, large and high near by."""
    air = scene.air
    rng = scene.stream("heaps")
    count = round((3 + 8 * cover) * (0.5 + 0.5 * scene.w))
    # A low sun shines under the clouds and through their edges: less contrast, and fewer of them.
    low = air.elevation < 0.3
    shade_mix = 0.35 if low else 0.0
    start = float(rng.random())
    for i in range(count):
        level = 0.16 + 0.72 * ((i + rng.uniform(0.1, 0.9)) / count) ** 0.8
        near = 1 - level
        width = (0.09 + 0.34 * near * rng.uniform(0.45, 1.2)) * min(1.0, 0.55 + 0.9 * horizon)
        x = scene.w * ((start + i * 0.618) % 1.0) * 1.1 - 0.05 * scene.w
        y = horizon * level
        dx, dy = scene.sun[0] - x, scene.sun[1] - y
        length = float(np.hypot(dx, dy)) or 1.0
        if abs(dx) < width * 0.55 + 0.06 and -0.10 < y - scene.sun[1] < width * 0.45 + 0.06:
            continue
        far = 0.5 * level**2
        backdrop: RGB = air.sky[-1][1]
        lit = mix(air.cloud_lit, backdrop, far * 0.8)
        shade = mix(mix(air.cloud_shade, air.cloud_lit, shade_mix), backdrop, far)
        cumulus(scene.easel, rng, (x, y), width, (lit, shade), (dx / length, dy / length), 0.97 - 0.3 * level)


def _lightning(scene: Scene, horizon: float) -> None:
    rng = scene.stream("lightning")
    easel = scene.easel
    x, y = scene.w * rng.uniform(0.2, 0.8), horizon * 0.12
    points = [(x, y)]
    while y < horizon * 0.95:
        x += float(rng.uniform(-0.045, 0.045))
        y += float(rng.uniform(0.02, 0.06))
        points.append((x, y))
    easel.glow(points[0][0], points[0][1], 0.5, (190, 200, 255), 0.45)
    bolt = polygon(points, closed=False)
    fork = polygon([points[len(points) // 2], *_branch(rng, points[len(points) // 2], horizon)], closed=False)
    for path, width in ((bolt, 1.0), (fork, 0.6)):
        easel.line(path, 0.02 * width, (150, 170, 255), 0.35, blur=0.012)
        easel.line(path, 0.006 * width, (245, 246, 255))


def _branch(
    rng: np.random.Generator, start: tuple[float, float], horizon: float
) -> list[tuple[float, float]]:
    x, y = start
    out = []
    for _ in range(6):
        x += float(rng.uniform(0.005, 0.04))
        y += float(rng.uniform(0.015, 0.045))
        if y < horizon:
            out.append((x, y))
    return out


def shafts(scene: Scene, origin: tuple[float, float], color: RGB, alpha: float, count: int = 7) -> None:
    """Rays of light that fan out from a point."""
    rng = scene.stream("shafts")
    reach = scene.w + scene.h
    canvas = scene.easel.canvas
    for _ in range(count):
        a = np.pi / 2 + rng.uniform(-0.9, 0.9)
        spread = rng.uniform(0.015, 0.05)
        tip = [
            origin,
            (origin[0] + reach * np.cos(a - spread), origin[1] + reach * np.sin(a - spread)),
            (origin[0] + reach * np.cos(a + spread), origin[1] + reach * np.sin(a + spread)),
        ]
        fade = radial(origin, reach * 0.62, (0, color, 0.9), (1, color, 0))
        paint = brush(fade, alpha * rng.uniform(0.4, 1.0))
        paint.setBlendMode(skia.BlendMode.kScreen)
        canvas.drawPath(polygon(tip), paint)
