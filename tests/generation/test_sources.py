"""What an edit or a variation starts from: decoded, judged and fitted by the dialect's rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from egaku.contract.dialects import Operation
from egaku.contract.errors import InvalidRequest
from egaku.contract.requests import FileFacts, ImageRequest, parse_request
from egaku.generation.sources import Source, read_source
from tests.generation.conftest import uploaded
from tests.pictures import encoded, holed, noise, png


def request_for(operation: Operation, **values: Any) -> ImageRequest:
    """A valid request; its pictures' facts are those of any small PNG."""
    prompt = {} if operation is Operation.VARIATIONS else {"prompt": "a"}
    facts = [FileFacts("image", 100, "image/png")]
    return parse_request(operation, {**prompt, **values}, form=False, images=facts)


def source(operation: Operation, image: bytes, mask: bytes | None = None, **values: Any) -> Source:
    request = request_for(operation, **values)
    return read_source(request, [uploaded("image", image)], uploaded("mask", mask) if mask else None)


def test_variation_has_no_hole() -> None:
    found = source(Operation.VARIATIONS, png(64, 64, hole=True), size="256x256")
    assert found.hole is None
    assert found.pixels.shape == (256, 256, 4)
    assert (found.size, found.upload_size) == ((256, 256), (64, 64))


def test_upload_is_what_was_sent() -> None:
    """Recipes are found by these pixels."""
    pixels = noise(64, 64)
    assert np.array_equal(source(Operation.VARIATIONS, encoded(pixels), size="256x256").upload, pixels)


def test_hole_of_the_image() -> None:
    pixels = holed(256, 256)
    found = source(Operation.EDITS, encoded(pixels), size="256x256")
    assert found.hole is not None
    assert np.array_equal(found.hole, pixels[..., 3] == 0)


def test_hole_of_the_mask_wins() -> None:
    pixels, mask = holed(256, 256), noise(256, 256)
    mask[:10, :, 3] = 0
    mask[10:20, :, 3] = 1
    found = source(Operation.EDITS, encoded(pixels), encoded(mask), size="256x256")
    assert found.hole is not None
    assert np.array_equal(found.hole, mask[..., 3] == 0)


def test_legacy_grey_mask() -> None:
    """`L` is among the formats the old API named: black is where to draw."""
    grey = np.full((256, 256), 255, np.uint8)
    grey[5:9] = 0
    found = source(Operation.EDITS, png(256, 256), encoded(grey), size="256x256")
    assert found.hole is not None
    assert np.array_equal(found.hole, grey == 0)


@pytest.mark.parametrize("values", [{"size": "256x256"}, {"model": "dall-e-2"}, {"model": "gpt-image-1"}])
def test_the_colours_of_a_mask_reach_nothing(values: dict[str, Any]) -> None:
    """So moderation need not look at masks: two of the same alpha are the same, whatever they show.

    All that is drawn, kept, signed or sent starts from the `Source`; jobs keep the file to read it again.
    """
    image, mask = png(256, 256), noise(256, 256)
    mask[40:90, 40:90, 3] = 0
    blank = mask.copy()
    blank[..., :3] = 0
    first, second = (source(Operation.EDITS, image, encoded(cut), **values) for cut in (mask, blank))
    assert first.hole is not None
    assert second.hole is not None
    assert np.array_equal(first.hole, second.hole)
    assert np.array_equal(first.pixels, second.pixels)
    assert np.array_equal(first.upload, second.upload)
    assert first.parent == second.parent


def test_legacy_edit_of_an_opaque_rgba_changes_nothing() -> None:
    """It has alpha, so it is accepted; nothing is transparent, so nothing may change."""
    found = source(Operation.EDITS, png(64, 64), size="256x256")
    assert found.hole is not None
    assert not found.hole.any()


def test_gpt_edit_without_any_hole_may_change_everything() -> None:
    assert source(Operation.EDITS, png(64, 64), model="gpt-image-1").hole is None


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (64, 64, (1024, 1024)),
        (90, 60, (1536, 1024)),
        (60, 90, (1024, 1536)),
        (300, 10, (1536, 1024)),
        (1, 1, (1024, 1024)),
    ],
)
def test_auto_takes_the_nearest_shape(width: int, height: int, wanted: tuple[int, int]) -> None:
    for model in ("gpt-image-1", "gpt-image-2"):
        assert source(Operation.EDITS, png(width, height), model=model, size="auto").size == wanted


def test_every_image_is_judged() -> None:
    request = request_for(Operation.EDITS, model="gpt-image-1")
    images = [uploaded("image[]", png(8, 8)), uploaded("image[]", png(8, 8)[:60])]
    with pytest.raises(InvalidRequest) as caught:
        read_source(request, images, None)
    assert caught.value.code in {"image_truncated", "image_corrupt"}
    assert caught.value.keys[0] == "message"


def test_legacy_refusals_keep_the_legacy_order_of_keys() -> None:
    with pytest.raises(InvalidRequest) as caught:
        source(Operation.VARIATIONS, png(64, 32))
    assert caught.value.body().startswith(b'{"error":{"code":null,"message":"Invalid input image')


@pytest.mark.parametrize(("channels", "mode"), [(3, "RGB"), (1, "L")])
def test_legacy_formats_without_alpha(channels: int, mode: str) -> None:
    pixels = noise(64, 64, channels) if channels > 1 else noise(64, 64, 3)[..., 0]
    with pytest.raises(InvalidRequest) as caught:
        source(Operation.EDITS, encoded(pixels))
    named = [name for name in ("RGBA", "LA", "L") if name != mode]
    assert caught.value.message == f"Invalid input image - format must be in {named}, got {mode}."
