"""From drawn pixels to a file, as a darkroom develops a negative. Blocking: run it in a thread."""

from __future__ import annotations

from dataclasses import dataclass

from egaku.contract.requests import ImageRequest
from egaku.engines.base import EngineInfo, Job, Pixels
from egaku.imaging.encode import encode
from egaku.imaging.masks import composite
from egaku.imaging.pixels import is_opaque
from egaku.provenance.manifest import Origin
from egaku.provenance.parameters import Parameters
from egaku.provenance.signer import Provenance


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture as file and as pixels."""

    file: bytes
    opaque: bool
    pixels: Pixels
    """(height, width, 4), before encoding."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says of its own making."""

    provenance: Provenance
    info: EngineInfo
    parent: bytes | None = None
    """Of an edit or a variation: `Source.parent`."""
    plan: str = ""
    """The prompt as understood."""

    def sign(self, file: bytes, request: ImageRequest, job: Job) -> bytes:
        """The file with its origin. Raises SigningFailed."""
        origin = Origin(act=job.task.value, engine=self.info.name, digital_source=self.info.digital_source)
        parameters = Parameters(
            prompt=job.prompt,
            seed=job.seed,
            index=job.index,
            width=job.width,
            height=job.height,
            engine=self.info.name,
            plan=self.plan,
        )
        return self.provenance.sign(
            file, request.output_format, origin, parent=self.parent, parameters=parameters
        )


def place(job: Job, drawn: Pixels) -> Pixels:
    """Outside the hole, the source's own pixels go in to the bit."""
    if job.hole is None or job.image is None:
        return drawn
    return composite(job.image, drawn, job.hole)


def develop(request: ImageRequest, job: Job, drawn: Pixels, mark: Mark | None = None) -> Developed:
    """Pixels to file, placed and marked. Raises SigningFailed."""
    placed = place(job, drawn)
    compression = None if request.output_format == "png" else request.output_compression
    file = encode(_flattened(placed, request), request.output_format, compression)
    if mark is not None:
        file = mark.sign(file, request, job)
    return Developed(file, is_opaque(placed), placed)


def _flattened(pixels: Pixels, request: ImageRequest) -> Pixels:
    """JPEG has no alpha: what an upload left transparent outside the hole shows white there."""
    if request.output_format != "jpeg" or is_opaque(pixels):
        return pixels
    alpha = pixels[..., 3:].astype("uint16")
    flat = pixels.copy()
    flat[..., :3] = (pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
    flat[..., 3] = 255
    return flat
