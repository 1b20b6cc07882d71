"""Decoding strangers' pictures: right pixels or a named refusal, quickly, in bounded memory."""

from __future__ import annotations

import time

import numpy as np
import pytest

from egaku.imaging.decode import decode
from egaku.imaging.errors import ImageFault
from tests.imaging import zoo

ALL = frozenset({"png", "jpeg", "webp"})


@pytest.mark.parametrize("specimen", zoo.specimens(), ids=lambda specimen: specimen.name)
def test_zoo(specimen: zoo.Specimen) -> None:
    began = time.perf_counter()
    expectation = specimen.expectation
    if isinstance(expectation, zoo.Refused):
        with pytest.raises(ImageFault) as caught:
            decode(specimen.data, ALL)
        assert caught.value.kind in expectation.kinds
        assert time.perf_counter() - began < 0.2
    else:
        pixels = decode(specimen.data, ALL).pixels
        assert pixels.shape == expectation.pixels.shape
        difference = np.abs(pixels.astype(np.int16) - expectation.pixels)
        assert int(difference.max()) <= expectation.tolerance
        assert time.perf_counter() - began < 1
