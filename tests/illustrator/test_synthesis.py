"""The patch machinery: membranes, nearest-neighbour fields, votes and what is carried to full size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis import descriptors, membrane
from egaku.engines.illustrator.synthesis.alpha import premultiplied, straight
from egaku.engines.illustrator.synthesis.carry import Carrier
from egaku.engines.illustrator.synthesis.match import Matches, Search, finer, nowhere
from egaku.engines.illustrator.synthesis.vote import vote
from tests.illustrator.photos import photo

SIZE = 48


def field(size: int = SIZE) -> NDArray[np.float32]:
    return np.asarray(photo("coffee", size, size)[..., :3] / 255, np.float32)


def described(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    return descriptors.gather(descriptors.terms(picture), np.ones(picture.shape[:2], np.bool_))


def test_a_membrane_continues_a_slope() -> None:
    ramp = np.broadcast_to(np.linspace(0, 1, SIZE, dtype=np.float32)[:, None, None], (SIZE, SIZE, 2)).copy()
    known = np.ones((SIZE, SIZE), np.bool_)
    known[15:33, 12:40] = False
    spoiled = ramp.copy()
    spoiled[~known] = 77
    out = membrane.interpolate(spoiled, known, sweeps=60)
    assert np.abs(out - ramp).max() < 0.03
    assert (out[known] == ramp[known]).all()


def test_a_membrane_over_nothing_is_zero() -> None:
    assert (membrane.interpolate(field(), np.zeros((SIZE, SIZE), np.bool_)) == 0).all()


def test_a_correction_solves_its_equation() -> None:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[8:40, 8:40] = True
    target = np.where(hole[..., None], np.float32(0.01), np.float32(0))
    pull = np.full(hole.shape, 0.02, np.float32)
    found = membrane.correct(target, hole, pull, cycles=12)
    cross = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], np.float32)
    bent = np.asarray(cv2.filter2D(found[..., 0], -1, cross)) - 0.02 * found[..., 0]
    assert np.abs(bent - target[..., 0])[hole].max() < 0.002
    assert (found[~hole] == 0).all()


def test_descriptor_distance_is_near_the_patches_mean_squared_difference() -> None:
    smooth = np.asarray(cv2.GaussianBlur(field(96), (0, 0), 2), np.float32)
    grey = np.repeat(smooth.mean(-1, keepdims=True), 3, axis=2)
    planes = np.stack(descriptors.terms(grey, 7), axis=-1)
    for (y, x), (v, u) in [((20, 30), (60, 50)), ((40, 70), (44, 20))]:
        patches = [grey[r - 3 : r + 4, c - 3 : c + 4, 0] for r, c in ((y, x), (v, u))]
        truth = float(((patches[0] - patches[1]) ** 2).mean())
        assert float(((planes[y, x] - planes[v, u]) ** 2).sum()) == pytest.approx(truth, rel=0.2, abs=1e-5)


def test_search_finds_where_a_shifted_picture_came_from() -> None:
    source = field()
    everywhere = np.ones((SIZE, SIZE), np.bool_)
    shifted = np.roll(source, (-5, -8), axis=(0, 1))
    search = Search(described(source), everywhere, everywhere)
    rng = np.random.default_rng(0)
    found = search.run(nowhere((SIZE, SIZE)), described(shifted), 6, rng)
    inner = (slice(6, 36), slice(6, 32))
    right = (found.rows[inner] - np.arange(SIZE)[inner[0], None] == 5) & (
        found.columns[inner] - np.arange(SIZE)[None, inner[1]] == 8
    )
    assert right.mean() > 0.9


def test_search_never_costs_more_than_its_start_and_exact_search_is_best() -> None:
    source, other = field(), np.ascontiguousarray(field()[::-1])
    everywhere = np.ones((SIZE, SIZE), np.bool_)
    search = Search(described(source), everywhere, everywhere)
    asked, rng = described(other), np.random.default_rng(1)
    start = search.run(nowhere((SIZE, SIZE)), asked, 0, rng)
    better = search.run(start, asked, 3, rng)
    best = search.exact(asked, most=10**9)
    assert (better.cost <= start.cost).all()
    assert (best.cost <= better.cost + 1e-5).all()
    assert best.cost.mean() < better.cost.mean() < start.cost.mean()


def test_only_allowed_sources_are_taken() -> None:
    sources = np.zeros((SIZE, SIZE), np.bool_)
    sources[:10, :10] = True
    everywhere = np.ones((SIZE, SIZE), np.bool_)
    offered = descriptors.gather(descriptors.terms(field()), sources)
    search = Search(offered, sources, everywhere)
    found = search.run(nowhere((SIZE, SIZE)), described(field()), 2, np.random.default_rng(2))
    assert found.rows.max() < 10
    assert found.columns.max() < 10
    with pytest.raises(ValueError, match="no source"):
        Search(offered[:0], np.zeros((SIZE, SIZE), np.bool_), everywhere)


def test_finer_matches_keep_their_offsets() -> None:
    rows, columns = np.mgrid[0:8, 0:8]
    coarse = Matches(np.clip(rows + 1, 0, 7), np.clip(columns + 2, 0, 7), np.zeros((8, 8), np.float32))
    fine = finer(coarse, (16, 15), (16, 16))
    assert fine.rows.shape == (16, 15)
    assert (fine.rows[:12] - np.arange(12)[:, None] == 2).all()
    assert (fine.columns[:, :10] - np.arange(10)[None, :] == 4).all()


def test_identical_matches_vote_for_the_picture_itself() -> None:
    rows, columns = np.mgrid[0:SIZE, 0:SIZE]
    same = Matches(rows, columns, np.zeros((SIZE, SIZE), np.float32))
    everywhere = np.ones((SIZE, SIZE), np.bool_)
    out = vote(same, field(), everywhere, np.ones((SIZE, SIZE), np.float32)).reshape(field().shape)
    assert np.abs(out - field()).max() < 1e-4


def test_a_carrier_copies_detail_exactly_where_offsets_agree() -> None:
    large = field(96)
    small = membrane.shrink(large, (24, 24))
    rows, columns = np.mgrid[0:24, 0:24]
    moved = Matches(np.clip(rows + 2, 0, 23), np.clip(columns + 3, 0, 23), np.zeros((24, 24), np.float32))
    base = small[moved.rows, moved.columns]
    out = Carrier(large, small, 4).carry(base, moved, (slice(8, 60), slice(8, 60)))
    assert np.abs(out - large[16:68, 20:72]).max() < 1e-4


def test_premultiplied_and_back() -> None:
    image = photo("coffee", SIZE, SIZE)
    image[..., 3] = np.linspace(40, 255, SIZE).astype(np.uint8)
    nowhere_hidden = np.zeros((SIZE, SIZE), np.bool_)
    back = straight(premultiplied(image, nowhere_hidden))
    assert np.abs(back.astype(int) - image).max() <= 1
    opaque = photo("coffee", SIZE, SIZE)
    assert premultiplied(opaque, nowhere_hidden).shape[2] == 3
    assert (straight(premultiplied(opaque, nowhere_hidden)) == opaque).all()
