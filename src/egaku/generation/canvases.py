"""Pixels between processes: one block of shared memory per attempt at a job, kept by whoever looks at it.

A block holds, one after another, the source picture, the hole, then one picture per slot: slot 0 for the
final drawing, the others for previews, so that a preview is never overwritten before it was read. At its end
the worker notes that it has begun: what it leaves behind when it dies is told apart by that.

Blocks have no names: the worker gets a file descriptor through its pipe. So a crash of either side leaves
nothing behind, a block is not bounded by the size of /dev/shm (64 MiB in a container), and pictures read are
views that keep the block until the last of them is gone, not copies.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from dataclasses import dataclass
from typing import Self

import numpy as np

from egaku.engines.base import Hole, Job, Pixels

CHANNELS = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in a block. Small and picklable: this is what travels to the worker."""

    height: int
    width: int
    has_image: bool
    has_hole: bool
    slots: int

    @classmethod
    def of(cls, job: Job, previews: int) -> Self:
        """For a job, its inputs and that many previews."""
        return cls(job.height, job.width, job.image is not None, job.hole is not None, 1 + previews)

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
        """Bytes of the whole block; the last one says whether the job was begun."""
        return self.offset(self.slots) + 1


class Canvas:
    """A job's block, seen from either side."""

    def __init__(self, layout: Layout, descriptor: int) -> None:
        self.layout = layout
        self.descriptor = descriptor
        """Of the block; -1 once closed."""
        self._mapped: mmap.mmap | None = None
        # Linux, where pictures are written: one call instead of a fault per page.
        self._flags = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)

    @classmethod
    def create(cls, job: Job, previews: int) -> Canvas:
        """Server side: a block for `job`, its inputs already in it.

        Raises OSError when there is no memory for it: now, not as a signal at the first write.
        """
        layout = Layout.of(job, previews)
        canvas = cls(layout, _reserved(layout.total))
        canvas._flags = mmap.MAP_SHARED  # where they are read, faults are few, and not the event loop's
        try:
            if job.image is not None:
                canvas._pixels(0)[:] = job.image
            if job.hole is not None:
                canvas._hole()[:] = job.hole
        except BaseException:
            canvas.close()
            raise
        return canvas

    def begin(self) -> None:
        """Worker side: note that the job has been begun."""
        os.pwrite(self.descriptor, b"\1", self.layout.total - 1)

    def was_begun(self) -> bool:
        """Whether a worker noted that."""
        return os.pread(self.descriptor, 1, self.layout.total - 1) == b"\1"

    def image(self) -> Pixels | None:
        """A copy of the source picture."""
        return self._pixels(0).copy() if self.layout.has_image else None

    def hole(self) -> Hole | None:
        """A copy of the hole."""
        return self._hole().copy() if self.layout.has_hole else None

    def write(self, slot: int, pixels: Pixels) -> None:
        """Put a picture into a slot. Raises ValueError when it has another size than the job asked for."""
        wanted = (self.layout.height, self.layout.width, CHANNELS)
        if pixels.shape != wanted or pixels.dtype != np.uint8:
            raise ValueError(f"engine drew {pixels.dtype} {pixels.shape}, not uint8 {wanted}")
        self._pixels(self.layout.offset(slot))[:] = pixels

    def read(self, slot: int) -> Pixels:
        """A slot's picture as it lies in the block, which stays as long as the picture does."""
        return self._pixels(self.layout.offset(slot))

    def close(self) -> None:
        """Let go of the descriptor; the memory is freed with the canvas and the last picture read from it."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    @property
    def _memory(self) -> mmap.mmap:
        """The block, mapped when first looked at: the server waits for no memory that only workers fill."""
        if self._mapped is None:
            self._mapped = mmap.mmap(self.descriptor, self.layout.total, flags=self._flags)
        return self._mapped

    def _pixels(self, offset: int) -> Pixels:
        shape = (self.layout.height, self.layout.width, CHANNELS)
        return np.ndarray(shape, dtype=np.uint8, buffer=self._memory, offset=offset)

    def _hole(self) -> Hole:
        offset = self.layout.pixels * self.layout.has_image
        shape = (self.layout.height, self.layout.width)
        return np.ndarray(shape, dtype=np.bool_, buffer=self._memory, offset=offset)


def _reserved(size: int) -> int:
    """A descriptor of that much memory, all of it there. Raises OSError."""
    descriptor = _nameless()
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, size)
        else:  # macOS
            os.ftruncate(descriptor, size)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _nameless() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("egaku")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
