"""The engine of batch_engine.py as one that fills the one GPU, and waits a moment for a batch to fill."""

from __future__ import annotations

from dataclasses import replace

from tests.generation.batch_engine import Together


class One(Together):
    """See the module."""

    info = replace(Together.info, name="one", max_workers=1, batch_wait_ms=300.0)


def create() -> One:
    """For the registry."""
    return One()
