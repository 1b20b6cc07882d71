"""The air of a scene: what time, weather, season and mood do to sky, light and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egaku.engines.illustrator.plan import Setting
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.palette import mix, saturate, times


@dataclass(frozen=True)
class Atmosphere:
    """Light and air. Colours are sRGB 0 … 255, multipliers 0 … 1.5."""

    time: str
    sky: tuple[tuple[float, RGB], ...]
    """Gradient from the zenith (0) to the horizon (1)."""
    tint: RGB
    """Multiplier from a thing's own colour by day to its colour now."""
    haze: RGB
    sun: RGB
    """Colour of the sun's disc, or the moon's."""
    light: RGB
    """Multiplier for lit things."""
    ambient: RGB
    """Multiplier for things in shade."""
    shadow: float
    glow: float
    elevation: float
    """Height of sun or moon above the horizon, 0 … 1 of the sky's height."""
    cloud_lit: RGB
    cloud_shade: RGB
    cover: float = 0.35
    """How much of the sky is cloud, 0 … 1."""
    stars: float = 0.0
    disc: float = 1.0
    """How visible sun or moon is, 0 … 1."""
    thickness: float = 0.0
    """Extra haze on everything, 0 … 1."""
    weather: str = "sunny"
    season: str = "summer"
    mood: str | None = None

    def paint(self, color: RGB, depth: float = 0.0) -> RGB:
        """A thing's own colour as seen in this air, `depth` 0 (near) … 1 (at the horizon)."""
        far = min(1.0, self.thickness + (1 - self.thickness) * depth)
        return mix(times(color, self.tint), self.haze, far)

    @property
    def night(self) -> bool:
        """Whether lamps are on."""
        return self.time == "night"


_HOURS: dict[str, Atmosphere] = {
    "day": Atmosphere(
        time="day",
        sky=((0, (52, 128, 226)), (0.5, (112, 182, 246)), (0.85, (184, 224, 250)), (1, (222, 241, 252))),
        tint=(1, 1, 1), haze=(200, 226, 246), sun=(255, 250, 226),
        light=(1.06, 1.03, 0.97), ambient=(0.80, 0.87, 0.97), shadow=0.42, glow=0.1, elevation=0.74,
        cloud_lit=(255, 255, 255), cloud_shade=(186, 208, 236),
    ),
    "golden hour": Atmosphere(
        time="golden hour",
        sky=((0, (84, 138, 206)), (0.45, (158, 186, 206)), (0.8, (250, 212, 146)), (1, (255, 228, 164))),
        tint=(1.06, 0.93, 0.72), haze=(250, 216, 160), sun=(255, 240, 180),
        light=(1.18, 1.0, 0.74), ambient=(0.86, 0.79, 0.77), shadow=0.4, glow=0.25, elevation=0.36,
        cloud_lit=(255, 240, 204), cloud_shade=(206, 168, 158),
    ),
    "sunset": Atmosphere(
        time="sunset",
        sky=(
            (0, (44, 38, 106)), (0.36, (118, 62, 138)), (0.66, (226, 96, 108)), (0.85, (255, 156, 92)),
            (1, (255, 212, 130)),
        ),
        tint=(0.97, 0.69, 0.64), haze=(244, 158, 122), sun=(255, 240, 186),
        light=(1.16, 0.82, 0.64), ambient=(0.72, 0.57, 0.70), shadow=0.34, glow=0.5, elevation=0.16,
        cloud_lit=(255, 178, 130), cloud_shade=(128, 72, 136),
    ),
    "dawn": Atmosphere(
        time="dawn",
        sky=(
            (0, (92, 114, 190)), (0.4, (164, 156, 212)), (0.72, (240, 186, 202)), (0.9, (255, 220, 192)),
            (1, (255, 236, 208)),
        ),
        tint=(0.95, 0.85, 0.88), haze=(240, 206, 208), sun=(255, 244, 220),
        light=(1.08, 0.94, 0.88), ambient=(0.78, 0.76, 0.88), shadow=0.28, glow=0.3, elevation=0.18,
        cloud_lit=(255, 222, 214), cloud_shade=(176, 150, 196),
    ),
    "night": Atmosphere(
        time="night",
        sky=((0, (8, 12, 40)), (0.5, (18, 30, 80)), (0.85, (40, 62, 126)), (1, (66, 92, 158))),
        tint=(0.32, 0.40, 0.64), haze=(52, 74, 134), sun=(250, 247, 228),
        light=(0.62, 0.70, 0.95), ambient=(0.42, 0.50, 0.76), shadow=0.3, glow=1.0, elevation=0.72,
        cloud_lit=(96, 112, 168), cloud_shade=(34, 44, 92), stars=1.0,
    ),
}  # fmt: skip

