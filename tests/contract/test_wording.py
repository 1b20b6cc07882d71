"""Both eras' sentences: bounded, and told apart."""

from __future__ import annotations

import pytest
from hypothesis import given

from egaku.contract.wording import ECHO_LIMIT, Flagged, Legacy, Typed, echo, listed
from tests.contract.strategies import JSON


@pytest.mark.parametrize(
    ("values", "text"),
    [(["a"], "'a'"), (["a", "b"], "'a' and 'b'"), (["a", "b", "c"], "'a', 'b', and 'c'")],
)
def test_listed(values: list[str], text: str) -> None:
    assert listed(values, "and") == text


@given(JSON)
def test_echoes_are_bounded(value: object) -> None:
    assert len(echo(value)) <= ECHO_LIMIT + 3


def test_long_values_are_cut() -> None:
    for wording in (Legacy(), Typed()):
        for error in (wording.not_one_of("x", ["a"], "y" * 10**6), wording.unknown("z" * 10**6)):
            assert len(error.body()) < 2 * ECHO_LIMIT
    assert len(Legacy().too_long("user", 10, "x" * 10**6).body()) < 2 * ECHO_LIMIT


def test_the_legacy_era_repeats_the_whole_prompt() -> None:
    """Clients of the time matched on it."""
    prompt = "it's " * 1000
    assert Legacy().too_long("prompt", 1000, prompt).message == f"{prompt!r} is too long - 'prompt'"


def test_refusals_of_the_first_era() -> None:
    first = "Your request was rejected as a result of our safety system. "
    ends = {
        Flagged.PROMPT: "Your prompt may contain text that is not allowed by our safety system.",
        Flagged.UPLOAD: "Your input image may contain content that is not allowed by our safety system.",
        Flagged.RESULT: "or by adjusting your prompt.",
    }
    for where, end in ends.items():
        error = Legacy().flagged(where, ["sexual"], "req_1")
        assert error.message.startswith(first)
        assert error.message.endswith(end)
        assert (error.status, error.type, error.code, error.param) == (
            400,
            "invalid_request_error",
            "content_policy_violation",
            None,
        )


def test_refusals_since_gpt_image() -> None:
    error = Typed().flagged(Flagged.PROMPT, ["sexual", "violence/graphic"], "req_1f")
    assert error.message == (
        "Your request was rejected by the safety system. If you believe this is an error, contact us at "
        "help.openai.com and include the request ID req_1f. safety_violations=[sexual, violence/graphic]."
    )
    assert (error.status, error.type, error.code) == (
        400,
        "image_generation_user_error",
        "moderation_blocked",
    )
