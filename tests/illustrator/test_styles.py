"""Every style: a real change, another one than all others, with the subject where it was."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from egaku.engines.illustrator import vocabulary
from egaku.engines.illustrator.styles import PAPERS, STYLES, Canvas, apply_style
from egaku.engines.illustrator.styles.sheet import orientation

SIZE = 192
MOVES_THE_SUBJECT = {"pattern"}
OWN_OUTLINE = {"sticker", "logo", "pattern"}


def canvas(*, transparent: bool = False, width: int = SIZE, height: int = SIZE) -> Canvas:
    """A sky and a meadow with a striped ball in the middle."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    pixels = np.full((height, width, 4), 255, np.uint8)
    sky = np.stack([110 + y * 60 / height, 170 + y * 40 / height, 240 - y * 20 / height], axis=-1)
    pixels[..., :3] = np.where((y > height * 0.6)[..., None], np.asarray((90, 170, 80)), sky)
    radius = np.hypot(x - width * 0.5, y - height * 0.55) / (min(width, height) * 0.26)
    shade = (1.1 - 0.5 * radius)[..., None]
    stripe = (np.sin(x * 24 / width * 2) > 0)[..., None]
    ball = np.where(stripe, np.asarray((240, 110, 50)), np.asarray((250, 220, 190))) * shade
    inside = radius < 1
    pixels[inside, :3] = np.clip(ball, 0, 255)[inside]
    if transparent:
        pixels[~inside] = 0
    return Canvas(pixels, inside.astype(np.int16), transparent)


@cache
def styled(style: str, transparent: bool = False) -> NDArray[np.uint8]:
    return apply_style(style, canvas(transparent=transparent), np.random.default_rng(7))


def test_the_styles_are_those_of_the_vocabulary() -> None:
    assert set(STYLES) == set(vocabulary.STYLES)


def test_an_unknown_style_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="bas-relief"):
        apply_style("bas-relief", canvas(), np.random.default_rng(1))


@pytest.mark.parametrize("style", STYLES)
def test_opaque_stays_opaque_and_changes_measurably(style: str) -> None:
    before, after = canvas().pixels, styled(style)
    assert after.shape == before.shape
    assert after.dtype == np.uint8
    assert (after[..., 3] == 255).all()
    assert np.abs(after[..., :3].astype(int) - before[..., :3].astype(int)).mean() > 2.5


@pytest.mark.parametrize("style", STYLES)
def test_the_same_again(style: str) -> None:
    again = apply_style(style, canvas(), np.random.default_rng(7))
    assert np.array_equal(styled(style), again)


@pytest.mark.parametrize("style", STYLES)
def test_the_canvas_is_left_alone(style: str) -> None:
    given = canvas()
    apply_style(style, given, np.random.default_rng(7))
    assert np.array_equal(given.pixels, canvas().pixels)
    assert np.array_equal(given.labels, canvas().labels)


@pytest.mark.parametrize("style", sorted(set(STYLES) - MOVES_THE_SUBJECT))
def test_the_subject_keeps_its_place(style: str) -> None:
    """Contrast across the subject's own outline is above that across the same outline moved aside."""
    soft = cv2.GaussianBlur(styled(style)[..., :3], (0, 0), SIZE / 64).astype(np.float32)
    steps = sum(np.abs(cv2.Sobel(soft, cv2.CV_32F, *d)).max(axis=2) for d in ((1, 0), (0, 1)))
    inside = (canvas().labels > 0).astype(np.uint8)
    edge = cv2.morphologyEx(inside, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8)) > 0
    aside = [np.roll(edge, shift, axis=(0, 1)) & ~edge for shift in ((22, 0), (-22, 0), (0, 22), (0, -22))]
    assert steps[edge].mean() > 1.15 * np.mean([steps[a].mean() for a in aside])


