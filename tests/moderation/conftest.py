"""One judge of words for all tests: loading the encoder takes a second."""

from __future__ import annotations

import pytest

from egaku.moderation.prompts import PromptJudge


@pytest.fixture(scope="session")
def words() -> PromptJudge:
    """Loaded."""
    judge = PromptJudge()
    judge.warm()
    return judge
