"""The wish: which of the prompt's objects an edit draws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from egaku.engines.illustrator.edit.wish import Shown, wished
from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan, Setting


def thing(concept: str, count: int = 1, color: str | None = None) -> ObjectPlan:
    return ObjectPlan(concept=concept, label=concept, count=count, color=color)


def scene(prompt: str, *things: ObjectPlan, relations: tuple[tuple[int, str, int], ...] = ()) -> ScenePlan:
    links = tuple(RelationPlan(subject=s, relation=r, object=o) for s, r, o in relations)
    return ScenePlan(prompt=prompt, objects=things, relations=links)


UNSEEN = Shown()


def drawn(
    plan: ScenePlan, old: ScenePlan | None = None, share: float = 0.2, shown: Shown = UNSEEN
) -> list[tuple[str, int]]:
    return [(found.concept, found.count) for found in wished(plan, old, share, shown).objects]


def seen(*indices: int, outward: bool = False, subject: bool = False) -> Shown:
    return Shown(frozenset(indices), outward=outward, subject=subject)


@pytest.mark.parametrize(
    ("plan", "share", "expected"),
    [
        (scene("a meadow"), 0.2, []),
        (scene("a cat", thing("cat")), 0.2, ["cat"]),
        (scene("a dog and then a cat", thing("cat"), thing("dog")), 0.2, ["cat"]),
        (scene("a dog and then a cat", thing("cat"), thing("dog")), 0.5, ["cat", "dog"]),
        (scene("a dog and then a cat", thing("cat"), thing("dog")), 0.7, ["cat"]),
        (scene("a dog", thing("dog")), 0.7, []),
        (scene("a dog and then a cat", thing("cat"), thing("dog")), 0.99, ["cat", "dog"]),
        (
            scene(
                "a lounge with a pool containing a flamingo",
                *(thing("flamingo"), thing("pool")),
                relations=((0, "in", 1),),
            ),
            0.2,
            ["flamingo"],
        ),
        (scene("a cat on a sofa", thing("cat"), thing("sofa"), relations=((0, "on", 1),)), 0.2, ["cat"]),
        (
            scene("a cat wearing a hat", thing("cat"), thing("hat"), relations=((0, "wearing", 1),)),
            0.2,
            ["cat", "hat"],
        ),
        (
            scene("a cat wearing a hat", thing("cat"), thing("hat"), relations=((0, "wearing", 1),)),
            0.05,
            ["hat"],
        ),
    ],
)
def test_what_a_stranger_picture_gets(plan: ScenePlan, share: float, expected: list[str]) -> None:
    assert [concept for concept, _ in drawn(plan, share=share)] == expected


def test_relations_keep_pointing_at_their_objects() -> None:
    plan = scene(
        "a bird, a cat wearing a hat",
        *(thing("bird"), thing("cat"), thing("hat")),
        relations=((1, "wearing", 2),),
    )
    wish = wished(plan, None, 0.2, UNSEEN)
    (relation,) = wish.relations
    assert wish.objects[relation.subject].concept == "cat"
    assert wish.objects[relation.object].concept == "hat"


def test_a_thing_named_after_its_place_is_new_around_the_rest_of_a_picture() -> None:
    street = Setting(place="street")
    after = replace(scene("a city street with a taxi", thing("taxi")), setting=street)
    before = replace(scene("a taxi in a city street", thing("taxi")), setting=street)
    assert drawn(after, share=0.7) == [("taxi", 1)]
    assert drawn(before, share=0.7) == []


def test_with_the_old_plan_only_what_was_added_counts() -> None:
    old = scene("two dogs", thing("dog", 2))
    assert drawn(scene("two dogs", thing("dog", 2)), old, shown=seen(0)) == []
    assert drawn(scene("five dogs", thing("dog", 5)), old) == [("dog", 3)]
    assert drawn(scene("two dogs, a cat", thing("dog", 2), thing("cat")), old) == [("cat", 1)]
    assert drawn(scene("a dog", thing("dog")), old, shown=seen(0)) == []


def test_a_known_subject_that_was_erased_is_drawn_again() -> None:
    old = scene("a dog and a bee", thing("dog"), thing("bee"))
    assert drawn(old, old, shown=seen(1)) == [("dog", 1)]
    assert drawn(old, old, share=0.05, shown=seen(1)) == []
    assert drawn(old, old, shown=seen(1, outward=True)) == []


def test_another_colour_is_another_thing() -> None:
    old = scene("a red car", thing("car", 1, "red"))
    assert drawn(scene("a blue car", thing("car", 1, "blue")), old) == [("car", 1)]


PAIR = scene("a dog and then a cat", thing("dog"), thing("cat"))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (seen(outward=True), ["dog", "cat"]),
        (seen(0, outward=True), ["cat"]),
        (seen(1, outward=True), ["dog"]),
        (seen(0, 1, outward=True), []),
        (seen(outward=True, subject=True), ["cat"]),
        (seen(1), ["dog"]),
        (seen(0, 1), ["cat"]),
    ],
)
def test_what_is_shown_already_is_not_drawn_again(shown: Shown, expected: list[str]) -> None:
    assert [concept for concept, _ in drawn(PAIR, shown=shown)] == expected


def test_who_rides_is_seen_with_what_is_ridden() -> None:
    rider = scene("a girl riding a horse", thing("girl"), thing("horse"), relations=((0, "riding", 1),))
    assert drawn(rider, shown=seen(1, outward=True)) == []


@pytest.mark.parametrize(
    "plan", [scene("an empty wooden table", thing("table")), scene("A bare table", thing("table"))]
)
def test_what_is_called_empty_is_a_place(plan: ScenePlan) -> None:
    assert drawn(plan) == []


def test_empty_in_japanese_too() -> None:
    table = ObjectPlan(concept="table", label="テーブル")
    assert drawn(scene("何もない木のテーブル", table)) == []
    assert drawn(scene("木のテーブル", table)) == [("table", 1)]
