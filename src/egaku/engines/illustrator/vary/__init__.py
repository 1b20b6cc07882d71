"""Variations of strangers' pictures: the same idea, re-invented from its own patches."""

from egaku.engines.illustrator.vary.vary import paint_variation

__all__ = ["paint_variation"]