Gradient = tuple[tuple[float, RGB], ...]

_OTHER_SKIES: dict[str, tuple[Gradient, ...]] = {
    "day": (
        ((0, (28, 102, 212)), (0.5, (86, 166, 244)), (0.85, (170, 218, 252)), (1, (216, 240, 254))),
        ((0, (96, 162, 230)), (0.5, (148, 202, 244)), (0.85, (206, 232, 248)), (1, (238, 244, 246))),
    ),
    "golden hour": (
        ((0, (116, 146, 198)), (0.45, (210, 178, 172)), (0.8, (252, 198, 122)), (1, (255, 224, 156))),
    ),
    "sunset": (
        ((0, (36, 60, 110)), (0.36, (112, 104, 152)), (0.66, (232, 140, 142)), (0.85, (255, 188, 134)),
         (1, (255, 226, 168))),
        ((0, (58, 28, 80)), (0.36, (150, 48, 98)), (0.66, (238, 88, 72)), (0.85, (255, 150, 64)),
         (1, (255, 208, 110))),
    ),
    "dawn": (
        ((0, (70, 118, 186)), (0.4, (140, 174, 216)), (0.72, (244, 206, 198)), (0.9, (255, 226, 184)),
         (1, (255, 240, 208))),
    ),
    "night": (
        ((0, (14, 10, 44)), (0.5, (38, 26, 88)), (0.85, (72, 50, 126)), (1, (100, 76, 152))),
        ((0, (4, 16, 40)), (0.5, (10, 40, 80)), (0.85, (24, 74, 116)), (1, (50, 106, 142))),
    ),
}  # fmt: skip
"""Other skies an hour may have, from the zenith to the horizon; one is chosen per picture."""

_WEATHER: dict[str, tuple[RGB, float, float]] = {
    "cloudy": ((192, 202, 216), 0.60, 0.92),
    "rain": ((128, 142, 160), 0.72, 0.80),
    "storm": ((70, 78, 102), 0.84, 0.62),
    "snow": ((202, 212, 228), 0.62, 0.94),
    "fog": ((210, 216, 222), 0.70, 0.96),
}
"""Grey of the sky by day, how much of it, and how bright things stay."""

_GREY_BY_TIME: dict[str, RGB] = {
    "day": (1, 1, 1), "golden hour": (1.0, 0.90, 0.78), "sunset": (0.80, 0.60, 0.64),
    "dawn": (0.92, 0.84, 0.90), "night": (0.20, 0.25, 0.42),
}  # fmt: skip

_MOODS: dict[str, tuple[RGB, float, RGB, float]] = {
    "happy": ((255, 236, 170), 0.06, (1.04, 1.02, 0.98), 1.12),
    "calm": ((214, 232, 240), 0.16, (1.0, 1.0, 1.02), 0.92),
    "dreamy": ((246, 196, 240), 0.30, (1.04, 0.96, 1.06), 0.96),
    "spooky": ((108, 104, 152), 0.42, (0.86, 0.92, 1.0), 0.78),
    "dramatic": ((60, 52, 84), 0.22, (0.90, 0.88, 0.92), 1.12),
    "melancholy": ((128, 142, 168), 0.34, (0.84, 0.90, 1.0), 0.66),
    "romantic": ((255, 160, 178), 0.24, (1.05, 0.93, 0.96), 1.04),
    "festive": ((255, 190, 130), 0.08, (1.05, 1.0, 0.96), 1.14),
    "epic": ((255, 190, 110), 0.14, (1.02, 0.95, 0.90), 1.14),
    "cozy": ((255, 208, 156), 0.20, (1.06, 0.97, 0.86), 1.0),
}
"""Colour mixed into the sky, how much, multiplier for things, saturation."""

