"""Understanding: a prompt in, a ScenePlan out. Deterministic, in linear time, and it never raises."""

from egaku.engines.illustrator.understand.prompt import understand

__all__ = ["understand"]
