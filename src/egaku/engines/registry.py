"""Engines by name. Each is imported only in the process that draws with it.

Besides the names here, an engine of one's own is named by its module: `EGAKU_ENGINE=mypackage.engine`. That
is any importable module in a package, with a function `create()` that gives back an `Engine` (base.py).
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from egaku.engines.base import Engine

FACTORIES = {
    "illustrator": "egaku.engines.illustrator.engine",
    "blank": "egaku.engines.blank",
}
"""Module of each engine; its `create()` makes one."""

_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")


def module_of(name: str) -> str:
    """The module of the engine of that name. Raises ValueError naming the ones there are."""
    if name in FACTORIES:
        return FACTORIES[name]
    if _MODULE.fullmatch(name):
        return name
    known = ", ".join(sorted(FACTORIES))
    raise ValueError(f"no engine named {name!r}; there are {known}, or a module of yours as package.module")


def create(name: str) -> Engine[Any]:
    """Build the engine of that name.

    Raises ValueError when there is none, ImportError when its module or what it needs is missing, and
    AttributeError when the module is no engine's.
    """
    engine: Engine[Any] = import_module(module_of(name)).create()
    return engine
