"""Progress of a job's picture: 1 only when stored; previews small, allowed, and never in a queue."""

from __future__ import annotations

import asyncio
import io

import pybase64
import pytest
from PIL import Image

from egaku.contract.errors import Overloaded
from egaku.engines.base import Pixels
from egaku.generation.broadcast import Event, Happening
from egaku.generation.job_progress import DRAWN, PREVIEW_PIXELS, Progress, small_preview
from tests.pictures import noise


class Ears:
    """What a listener would hear."""

    def __init__(self, allowed: bool | None = True) -> None:
        self.steps: list[float] = []
        self.events: list[Event] = []
        self.allowed = allowed
        self.progress = Progress(
            "job", 1, step=self.steps.append, tell=self.events.append, may_show=self.may_show
        )

    async def may_show(self, pixels: Pixels) -> bool:
        if self.allowed is None:
            raise Overloaded("No judge.")
        return self.allowed

    async def settled(self) -> None:
        task = self.progress._shrinking
        assert task is not None
        await task


@pytest.mark.parametrize(("width", "height"), [(1024, 512), (64, 3840), (100, 100)])
def test_previews_are_small(width: int, height: int) -> None:
    head, _, data = small_preview(noise(height, width)).partition(",")
    assert head == "data:image/jpeg;base64"
    shown = Image.open(io.BytesIO(pybase64.b64decode(data)))
    assert max(shown.size) == min(PREVIEW_PIXELS, max(width, height))
    assert len(data) < 60_000


def test_only_what_is_stored_is_finished() -> None:
    ears = Ears()
    ears.progress.step(1.0)
    ears.progress.finish()
    assert ears.steps == [DRAWN, 1.0]


async def test_previews_that_come_too_fast_are_left_out() -> None:
    ears = Ears()
    for _ in range(5):
        ears.progress.preview(noise(64, 64))
    await ears.settled()
    (event,) = ears.events
    assert (event.what, event.job, event.data["index"]) == (Happening.PARTIAL, "job", 1)
    ears.progress.preview(noise(64, 64))
    await ears.settled()
    assert len(ears.events) == 2


@pytest.mark.parametrize("allowed", [False, None])
async def test_nothing_is_shown_that_may_not_be(allowed: bool | None) -> None:
    ears = Ears(allowed)
    ears.progress.preview(noise(64, 64))
    await ears.settled()
    assert ears.events == []


async def test_none_after_the_end() -> None:
    ears = Ears()
    ears.progress.preview(noise(2048, 2048))
    ears.progress.close()
    with pytest.raises(asyncio.CancelledError):
        await ears.settled()
    assert ears.events == []
