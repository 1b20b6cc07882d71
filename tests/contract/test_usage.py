"""Token counts: those OpenAI published where it did, and sums that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.contract.sizes import Size
from egaku.contract.usage import image_tokens, output_tokens, text_tokens, usage

PUBLISHED = [
    ("low", (1024, 1024), 272), ("low", (1024, 1536), 408), ("low", (1536, 1024), 400),
    ("medium", (1024, 1024), 1056), ("medium", (1024, 1536), 1584), ("medium", (1536, 1024), 1568),
    ("high", (1024, 1024), 4160), ("high", (1024, 1536), 6240), ("high", (1536, 1024), 6208),
]  # fmt: skip


@pytest.mark.parametrize(("quality", "size", "tokens"), PUBLISHED)
def test_published_output_tokens(quality: str, size: tuple[int, int], tokens: int) -> None:
    assert output_tokens(Size(*size), quality) == tokens


def test_free_sizes_count_by_area() -> None:
    assert output_tokens(Size(2048, 1024), "low") == 2 * 272
    assert output_tokens(Size(512, 512), "low") == 272 // 4


@pytest.mark.parametrize(
    ("size", "tokens"),
    [
        ((1, 1), 194),
        ((512, 512), 194),
        ((513, 512), 323),
        ((1024, 1024), 65 + 4 * 129),
        ((4096, 8192), 65 + 6 * 129),
    ],
)
def test_input_pictures_count_by_tiles(size: tuple[int, int], tokens: int) -> None:
    assert image_tokens(Size(*size)) == tokens


@pytest.mark.parametrize(("prompt", "tokens"), [("a", 1), ("abcd", 1), ("abcde", 2), ("描く", 2), ("", 0)])
def test_text_tokens(prompt: str, tokens: int) -> None:
    assert text_tokens(prompt) == tokens


SIZES = st.builds(Size, st.integers(1, 4000), st.integers(1, 4000))


@given(
    prompt=st.text(),
    inputs=st.lists(SIZES, max_size=3),
    size=SIZES,
    quality=st.sampled_from(["low", "medium", "high", "xhigh", "max"]),
    n=st.integers(1, 10),
)
def test_sums(*, prompt: str, inputs: list[Size], size: Size, quality: str, n: int) -> None:
    found = usage(prompt, inputs, size, quality, n)
    assert found["total_tokens"] == found["input_tokens"] + found["output_tokens"]
    assert found["input_tokens"] == sum(found["input_tokens_details"].values())
    assert found["output_tokens"] == sum(found["output_tokens_details"].values())
    assert all(
        isinstance(value, int) and value >= 0 for value in found.values() if not isinstance(value, dict)
    )
    assert found["output_tokens"] == n * output_tokens(size, quality) > 0