@pytest.mark.parametrize("style", STYLES)
def test_transparent_stays_transparent_far_from_the_subject(style: str) -> None:
    after = styled(style, transparent=True)
    assert after[SIZE // 2, SIZE // 2, 3] == 255 or style in ("pattern", "neon")
    if style not in OWN_OUTLINE:
        assert (after[:12, :12, 3] == 0).all()
    assert (after[..., 3] == 0).any()


@pytest.mark.parametrize("style", sorted(set(STYLES) - OWN_OUTLINE - {"pixel art", "neon"}))
def test_no_halo_of_the_removed_backdrop(style: str) -> None:
    """Black under alpha 0 must not darken the subject's rim, nor any backdrop colour tint it."""
    given = canvas(transparent=True)
    for fill in (0, 255):
        given.pixels[given.labels == 0, :3] = fill
        result = apply_style(style, given, np.random.default_rng(7))
        solid = result[..., 3] == 255
        assert np.abs(result[solid].astype(int) - styled(style, transparent=True)[solid]).mean() < 2


def test_styles_are_pairwise_distinct() -> None:
    for one, other in combinations(STYLES, 2):
        far = np.abs(styled(one)[..., :3].astype(int) - styled(other)[..., :3].astype(int)).mean()
        assert far > 3, (one, other, far)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", [(64, 64), (190, 65), (65, 190)])
def test_any_size(style: str, size: tuple[int, int]) -> None:
    given = canvas(width=size[0], height=size[1])
    assert apply_style(style, given, np.random.default_rng(1)).shape == given.pixels.shape


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("transparent", [False, True])
def test_a_picture_without_objects(style: str, transparent: bool) -> None:
    given = canvas(transparent=transparent)
    given.labels[:] = 0
    assert apply_style(style, given, np.random.default_rng(1)).shape == given.pixels.shape


@pytest.mark.parametrize("style", STYLES)
def test_an_empty_transparent_picture(style: str) -> None:
    empty = Canvas(np.zeros((96, 96, 4), np.uint8), np.zeros((96, 96), np.int16), transparent=True)
    assert apply_style(style, empty, np.random.default_rng(1)).shape == (96, 96, 4)


def test_pixel_art_is_made_of_even_blocks() -> None:
    picture = apply_style("pixel art", canvas(width=352, height=352), np.random.default_rng(1))
    blocks = picture.reshape(88, 4, 88, 4, 4)
    assert (blocks == blocks[:, :1, :, :1]).all()
    assert len(np.unique(picture[..., :3].reshape(-1, 3), axis=0)) <= 60


def test_a_pattern_is_seamless() -> None:
    picture = styled("pattern")[..., :3].astype(np.float32)
    for axis in (0, 1):
        inner = np.abs(np.diff(picture, axis=axis)).mean(axis=tuple(a for a in (0, 1, 2) if a != axis))
        wrap = np.abs(np.take(picture, 0, axis=axis) - np.take(picture, -1, axis=axis)).mean()
        assert wrap <= inner.max() + 1


def test_a_sticker_has_a_white_border() -> None:
    inside = (canvas().labels > 0).astype(np.uint8)
    near = cv2.dilate(inside, np.ones((3, 3), np.uint8), iterations=2) > cv2.dilate(
        inside, np.ones((3, 3), np.uint8)
    )
    assert np.median(styled("sticker")[near][:, :3]) > 245
    assert (styled("sticker", transparent=True)[near][:, 3] > 200).mean() > 0.9


@pytest.mark.parametrize("style", ["noir", "charcoal", "pencil", "line art"])
def test_colorless_styles_have_no_color(style: str) -> None:
    picture = styled(style)[..., :3].astype(int)
    assert (picture.max(axis=-1) - picture.min(axis=-1)).mean() < 16


def test_low_poly_is_flat_inside_its_triangles() -> None:
    picture = styled("low poly")[..., :3].astype(np.float32)
    steps = np.abs(np.diff(picture, axis=1)).max(axis=2)
    assert (steps < 1).mean() > 0.5


@pytest.mark.parametrize("style", ["mosaic", "charcoal", "chalk", "pencil", "ink wash"])
def test_a_black_thing_keeps_its_form(style: str) -> None:
    """A dark ball lit from one side is still lighter there: neither a hole nor a blot."""
    given = canvas()
    _, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    inside = given.labels > 0
    lit = 34 + 34 * (SIZE / 2 - x) / (SIZE * 0.26)
    given.pixels[inside, :3] = np.clip(lit, 8, 70)[inside][:, None]
    grey = cv2.cvtColor(apply_style(style, given, np.random.default_rng(7))[..., :3], cv2.COLOR_RGB2GRAY)
    left, right = inside & (x < SIZE * 0.42), inside & (x > SIZE * 0.58)
    assert abs(float(grey[left].mean()) - float(grey[right].mean())) > 10


@pytest.mark.parametrize("style", ["oil painting", "impasto", "mosaic", "chalk", "low poly", "stained glass"])
def test_a_style_is_the_same_picture_at_every_size(style: str) -> None:
    small = cv2.resize(
        apply_style(style, canvas(width=384, height=384), np.random.default_rng(7)), (192, 192)
    )
    pair = [cv2.GaussianBlur(p[..., :3], (0, 0), 6).astype(float).ravel() for p in (styled(style), small)]
    assert np.corrcoef(pair[0], pair[1])[0, 1] > 0.9


@pytest.mark.parametrize("style", PAPERS)
def test_bare_paper_ends_the_page_wherever_that_ends(style: str) -> None:
    page = np.zeros((SIZE, SIZE), np.bool_)
    page[:, SIZE // 2 :] = True

    def far(pixels: NDArray[np.uint8]) -> float:
        return float(np.median(np.abs(pixels[..., :3].astype(int) - PAPERS[style])))

    beside = apply_style(style, replace(canvas(), page=page), np.random.default_rng(7))
    assert far(styled(style)[:, :2]) < 14
    assert far(beside[:, SIZE // 2 : SIZE // 2 + 2]) < 14
    assert far(beside[:, -2:]) < 14
    inner = (slice(SIZE // 3, -SIZE // 3), slice(SIZE // 2 + 20, -20))
    assert far(beside[inner]) > far(beside[:, -2:])
    assert far(styled(style)[:, SIZE // 2 : SIZE // 2 + 2]) > 14


def test_strokes_run_the_same_way_wherever_memory_lies() -> None:
    luma = np.random.default_rng(1).random((512, 512), dtype=np.float32)
    crowd: list[NDArray[np.uint8]] = []
    found = set()
    for number in range(40):
        crowd.append(np.empty(37 * number + 5, np.uint8))
        found.add(orientation(luma).tobytes())
    assert len(found) == 1
