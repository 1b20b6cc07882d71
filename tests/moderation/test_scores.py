"""The vocabulary of judges: combining scores, and the policy matrix minors refused under every one."""

from __future__ import annotations

import pytest

from egaku.moderation.scores import (
    NEVER,
    Category,
    Input,
    Policy,
    Scores,
    effective_policy,
    judge,
    thresholds,
)

WORDS = Scores.read_from(Input.TEXT, {Category.SEXUAL: 0.6, Category.VIOLENCE: 0.1})
PIXELS = Scores.read_from(Input.IMAGE, {Category.SEXUAL: 0.2, Category.VIOLENCE_GRAPHIC: 0.9})


def test_the_thirteen_public_categories() -> None:
    names = "harassment harassment/threatening hate hate/threatening illicit illicit/violent self-harm"
    names += " self-harm/instructions self-harm/intent sexual sexual/minors violence violence/graphic"
    assert sorted(Category) == names.split()


def test_combining_takes_the_higher_score_and_every_kind_of_input() -> None:
    both = WORDS.combine(PIXELS)
    assert dict(both.values) == {
        Category.SEXUAL: 0.6,
        Category.VIOLENCE: 0.1,
        Category.VIOLENCE_GRAPHIC: 0.9,
    }
    assert both.applied[Category.SEXUAL] == {Input.TEXT, Input.IMAGE}
    assert both.applied[Category.VIOLENCE_GRAPHIC] == {Input.IMAGE}
    assert PIXELS.combine(WORDS) == both
    assert Scores().combine(WORDS) == WORDS


def test_what_was_not_judged_is_absent() -> None:
    assert Category.HARASSMENT not in WORDS.values
    assert judge(WORDS, Policy.STRICT).flagged == (Category.SEXUAL,)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_scores_are_between_nought_and_one(value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Scores.read_from(Input.TEXT, {Category.HATE: value})


def test_scores_say_what_they_were_read_from() -> None:
    with pytest.raises(ValueError, match="read from"):
        Scores({Category.HATE: 0.5}, {})


def test_scores_cannot_be_changed_afterwards() -> None:
    with pytest.raises(TypeError):
        WORDS.values[Category.SEXUAL] = 0.0  # type: ignore[index]  # what is tried


@pytest.mark.parametrize("category", Category)
def test_policies_go_from_strict_to_off(category: Category) -> None:
    strict, standard, low, off = (thresholds(policy)[category] for policy in Policy)
    assert strict < standard <= low <= off
    assert (off == NEVER) == (category is not Category.SEXUAL_MINORS)


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("override", [0.9, NEVER])
def test_minors_are_refused_under_every_policy(policy: Policy, override: float) -> None:
    scores = Scores.read_from(Input.TEXT, {Category.SEXUAL_MINORS: 0.5, Category.SEXUAL: 0.1})
    flagged = judge(scores, policy, {Category.SEXUAL_MINORS: override}).flagged
    assert flagged == (Category.SEXUAL_MINORS,)


def test_overrides_move_one_category() -> None:
    assert judge(WORDS, Policy.STANDARD, {Category.SEXUAL: 0.7}).flagged == ()
    assert judge(WORDS, Policy.STANDARD, {Category.VIOLENCE: 0.1}).flagged == (
        Category.SEXUAL,
        Category.VIOLENCE,
    )
    assert judge(WORDS, Policy.STRICT, {Category.SEXUAL: NEVER}).flagged == ()
    assert judge(WORDS, Policy.OFF, {Category.SEXUAL: 0.1}).flagged == ()


@pytest.mark.parametrize(
    ("policy", "asked", "effective"),
    [
        (Policy.STANDARD, None, Policy.STANDARD),
        (Policy.STANDARD, "auto", Policy.STANDARD),
        (Policy.STANDARD, "low", Policy.LOW),
        (Policy.STRICT, "low", Policy.STRICT),
        (Policy.LOW, "low", Policy.LOW),
        (Policy.LOW, "auto", Policy.LOW),
        (Policy.OFF, "low", Policy.OFF),
        (Policy.OFF, "auto", Policy.OFF),
    ],
)
def test_a_request_lowers_standard_and_nothing_else(
    policy: Policy, asked: str | None, effective: Policy
) -> None:
    assert effective_policy(policy, asked) is effective


def test_the_worst_comes_first() -> None:
    scores = Scores.read_from(Input.TEXT, {Category.HATE: 0.7, Category.VIOLENCE: 0.9})
    assert judge(scores, Policy.STANDARD).flagged == (Category.VIOLENCE, Category.HATE)
