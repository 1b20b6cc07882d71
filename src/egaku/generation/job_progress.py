"""What the pool says of one picture of a background job, passed on to listeners; previews made small."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import pybase64

from egaku.contract.errors import ApiError
from egaku.engines.base import Pixels
from egaku.generation.broadcast import Event, Happening
from egaku.imaging.encode import encode
from egaku.imaging.resize import fit

PREVIEW_PIXELS = 256
"""Longer side of a preview."""
PREVIEW_QUALITY = 70
DRAWN = 0.95
"""How far a picture is when it is drawn but not stored."""


class Progress:
    """One picture on its way. Previews are left out while the one before is still being made small."""

    def __init__(
        self,
        job: str,
        index: int,
        *,
        step: Callable[[float], None],
        tell: Callable[[Event], None],
        may_show: Callable[[Pixels], Awaitable[bool]],
    ) -> None:
        self._job = job
        self._index = index
        self._step = step
        self._tell = tell
        self._may_show = may_show
        self._shrinking: asyncio.Task[None] | None = None

    def step(self, drawn: float) -> None:
        """The part drawn, 0 … 1."""
        self._step(DRAWN * drawn)

    def finish(self) -> None:
        """It is stored."""
        self._step(1.0)

    def preview(self, pixels: Pixels) -> None:
        """The picture as it stands."""
        if self._shrinking is None or self._shrinking.done():
            self._shrinking = asyncio.create_task(self._show(pixels))

    def close(self) -> None:
        """No more previews."""
        if self._shrinking is not None:
            self._shrinking.cancel()

    async def _show(self, pixels: Pixels) -> None:
        with contextlib.suppress(ApiError):  # the finished picture decides
            if await self._may_show(pixels):
                image = await asyncio.to_thread(small_preview, pixels)
                self._tell(Event(Happening.PARTIAL, self._job, {"index": self._index, "image": image}))


def small_preview(pixels: Pixels) -> str:
    """A JPEG of at most PREVIEW_PIXELS across and down as data URL, about ten kilobytes. Blocking."""
    height, width = pixels.shape[:2]
    scale = min(1.0, PREVIEW_PIXELS / max(height, width))
    small = fit(pixels, max(1, round(width * scale)), max(1, round(height * scale)))
    small[..., 3] = 255
    return "data:image/jpeg;base64," + pybase64.b64encode_as_string(encode(small, "jpeg", PREVIEW_QUALITY))
