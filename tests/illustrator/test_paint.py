"""Painting: labels where things are, true alpha without halo, objects alone for edits."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import light as lighting
from egaku.engines.illustrator import paint as painting
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.color import oklab
from egaku.engines.illustrator.plan import ObjectPlan
from egaku.engines.illustrator.recolor import anchor
from tests.illustrator.scenes import paint, plan


def test_labels_say_who_is_where() -> None:
    scene = plan("cat", "dog", relations=((0, "left of", 1),))
    pixels, labels = painting.render_objects(scene, 300, 200, np.random.default_rng(1), lighting.NEUTRAL)
    assert set(np.unique(labels)) == {0, 1, 2}
    assert (pixels[labels > 0][:, 3] > 100).all()
    cat, dog = (np.argwhere(labels == label)[:, 1].mean() for label in (1, 2))
    assert cat < dog


def test_objects_stay_in_their_region() -> None:
    region = (200, 40, 150, 150)
    _, labels = painting.render_objects(
        plan("flamingo"), 400, 300, np.random.default_rng(1), lighting.NEUTRAL, region=region
    )
    rows, columns = np.nonzero(labels)
    assert rows.min() >= 38
    assert rows.max() <= 192
    assert columns.min() >= 198
    assert columns.max() <= 352


@pytest.mark.parametrize("color", ["red", "blue", "green", "yellow"])
def test_the_object_has_its_colour_where_the_plan_puts_it(color: str) -> None:
    scene = plan(ObjectPlan(concept="balloon", color=color))
    pixels, labels = painting.render_objects(scene, 256, 256, np.random.default_rng(1), lighting.NEUTRAL)
    lab = np.median(oklab(pixels[labels == 1][:, :3] / 255.0), axis=0)
    target = anchor(color)
    turn = np.degrees(np.arctan2(lab[2], lab[1]) - np.arctan2(target[2], target[1]))
    assert abs((turn + 180) % 360 - 180) < 30


def test_transparent_pictures_have_clear_corners_and_no_halo() -> None:
    pixels = paint(plan(ObjectPlan(concept="apple", color="red")), 256, 256, background="transparent")
    assert pixels[[0, 0, -1, -1], [0, -1, 0, -1], 3].max() == 0
    alpha = pixels[..., 3]
    assert 0.1 < (alpha == 255).mean() < 0.7
    rim = (alpha > 40) & (alpha < 215)
    assert rim.any()
    red, _, blue = (pixels[rim][:, channel].astype(int).mean() for channel in range(3))
    assert red > blue + 20, "edge pixels carry the thing's own colour, not the ground's"


def test_straight_alpha_undoes_premultiplication() -> None:
    colors = np.array([[[100, 50, 25, 128], [0, 0, 0, 0], [7, 8, 9, 255]]], np.uint8)
    found = painting.straight(colors)
    assert found[0, 0] == pytest.approx([199, 100, 50, 128], abs=1)
    assert found[0, 1].tolist() == [0, 0, 0, 0]
    assert found[0, 2].tolist() == [7, 8, 9, 255]


def test_in_water_the_legs_are_cut_and_mirrored() -> None:
    scene = plan("flamingo")
    rng = np.random.default_rng
    dry, _ = painting.render_objects(scene, 256, 256, rng(1), lighting.NEUTRAL)
    wet, labels = painting.render_objects(scene, 256, 256, rng(1), lighting.NEUTRAL, surface="water")
    waterline = int(np.flatnonzero((labels > 0).any(axis=1))[-1])
    below = wet[waterline + 4 :, :, 3]
    assert below.max() > 20
    assert below.max() < 200, "what is under water is only hinted at"
    assert dry.shape == wet.shape
    assert "flamingo" in bank()
