"""What can be wrong with a picture somebody sent, said in a way that may be shown to them.

The sentence of a fault is public from the start: it is written where the fault is found and never carries
another library's words. The API turns `kind` and the numbers into the exact wording of a dialect.
"""

from __future__ import annotations

from enum import StrEnum


class FaultKind(StrEnum):
    """Machine-readable reasons."""

    NOT_AN_IMAGE = "not_an_image"
    """Empty, or bytes of no picture format."""
    UNSUPPORTED_FORMAT = "unsupported_format"
    """A format, or a rare flavour of one, that is not accepted here; `media_type` says which, if known."""
    TRUNCATED = "truncated"
    """The bytes end before the picture does."""
    CORRUPT = "corrupt"
    """The bytes contradict themselves: bad checksum, impossible header, undecodable data."""
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_COMPLEX = "too_complex"
    """Built to be slow: too many chunks or scans for its size."""
    ANIMATED = "animated"
    NOT_SQUARE = "not_square"
    NO_ALPHA = "no_alpha"
    """Transparency is needed to say where to draw, and there is none."""
    SIZE_MISMATCH = "size_mismatch"
    """Mask and image differ in width or height."""


class ImageFault(Exception):
    """A picture cannot be used. `str(fault)` is a public sentence.

    `format` is `png`, `jpeg` or `webp` where known; `width` and `height` are pixels, 0 where unknown; `mode`
    is the name Pillow gives the file's pixels (`RGB`, `RGBA`, `LA`, `L`, `P`, `1`, `I;16`, `CMYK`), or "";
    `media_type` is what the bytes are, such as `image/gif`, or "".
    """

    def __init__(
        self,
        kind: FaultKind,
        sentence: str,
        *,
        format: str = "",  # noqa: A002 -- the word of the field; nothing here calls the built-in
        media_type: str = "",
        width: int = 0,
        height: int = 0,
        mode: str = "",
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence
        self.format = format
        self.media_type = media_type
        self.width = width
        self.height = height
        self.mode = mode


class UnreadableImage(ImageFault):
    """The bytes are no picture that can be opened here."""


class UnfitImage(ImageFault):
    """A good picture, but not one this request can work with."""


def truncated(format_: str) -> UnreadableImage:
    """The fault for bytes that end early."""
    return UnreadableImage(FaultKind.TRUNCATED, f"The {format_.upper()} file ends too early.", format=format_)


def corrupt(format_: str, what: str) -> UnreadableImage:
    """The fault for bytes that contradict themselves; `what` names the part in public words."""
    return UnreadableImage(
        FaultKind.CORRUPT, f"The {format_.upper()} file is damaged: {what}.", format=format_
    )
