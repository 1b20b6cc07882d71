"""What an edit or a variation starts from: uploaded bytes to pixels and hole, by the dialect's rules.

A picture that cannot be used is refused here in the dialect's own words; the numbers come from imaging.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from egaku.contract.dialects import GPT_SIZES, Operation
from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.requests import ImageRequest
from egaku.contract.sizes import Size, parse_size
from egaku.contract.wording import IMAGE_USER_ERROR
from egaku.imaging.decode import Decoded, decode
from egaku.imaging.errors import FaultKind, ImageFault
from egaku.imaging.masks import hole_from_alpha, hole_from_image, hole_from_mask, require_square
from egaku.imaging.pixels import Hole, Pixels
from egaku.imaging.resize import fit, fit_with_hole, nearest_size
from egaku.provenance.history import remnant

FORMATS = {"image/png": "png", "image/jpeg": "jpeg", "image/webp": "webp"}

NOT_A_PNG = frozenset(
    {FaultKind.NOT_AN_IMAGE, FaultKind.UNSUPPORTED_FORMAT, FaultKind.TRUNCATED, FaultKind.CORRUPT}
)
"""Faults for which the legacy API had one sentence."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One uploaded picture: its name on the wire, and its bytes when they are wanted.

    A request may bring sixteen files of 50 MB; only the one being decoded is in memory.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Source:
    """A picture ready to work on."""

    upload: Pixels
    """(h, w, 4) as uploaded: what an engine's recipe is found by."""
    pixels: Pixels
    """(height, width, 4) at the size that will be delivered."""
    hole: Hole | None
    """(height, width); None when the whole picture may change."""
    parent: bytes
    """What its provenance needs of the file: `history.remnant`."""

    @property
    def size(self) -> Size:
        """Of the picture delivered."""
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def upload_size(self) -> Size:
        """Of the picture as uploaded."""
        return Size(self.upload.shape[1], self.upload.shape[0])


def read_source(request: ImageRequest, images: Sequence[Uploaded], mask: Uploaded | None) -> Source:
    """Decode, judge and fit. Blocking, up to a second for the largest pictures. Raises ApiError."""
    try:
        return _read_source(request, images, mask)
    except ApiError as error:
        error.keys = request.dialect.wording.keys
        raise


def _read_source(request: ImageRequest, images: Sequence[Uploaded], mask: Uploaded | None) -> Source:
    image = _decode(request, images[0])
    for further in images[1:]:
        _decode(request, further)  # must at least be good pictures
    name = images[0].name
    if request.dialect.images.square:
        _judge_square(request, image, name)
    hole = _hole(request, image, name, mask) if request.operation is Operation.EDITS else None
    size = request.size or _nearest(image)
    parent = remnant(images[0].read())
    if hole is None:
        return Source(image.pixels, fit(image.pixels, *size), None, parent)
    return Source(image.pixels, *fit_with_hole(image.pixels, hole, *size), parent)


def _decode(request: ImageRequest, upload: Uploaded, formats: Sequence[str] | None = None) -> Decoded:
    allowed = frozenset(FORMATS[kind] for kind in formats or request.dialect.images.formats)
    try:
        return decode(upload.read(), allowed)
    except ImageFault as fault:
        raise _refusal(request, upload.name, fault) from None


def _hole(request: ImageRequest, image: Decoded, name: str, mask: Uploaded | None) -> Hole | None:
    """Where the edit may paint: the mask's hole, else the picture's own, else (typed era) everywhere."""
    rules = request.dialect.images
    if mask is not None:
        cut = _decode(request, mask, ("image/png",))
        try:
            return hole_from_mask(cut, image, greyscale=rules.alpha_without_mask)
        except ImageFault as fault:
            raise _refusal(request, mask.name, fault) from None
    if rules.alpha_without_mask:
        try:
            return hole_from_image(image)
        except ImageFault as fault:
            raise _refusal(request, name, fault) from None
    own = hole_from_alpha(image.pixels)
    return own if own.any() else None


def _judge_square(request: ImageRequest, image: Decoded, name: str) -> None:
    try:
        require_square(image)
    except ImageFault as fault:
        raise _refusal(request, name, fault) from None


def _nearest(image: Decoded) -> Size:
    """`auto`: the typed era's fixed size whose shape is nearest to the upload's."""
    sizes = [size for text in GPT_SIZES if (size := parse_size(text))]
    return Size(*nearest_size(image.width, image.height, sizes))


def _refusal(request: ImageRequest, name: str, fault: ImageFault) -> ApiError:
    legacy = request.dialect.images.square
    if fault.kind in (FaultKind.SIZE_MISMATCH, FaultKind.NO_ALPHA) and name == "mask":
        what = {
            FaultKind.SIZE_MISMATCH: "mask size does not match image size",
            FaultKind.NO_ALPHA: "mask image missing alpha channel",
        }[fault.kind]
        return InvalidRequest(
            f"Invalid mask image format - {what}",
            param="mask",
            code="invalid_mask_image_format",
            type=None if legacy else IMAGE_USER_ERROR,
        )
    if not legacy:
        return InvalidRequest(
            f"Invalid file '{name}': {fault.sentence}",
            param=name,
            code=f"image_{fault.kind}",
            type=IMAGE_USER_ERROR,
        )
    if fault.kind in NOT_A_PNG:
        return request.dialect.wording.bad_image(name, (), None, request.dialect.images.max_bytes)
    return InvalidRequest(f"Invalid input image - {_legacy_reason(fault)}")


def _legacy_reason(fault: ImageFault) -> str:
    if fault.kind is FaultKind.NOT_SQUARE:
        return f"expected an image with equal width and height, got {fault.width}x{fault.height} instead."
    if fault.kind is FaultKind.NO_ALPHA:
        # The old list ends in 'L', which a picture of mode L would contradict.
        modes = [mode for mode in ("RGBA", "LA", "L") if mode != fault.mode]
        return f"format must be in {modes!r}, got {fault.mode}."
    return fault.sentence
