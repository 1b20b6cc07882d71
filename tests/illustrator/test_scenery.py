"""Every place, by every light, at every size: what paint_backdrop promises."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from egaku.engines.illustrator import vocabulary
from egaku.engines.illustrator.plan import ScenePlan, Setting
from egaku.engines.illustrator.scenery import PAINTERS, paint_backdrop
from egaku.engines.illustrator.scenery.base import SURFACES, Backdrop


def backdrop(
    width: int = 96, height: int = 96, seed: int = 1, colors: tuple[str, ...] = (), **setting: str
) -> Backdrop:
    plan = ScenePlan(prompt="", setting=Setting(**setting), colors=colors)
    return paint_backdrop(plan, width, height, np.random.default_rng(seed))


def distance(a: Backdrop, b: Backdrop) -> float:
    return float(np.abs(a.pixels.astype(int) - b.pixels.astype(int)).mean())


def test_every_place_of_the_vocabulary_has_a_painter() -> None:
    assert set(PAINTERS) == set(vocabulary.PLACES)


@pytest.mark.parametrize("place", vocabulary.PLACES)
@pytest.mark.parametrize("time", vocabulary.TIMES)
def test_paints_opaque_and_the_same_again(place: str, time: str) -> None:
    first = backdrop(place=place, time=time)
    assert first.pixels.shape == (96, 96, 4)
    assert first.pixels.dtype == np.uint8
    assert (first.pixels[..., 3] == 255).all()
    assert first.pixels[..., :3].std() > 4
    again = backdrop(place=place, time=time)
    assert np.array_equal(first.pixels, again.pixels)
    if first.front is not None:
        assert again.front is not None
        assert np.array_equal(first.front, again.front)


@pytest.mark.parametrize("place", vocabulary.PLACES)
@pytest.mark.parametrize("size", [(96, 96), (192, 64), (64, 192)])
def test_layout_lies_inside_the_picture(place: str, size: tuple[int, int]) -> None:
    found = backdrop(*size, place=place)
    assert found.pixels.shape == (size[1], size[0], 4)
    assert 0 <= found.horizon <= 1
    assert 0 <= found.ground_top <= found.ground_bottom <= 1
    assert found.surface in SURFACES
    assert found.anchors
    for x, y, w, h in found.anchors.values():
        assert w > 0
        assert h > 0
        assert x >= 0
        assert y >= 0
        assert x + w <= 1 + 1e-9
        assert y + h <= 1 + 1e-9
    assert np.hypot(*found.light.direction) == pytest.approx(1, abs=0.01)
    assert all(0 <= c <= 1.5 for c in (*found.light.color, *found.light.ambient))
    assert 0 <= found.light.shadow <= 1
    assert 0 <= found.light.glow <= 1
    assert len(found.palette) == 5
    if found.front is not None:
        assert found.front.shape == found.pixels.shape


@pytest.mark.parametrize("place", vocabulary.PLACES)
def test_the_layout_does_not_depend_on_the_resolution(place: str) -> None:
    small, large = backdrop(128, 128, place=place), backdrop(384, 384, place=place)
    shrunk = cv2.resize(large.pixels, (128, 128), interpolation=cv2.INTER_AREA)
    soft = [cv2.GaussianBlur(p[..., :3], (0, 0), 2.0).astype(float).ravel() for p in (small.pixels, shrunk)]
    assert np.corrcoef(soft[0], soft[1])[0, 1] > 0.97
    assert small.anchors.keys() == large.anchors.keys()
    for name, region in small.anchors.items():
        assert region == pytest.approx(large.anchors[name]), name
    assert small.horizon == pytest.approx(large.horizon)


@pytest.mark.parametrize("place", ["meadow", "street", "lake", "forest"])
def test_seeds_differ(place: str) -> None:
    assert distance(backdrop(place=place, seed=1), backdrop(place=place, seed=2)) > 2


@pytest.mark.parametrize("place", ["meadow", "sea", "city", "room"])
def test_times_of_day_differ_and_night_is_darkest(place: str) -> None:
    painted = {time: backdrop(place=place, time=time) for time in vocabulary.TIMES}
    brightness = {time: float(b.pixels[..., :3].mean()) for time, b in painted.items()}
    assert min(brightness, key=lambda time: brightness[time]) == "night"
    assert brightness["day"] - brightness["night"] > 25
    assert all(
        distance(painted[a], painted[b]) > 3
        for a in painted
        for b in painted
        if a < b and "night" not in (a, b)
    )


@pytest.mark.parametrize("weather", sorted(set(vocabulary.WEATHERS) - {"sunny"}))
def test_weather_shows(weather: str) -> None:
    plain, found = backdrop(place="meadow"), backdrop(place="meadow", weather=weather)
    changed = distance(plain, found) > 1.5
    covered = (
        found.front is not None and plain.front is not None and not np.array_equal(found.front, plain.front)
    )
    assert changed or covered


@pytest.mark.parametrize("weather", ["rain", "storm", "snow", "fog"])
def test_falling_weather_is_in_front_outdoors_and_stays_outside_indoors(weather: str) -> None:
    outside, inside = backdrop(place="street", weather=weather), backdrop(place="bedroom", weather=weather)
    assert outside.front is not None
    assert (outside.front[..., 3] > 40).mean() > 0.01
    assert inside.front is None


@pytest.mark.parametrize("season", vocabulary.SEASONS)
def test_seasons_color_the_park(season: str) -> None:
    others = [s for s in vocabulary.SEASONS if s != season]
    own = backdrop(place="park", season=season)
    assert all(distance(own, backdrop(place="park", season=other)) > 3 for other in others)


@pytest.mark.parametrize("mood", vocabulary.MOODS)
def test_moods_show(mood: str) -> None:
    plain, found = backdrop(place="meadow"), backdrop(place="meadow", mood=mood)
    assert distance(plain, found) > 1


def test_a_plan_without_a_place_gets_plain_paper_in_its_colors() -> None:
    found = backdrop(colors=("teal",))
    r, g, b = found.pixels[..., :3].reshape(-1, 3).mean(axis=0)
    assert g > r + 20
    assert b > r + 20
    assert cv2.Laplacian(found.pixels[..., :3], cv2.CV_32F).std() < 4
    assert found.surface == "floor"


def test_colors_of_the_picture_tint_a_place() -> None:
    plain, tinted = backdrop(place="city"), backdrop(place="city", colors=("red", "orange"))
    warmth = [float(p.pixels[..., 0].mean() - p.pixels[..., 2].mean()) for p in (plain, tinted)]
    assert warmth[1] > warmth[0] + 25


def test_an_unknown_place_still_gives_a_picture() -> None:
    assert backdrop(place="nowhere").pixels.std() > 1


@pytest.mark.parametrize(("place", "names"), [
    ("lounge", {"sofa", "pool", "window"}), ("kitchen", {"table", "window"}), ("bedroom", {"bed", "window"}),
    ("library", {"shelf", "table"}), ("beach", {"sky", "water", "ground"}), ("space", {"sky"}),
])  # fmt: skip
def test_places_name_what_can_be_used(place: str, names: set[str]) -> None:
    assert names <= set(backdrop(place=place).anchors)


def test_the_lounge_has_blue_water_where_its_pool_is_said_to_be() -> None:
    found = backdrop(256, 256, place="lounge")
    x, y, w, h = (round(v * 256) for v in found.anchors["pool"])
    inside = found.pixels[y : y + h, x : x + w, :3].reshape(-1, 3).mean(axis=0)
    assert inside[2] > inside[0] + 50


def test_windows_are_lit_at_night() -> None:
    night = backdrop(256, 256, place="skyline", time="night").pixels[..., :3].astype(int)
    warm = (night[..., 0] > 200) & (night[..., 0] > night[..., 2] + 50)
    assert warm.mean() > 0.01
    day = backdrop(256, 256, place="skyline", time="day").pixels[..., :3].astype(int)
    assert ((day[..., 0] > 200) & (day[..., 0] > day[..., 2] + 50)).mean() < warm.mean() / 3


@pytest.mark.parametrize("place", ["forest", "village", "street", "park", "garden", "castle", "temple"])
@pytest.mark.parametrize("time", ["day", "sunset", "night"])
def test_snow_lies_on_the_ground(place: str, time: str) -> None:
    """Under snow the ground is far lighter than without, and never brown."""
    bare, white = backdrop(place=place, time=time), backdrop(place=place, time=time, weather="snow")
    before, after = (b.pixels[74:88, 24:72, :3].reshape(-1, 3).mean(axis=0) for b in (bare, white))
    assert after.mean() > before.mean() + 20
    assert after[2] > after[1] - 12


def test_roofs_are_white_in_winter() -> None:
    summer, winter = (backdrop(256, 256, place="village", season=s) for s in ("summer", "winter"))
    roofs = [b.pixels[108:140, 20:236, :3].astype(int) for b in (summer, winter)]
    red = [((r[..., 0] > r[..., 2] + 45) & (r[..., 0] > r[..., 1] + 30)).mean() for r in roofs]
    assert red[1] < red[0] / 2


FIXED = (
    "lounge", "living room", "kitchen", "bedroom", "office", "classroom", "library", "cafe", "bathroom",
    "temple", "castle", "zen garden", "cave", "stage", "stadium",
)  # fmt: skip


@pytest.mark.parametrize("place", FIXED)
def test_candidates_of_a_furnished_place_differ(place: str) -> None:
    """Beyond what a mirror does: four seeds, each unlike the others either way round."""
    painted = [backdrop(place=place, seed=seed) for seed in range(4)]
    for i, one in enumerate(painted):
        for other in painted[:i]:
            flipped = np.abs(one.pixels.astype(int) - other.pixels[:, ::-1].astype(int)).mean()
            assert min(distance(one, other), flipped) > 3.5


@pytest.mark.parametrize("place", FIXED)
@pytest.mark.parametrize("size", [(96, 96), (160, 90), (90, 160)])
def test_no_candidate_cuts_its_anchors(place: str, size: tuple[int, int]) -> None:
    """What things may stand on keeps its size in every candidate: none runs out of the picture."""
    first = backdrop(*size, place=place, seed=0).anchors
    for seed in range(1, 9):
        for name, (x, y, w, h) in backdrop(*size, place=place, seed=seed).anchors.items():
            assert 0 <= x <= 1 - w + 1e-9
            assert 0 <= y <= 1 - h + 1e-9
            if name not in ("window", "wall"):
                assert w > 0.75 * first[name][2], name


@pytest.mark.parametrize("place", ["street", "city"])
def test_wet_streets_mirror_the_lights(place: str) -> None:
    """At night in the rain the ground before lit windows is brighter and warmer than on a dry, grey night."""
    dry, wet = (backdrop(192, 192, place=place, time="night", weather=w) for w in ("cloudy", "rain"))
    ground = [b.pixels[130:180, 60:132, :3].reshape(-1, 3).astype(int) for b in (dry, wet)]
    warmth = [float((g[:, 0] - g[:, 2]).mean()) for g in ground]
    assert warmth[1] > warmth[0] + 3
