"""Engines by name. Each is imported only in the process that draws with it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from egaku.engines.base import Engine

FACTORIES = {
    "illustrator": "egaku.engines.illustrator.engine",
    "blank": "egaku.engines.blank",
}
"""Module of each engine; its `create()` makes one."""


def create(name: str) -> Engine[Any]:
    """Build the engine of that name. Raises ValueError naming the ones there are."""
    if name not in FACTORIES:
        raise ValueError(f"no engine named {name!r}; there are {', '.join(sorted(FACTORIES))}")
    engine: Engine[Any] = import_module(FACTORIES[name]).create()
    return engine
