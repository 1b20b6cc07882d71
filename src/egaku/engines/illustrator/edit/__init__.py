"""Edits: the hole is completed from its surroundings, then what the prompt adds is drawn into it."""

from egaku.engines.illustrator.edit.edit import paint_edit

__all__ = ["paint_edit"]
