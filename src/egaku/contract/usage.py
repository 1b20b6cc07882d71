"""Token counts of the gpt-image dialect's `usage`.

A picture drawn here costs no tokens; programs that add up `usage` still need numbers of the right shape and
order. Output tokens are those OpenAI published for gpt-image-1 by quality and shape (platform guide "Image
generation", 2025); input text is estimated at four UTF-8 bytes a token, input pictures at 65 tokens plus 129
for each 512-pixel tile of the picture fitted into 2048, then 768 on its shorter side (published vision rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from egaku.contract.sizes import Size

OUTPUT_TOKENS = {"low": (272, 408, 400), "medium": (1056, 1584, 1568), "high": (4160, 6240, 6208)}
"""By quality: square, portrait, landscape."""

BYTES_PER_TOKEN = 4


def text_tokens(prompt: str) -> int:
    """Tokens of a prompt, estimated; at least 1 for any text."""
    return ceil(len(prompt.encode("utf-8", "replace")) / BYTES_PER_TOKEN)


def image_tokens(size: Size) -> int:
    """Tokens of an input picture of `size`, by the published tile rule."""
    shrink = min(1.0, 2048 / max(size))
    shrink *= min(1.0, 768 / (min(size) * shrink))
    tiles = ceil(size.width * shrink / 512) * ceil(size.height * shrink / 512)
    return 65 + 129 * tiles


def output_tokens(size: Size, quality: str) -> int:
    """Tokens of one output picture. Free sizes count by area against the square."""
    square, portrait, landscape = OUTPUT_TOKENS.get(quality, OUTPUT_TOKENS["high"])
    exact: dict[tuple[int, ...], int] = {
        (1024, 1024): square,
        (1024, 1536): portrait,
        (1536, 1024): landscape,
    }
    return exact.get(tuple(size)) or ceil(square * size.width * size.height / 1024**2)


def usage(prompt: str, inputs: Sequence[Size], size: Size, quality: str, n: int) -> dict[str, Any]:
    """The `usage` object for `n` pictures of `size` made from `prompt` and the input pictures."""
    text, pictures = text_tokens(prompt), sum(image_tokens(one) for one in inputs)
    out = output_tokens(size, quality) * n
    return {
        "total_tokens": text + pictures + out,
        "input_tokens": text + pictures,
        "output_tokens": out,
        "input_tokens_details": {"text_tokens": text, "image_tokens": pictures},
        "output_tokens_details": {"text_tokens": 0, "image_tokens": out},
    }
