"""Unfolding changes folded headers and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egaku.api.folding import Unfolder
from tests.api.forms import BODIES


@given(st.sampled_from(BODIES), st.lists(st.integers(1, 9), max_size=200))
def test_unfolding_changes_folds_alone(body: bytes, sizes: list[int]) -> None:
    unfolder = Unfolder(b"xyz", 1000)
    start, out = 0, b""
    for size in (*sizes, len(body)):
        out += unfolder.feed(body[start : start + size])
        start += size
    assert out + unfolder.finish() == body.replace(b'form-data;\r\n name="image"', b'form-data; name="image"')
