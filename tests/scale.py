"""How large a campaign is: `EGAKU_SCALE=1` runs the figures the promises name, CI a tenth of them."""

from __future__ import annotations

import os

SCALE = float(os.environ.get("EGAKU_SCALE", "0.1"))


def scaled(full: float, least: float = 1) -> int:
    """`full` repetitions or seconds at scale 1; never fewer than `least`."""
    return max(round(full * SCALE), round(least))


def bound(figure: float, slack: float = 3) -> float:
    """A time as promised at scale 1, on a machine of our own; CI has neighbours and gets `slack` times it."""
    return figure if SCALE >= 1 else slack * figure
