"""Light: tints, shades the far side, keeps the outline; shadows fall away from it."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator import light as lighting
from egaku.engines.illustrator import sprite
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.light import Air
from egaku.engines.illustrator.paint import Sheet
from egaku.engines.illustrator.scenery.base import Light
from egaku.engines.illustrator.sprite import Sprite

SUNSET = Light("sunset", (1.0, 0.0), (1.0, 0.6, 0.4), (0.4, 0.35, 0.6), 0.5, 0.0)


def drawn(name: str = "snowman") -> Sprite:
    concept = bank().concept(name)
    assert concept is not None
    return sprite.draw(bank().art(concept.arts[0]), 120)


def pixels(image: skia.Image) -> np.ndarray:
    found: np.ndarray = image.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
    return found


def test_the_outline_is_kept() -> None:
    plain = drawn()
    assert np.abs(pixels(plain.image)[..., 3] - pixels(lighting.lit(plain, SUNSET))[..., 3]).max() <= 1


def test_sunset_warms() -> None:
    plain = drawn()
    before, after = pixels(plain.image), pixels(lighting.lit(plain, SUNSET))
    solid = before[..., 3] == 255
    warmth = (after[solid][:, 0] - after[solid][:, 2]).mean() - (
        before[solid][:, 0] - before[solid][:, 2]
    ).mean()
    assert warmth > 15


def test_the_side_away_from_the_light_is_darker() -> None:
    plain = drawn()
    before, after = pixels(plain.image), pixels(lighting.lit(plain, SUNSET, rim=False))
    loss = (before - after)[..., :3].sum(axis=2)
    solid = before[..., 3] == 255
    half = solid.shape[1] // 2
    left, right = loss[:, :half][solid[:, :half]].mean(), loss[:, half:][solid[:, half:]].mean()
    assert left > right + 5


def test_haze_draws_towards_its_colour() -> None:
    plain = drawn()
    near = pixels(lighting.lit(plain, lighting.NEUTRAL))
    far = pixels(lighting.lit(plain, lighting.NEUTRAL, Air((120.0, 160.0, 220.0), 0.6)))
    solid = near[..., 3] == 255
    target = np.array([120, 160, 220])
    assert np.abs(far[solid][:, :3] - target).mean() < 0.6 * np.abs(near[solid][:, :3] - target).mean()


def test_the_shadow_falls_on_the_side_away_from_the_light() -> None:
    sheet = Sheet(400, 200)
    lighting.draw_shadow(sheet.canvas, drawn(), 200, 150, SUNSET)
    shade = sheet.pixels()[..., 3].astype(int)
    assert shade.max() > 20
    assert shade[:, :200].sum() > 1.3 * shade[:, 200:].sum()


def test_without_a_casting_light_only_the_contact_is_dark() -> None:
    sheet = Sheet(200, 200)
    lighting.draw_shadow(
        sheet.canvas, drawn(), 100, 150, Light("day", (0.0, -1.0), (1, 1, 1), (1, 1, 1), 0.0, 0.0)
    )
    rows = np.flatnonzero((sheet.pixels()[..., 3] > 8).any(axis=1))
    assert rows.size
    assert rows.min() > 135
    assert rows.max() < 165


def test_a_reflection_fades_below_the_waterline() -> None:
    sheet = Sheet(200, 300)
    image = drawn().image
    lighting.draw_reflection(sheet.canvas, image, 50, 120, float(image.height()))
    alpha = sheet.pixels()[..., 3].astype(int)
    rows = alpha.sum(axis=1)
    assert rows[:119].max() == 0
    assert rows[122:150].mean() > 2 * rows[180:205].mean()
