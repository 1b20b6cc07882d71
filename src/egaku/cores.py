"""How many cores this process may use: of those it is bound to, what its container was given.

`--cpus=2` binds a container to no cores: it writes a quota (cgroup v2, `cpu.max`), and a process per core of
the host would share two cores' time between sixty.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

CPU_MAX = Path("/sys/fs/cgroup/cpu.max")
"""`$MAX $PERIOD` in microseconds, or `max $PERIOD` (kernel documentation, cgroup-v2)."""


def cores(cpu_max: Path = CPU_MAX) -> int:
    """At least 1."""
    try:
        bound = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        bound = os.cpu_count() or 1
    return max(min(bound, _quota(cpu_max) or bound), 1)


def _quota(cpu_max: Path) -> int | None:
    """Cores' worth of time, rounded up; None where there is no limit."""
    try:
        most, period = cpu_max.read_text().split()
        return math.ceil(int(most) / int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return None
