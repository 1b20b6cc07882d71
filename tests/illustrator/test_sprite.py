"""Sprites: the size asked for, mirrored on request, body masks that fit."""

from __future__ import annotations

import numpy as np
import pytest
import skia

from egaku.engines.illustrator import sprite
from egaku.engines.illustrator.bank import Art, bank


def art(name: str = "cat") -> Art:
    concept = bank().concept(name)
    assert concept is not None
    return bank().art(concept.arts[0])


def pixels(image: skia.Image) -> np.ndarray:
    found: np.ndarray = image.toarray(colorType=skia.kRGBA_8888_ColorType)
    return found


@pytest.mark.parametrize("height", [0.2, 1, 7, 64, 300])
def test_size(height: float) -> None:
    drawn = sprite.draw(art(), height)
    assert drawn.height == max(1, round(height))
    assert drawn.image.height() == drawn.height + 2 * drawn.margin
    assert drawn.width == pytest.approx(height * art().aspect, abs=1.0)


def test_flip_is_a_mirror() -> None:
    plain, mirrored = (pixels(sprite.draw(art(), 80, flip=flip).image)[..., 3] for flip in (False, True))
    assert np.abs(plain[:, ::-1].astype(int) - mirrored).mean() < 1.5
    assert np.abs(plain.astype(int) - mirrored).mean() > 10


def test_body_mask_covers_the_body_and_spares_the_rest() -> None:
    fox = art("fox")
    mask = pixels(sprite.body_mask(fox, 96))[..., 3] / 255.0
    drawn = pixels(sprite.draw(fox, 96).image)
    assert mask.shape == drawn.shape[:2]
    solid = drawn[..., 3] == 255
    assert 0.2 < mask[solid].mean() < 0.9
    assert mask[drawn[..., 3] == 0].max() == 0
    blue = pixels(sprite.draw(fox, 96, color="blue").image).astype(int)
    change = np.abs(blue - drawn)[..., :3].sum(axis=2)
    assert change[solid & (mask > 0.9)].mean() > 10 * change[solid & (mask < 0.1)].mean()
