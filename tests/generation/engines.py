"""An engine that misbehaves on request. The server knows it by the name of this module.

The prompt is a command and its argument:

    wait 0.1     sleep that many seconds in each of five steps
    raise TEXT   raise RuntimeError(TEXT) in a step
    late TEXT    raise ValueError(TEXT) once all steps are done
    die          end the process at once
    hang         never come back from a step
    memory       raise MemoryError in a step
    device       raise what torch raises when a device's memory is full
    crowd N      raise MemoryError when drawn together with N others or more
    shape        give back a picture of another size
    invert       the source with its colours inverted in the hole, 7 outside
    once FILE …  do the rest only if there is no such file yet, and make it

Anything else is drawn as a flat colour: (seed, index, 0, 255), modulo 256.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from egaku.engines.base import Drawing, EngineInfo, Job, Pixels

STEPS = 5


class OutOfMemoryError(RuntimeError):
    """As torch.cuda names its own."""


def misbehave(prompt: str, together: int) -> None:
    """Do what the prompt says, in a batch of `together`."""
    command, _, argument = prompt.partition(" ")
    if command == "wait":
        time.sleep(float(argument))
    elif command == "raise":
        raise RuntimeError(argument)
    elif command == "die":
        os._exit(3)
    elif command == "hang":
        time.sleep(3600)
    elif command == "memory" or (command == "crowd" and together > int(argument)):
        raise MemoryError
    elif command == "device":
        raise OutOfMemoryError(argument)
    elif command == "once":
        path, _, rest = argument.partition(" ")
        try:
            Path(path).touch(exist_ok=False)
        except FileExistsError:
            return
        misbehave(rest, together)


@dataclass
class Batch:
    """One job and how far it is."""

    job: Job
    done: int = 0

    @property
    def progress(self) -> float:
        return self.done / STEPS


class Faulty:
    """See the module."""

    info = EngineInfo(name="faulty", description="Misbehaves on request.")

    def start(self, jobs: Sequence[Job]) -> Batch:
        return Batch(jobs[0])

    def step(self, batch: Batch) -> None:
        misbehave(batch.job.prompt, 1)
        batch.done += 1

    def preview(self, batch: Batch, index: int) -> Pixels | None:
        return np.full((batch.job.height, batch.job.width, 4), batch.done, np.uint8)

    def finish(self, batch: Batch) -> list[Drawing]:
        job = batch.job
        command, _, argument = job.prompt.partition(" ")
        if command == "late":
            raise ValueError(argument)
        height = job.height + 1 if command == "shape" else job.height
        pixels = np.empty((height, job.width, 4), np.uint8)
        pixels[:] = (job.seed % 256, job.index % 256, 0, 255)
        if command == "invert" and job.image is not None:
            pixels = 255 - job.image
            if job.hole is not None:
                pixels[~job.hole] = 7
        return [Drawing(pixels=pixels, revised_prompt=f"drawn: {job.prompt}", recipe=str(os.getpid()))]


def create() -> Faulty:
    """For the registry."""
    return Faulty()