_STARS = {"day": 0.0, "golden hour": 0.0, "sunset": 0.25, "dawn": 0.12, "night": 1.0}


def atmosphere(setting: Setting, rng: np.random.Generator) -> Atmosphere:
    """The air for what the prompt said; what it left open is a fine day (an aurora brings the night)."""
    time = setting.time or ("night" if setting.weather == "aurora" else "day")
    air = _HOURS.get(time, _HOURS["day"])
    skies = (air.sky, *_OTHER_SKIES[air.time])
    chosen = int(rng.integers(len(skies)))
    if chosen:
        air = replace(air, sky=skies[chosen], haze=mix(air.haze, skies[chosen][-2][1], 0.45))
    air = replace(air, stars=_STARS[air.time], season=setting.season or "summer", mood=setting.mood)
    if setting.weather:
        air = _weathered(air, setting.weather)
    return _moody(air) if setting.mood in _MOODS else air


def _weathered(air: Atmosphere, weather: str) -> Atmosphere:
    air = replace(air, weather=weather)
    if weather in ("wind", "rainbow"):
        return replace(air, cover=0.6)
    if weather == "sunny":
        return replace(air, cover=0.22)
    if weather == "aurora":
        return replace(air, cover=0.0, disc=0.0, stars=max(0.6, air.stars))
    grey, amount, keep = _WEATHER[weather]
    grey = times(grey, _GREY_BY_TIME[air.time])
    low = weather == "snow" and air.elevation < 0.4  # who asks for snow at sunset wants to see both
    if low:
        amount *= 0.4
    return replace(
        air,
        sky=tuple((at, mix(c, times(grey, 0.82 + 0.22 * at), amount)) for at, c in air.sky),
        tint=times(mix(air.tint, (sum(air.tint) / 3,) * 3, 0.5), keep),
        haze=mix(air.haze, grey, amount),
        light=mix(air.light, (1, 1, 1.02) if not air.night else air.light, 0.6),
        shadow=air.shadow * (0.25 if weather == "fog" else 0.45),
        cloud_lit=mix(air.cloud_lit, times(grey, 1.2), 0.75),
        cloud_shade=mix(air.cloud_shade, times(grey, 0.78), 0.75),
        cover=0.3 if weather == "fog" else 0.5 if low else 0.95,
        stars=0.0,
        disc=0.35 if weather == "fog" else 0.8 if low else 0.0,
        thickness=0.22 if weather == "fog" else 0.05,
        season="winter" if weather == "snow" else air.season,
    )


def _moody(air: Atmosphere) -> Atmosphere:
    color, amount, tint, saturation = _MOODS[air.mood or ""]
    if air.night:
        color = times(color, (0.4, 0.4, 0.55))
    return replace(
        air,
        sky=tuple((at, saturate(mix(c, color, amount), saturation)) for at, c in air.sky),
        tint=times(air.tint, tint),
        haze=saturate(mix(air.haze, color, amount), saturation),
        cloud_lit=mix(air.cloud_lit, color, amount * 0.5),
        cloud_shade=mix(air.cloud_shade, color, amount),
    )


def sky_column(air: Atmosphere, rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """(rows, 3): the sky's colours from the zenith to the horizon."""
    at = np.linspace(0, 1, rows)
    stops = [s[0] for s in air.sky]
    out = np.stack([np.interp(at, stops, [s[1][k] for s in air.sky]) for k in range(3)], axis=-1)
    return out.astype(np.float32)
