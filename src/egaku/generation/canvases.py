"""Pixels between processes: one shared memory block per job, owned by the server, filled by the worker.

A block holds, one after another, the source picture, the hole, then one picture per slot: slot 0 for the
final drawing, the others for previews, so that a preview is never overwritten before it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from multiprocessing.shared_memory import SharedMemory

import numpy as np

from egaku.engines.base import Hole, Job, Pixels

CHANNELS = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in a block. Small and picklable: this is what travels to the worker."""

    name: str
    height: int
    width: int
    has_image: bool
    has_hole: bool
    slots: int

    @property
    def pixels(self) -> int:
        """Bytes of one picture."""
        return self.height * self.width * CHANNELS

    def offset(self, slot: int) -> int:
        """Where slot's picture begins."""
        inputs = self.pixels * self.has_image + self.height * self.width * self.has_hole
        return inputs + slot * self.pixels

    @property
    def total(self) -> int:
        """Bytes of the whole block."""
        return self.offset(self.slots)


class Canvas:
    """A job's block, seen from either side."""

    def __init__(self, layout: Layout, memory: SharedMemory) -> None:
        self.layout = layout
        self._memory = memory

    @classmethod
    def create(cls, job: Job, previews: int) -> Canvas:
        """Server side: a block for `job`, its inputs already in it."""
        layout = Layout("", job.height, job.width, job.image is not None, job.hole is not None, 1 + previews)
        memory = SharedMemory(create=True, size=layout.total)
        canvas = cls(replace(layout, name=memory.name), memory)
        if job.image is not None:
            canvas._pixels(0)[:] = job.image
        if job.hole is not None:
            canvas._hole()[:] = job.hole
        return canvas

    @classmethod
    def attach(cls, layout: Layout) -> Canvas:
        """Worker side."""
        return cls(layout, SharedMemory(name=layout.name))

    def image(self) -> Pixels | None:
        """A copy of the source picture."""
        return self._pixels(0).copy() if self.layout.has_image else None

    def hole(self) -> Hole | None:
        """A copy of the hole."""
        if not self.layout.has_hole:
            return None
        return self._hole().copy()

    def write(self, slot: int, pixels: Pixels) -> None:
        """Put a picture into a slot. Raises ValueError when it has another size than the job asked for."""
        wanted = (self.layout.height, self.layout.width, CHANNELS)
        if pixels.shape != wanted or pixels.dtype != np.uint8:
            raise ValueError(f"engine drew {pixels.dtype} {pixels.shape}, not uint8 {wanted}")
        self._pixels(self.layout.offset(slot))[:] = pixels

    def read(self, slot: int) -> Pixels:
        """A copy of a slot's picture."""
        return self._pixels(self.layout.offset(slot)).copy()

    def close(self, *, forget: bool = False) -> None:
        """Let go of the block; `forget` frees it (server side)."""
        self._memory.close()
        if forget:
            self._memory.unlink()

    def _pixels(self, offset: int) -> Pixels:
        shape = (self.layout.height, self.layout.width, CHANNELS)
        return np.ndarray(shape, dtype=np.uint8, buffer=self._memory.buf, offset=offset)

    def _hole(self) -> Hole:
        offset = self.layout.pixels * self.layout.has_image
        shape = (self.layout.height, self.layout.width)
        return np.ndarray(shape, dtype=np.bool_, buffer=self._memory.buf, offset=offset)
