"""What does saying where a picture comes from cost? Milliseconds and bytes added, by size and format.

    python -m bench.provenance [--rounds 15]

Medians of one thread on noise-free scenes as the illustrator paints them: XMP and manifest together, as every
answer carries them; an edit whose upload has no manifest; an edit of a picture signed here, whose history is
judged and carried on. Verifying is timed too. Encoding, which every picture pays anyway, stands beside it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.encoders import flat_scene
from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode
from egaku.provenance.credentials import own_root
from egaku.provenance.manifest import Origin
from egaku.provenance.signer import Provenance
from egaku.provenance.verify import verify

FORMATS: tuple[Format, ...] = ("png", "jpeg", "webp")
MADE = Origin(act="generate", engine="illustrator", digital_source="algorithmicMedia")
EDITED = Origin(act="edit", engine="illustrator", digital_source="algorithmicMedia")


def median(rounds: int, run: Callable[[], object]) -> float:
    """Milliseconds."""
    run()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def row(provenance: Provenance, root: bytes, side: int, format_: Format, rounds: int) -> str:
    pixels = np.dstack([flat_scene(side, 1, grain=True), np.full((side, side), 255, np.uint8)])
    file = encode(pixels, format_)
    signed = provenance.sign(file, format_, MADE)
    edited = provenance.sign(file, format_, EDITED, parent=signed)
    cells = [
        median(rounds, lambda: encode(pixels, format_)),
        median(rounds, lambda: provenance.sign(file, format_, MADE)),
        median(rounds, lambda: provenance.sign(file, format_, EDITED, parent=file)),
        median(rounds, lambda: provenance.sign(file, format_, EDITED, parent=signed)),
        median(rounds, lambda: verify(signed, own=root)),
    ]
    sizes = f"{len(file):>9,} {len(signed) - len(file):>6,} {len(edited) - len(file):>6,}"
    return f"{side:>5} {format_:<5}" + "".join(f"{cell:>9.2f}" for cell in cells) + "   " + sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        provenance = Provenance.open(folder)
        first = (time.perf_counter() - started) * 1000
        started = time.perf_counter()
        Provenance.open(folder)
        again = (time.perf_counter() - started) * 1000
        print(f"first start {first:.1f} ms, later ones {again:.1f} ms\n")
        print("           milliseconds: medians                           bytes")
        print(
            " side format  encode     sign     edit  history   verify        file  added  added with history"
        )
        for side in (256, 512, 1024):
            for format_ in FORMATS:
                print(row(provenance, own_root(folder), side, format_, rounds))


if __name__ == "__main__":
    main()
