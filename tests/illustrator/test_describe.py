"""Plans in words, in JSON, and as recipes that can be read back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egaku.engines.illustrator import describe, vocabulary
from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan, Setting
from egaku.engines.illustrator.understand import lexicon, understand


def optional(words: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(words)


OBJECTS = st.builds(
    ObjectPlan,
    concept=st.sampled_from(sorted(lexicon.concepts())),
    label=st.text(max_size=20),
    count=st.integers(1, 50),
    color=optional(vocabulary.COLORS),
    size=optional(vocabulary.SIZES),
    attributes=st.lists(st.sampled_from(vocabulary.ATTRIBUTES), unique=True, max_size=3).map(tuple),
    facing=optional(("left", "right")),
    portrait=st.booleans(),
    scenery=st.booleans(),
)


@st.composite
def plans(draw: st.DrawFn) -> ScenePlan:
    objects = tuple(draw(st.lists(OBJECTS, max_size=5)))
    index = st.integers(0, len(objects) - 1) if objects else st.nothing()
    links = st.builds(
        RelationPlan, subject=index, relation=st.sampled_from(vocabulary.RELATIONS), object=index
    )
    return ScenePlan(
        prompt=draw(st.text(max_size=60)),
        language=draw(st.sampled_from(("en", "ja", "fr"))),
        objects=objects,
        relations=tuple(draw(st.lists(links, max_size=5))) if objects else (),
        setting=Setting(
            place=draw(optional(vocabulary.PLACES)),
            time=draw(optional(vocabulary.TIMES)),
            weather=draw(optional(vocabulary.WEATHERS)),
            season=draw(optional(vocabulary.SEASONS)),
            mood=draw(optional(vocabulary.MOODS)),
        ),
        style=draw(optional(vocabulary.STYLES)),
        composition=draw(optional(vocabulary.COMPOSITIONS)),
        lettering=draw(st.none() | st.text(min_size=1, max_size=20)),
        lettering_on=draw(st.none() | index) if objects else None,
        background=draw(st.sampled_from(("auto", "opaque", "transparent"))),
        colors=tuple(draw(st.lists(st.sampled_from(vocabulary.COLORS), max_size=3))),
        unknown=tuple(draw(st.lists(st.text(max_size=9), max_size=3))),
    )


@given(plans())
@settings(max_examples=200, deadline=None)
def test_a_recipe_gives_an_equal_plan_back_and_every_plan_can_be_said(plan: ScenePlan) -> None:
    assert describe.plan_from_recipe(describe.recipe(plan)) == plan
    assert describe.revised_prompt(plan)
    json.dumps(describe.plan_json(plan))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"version":2,"prompt":"x"}',
        '{"version":1,"surprise":1}',
        '{"version":1,"objects":[{"concept":"wug"}]}',
        '{"version":1,"objects":[{"concept":"cat","count":0}]}',
        '{"version":1,"objects":[{"concept":"cat","count":true}]}',
        '{"version":1,"objects":[{"concept":"cat","color":"loud"}]}',
        '{"version":1,"objects":[{"concept":"cat","portrait":"yes"}]}',
        '{"version":1,"objects":[7]}',
        '{"version":1,"objects":{"concept":"cat"}}',
        '{"version":1,"objects":[{"concept":"cat"}],"relations":[{"subject":0,"relation":"on","object":1}]}',
        '{"version":1,"objects":[{"concept":"cat"}],"relations":[{"subject":0,"relation":"atop","object":0}]}',
        '{"version":1,"objects":[{"concept":"cat"}],"lettering_on":-1}',
        '{"version":1,"setting":{"place":"nowhere"}}',
        '{"version":1,"setting":[]}',
        '{"version":1,"prompt":3}',
        '{"version":1,"colors":["loud"]}',
        '{"version":1,"style":["noir"]}',
        "[" * 5000,
    ],
)
def test_malformed_recipes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="recipe"):
        describe.plan_from_recipe(text)


def test_json_has_the_keys_callers_rely_on() -> None:
    document = describe.plan_json(understand("赤い帽子をかぶった三匹の猫"))
    assert document["language"] == "ja"
    assert document["relations"] == [{"subject": "cat", "relation": "wearing", "object": "hat"}]
    first = document["objects"][0]
    assert (first["concept"], first["count"], first["label"]) == ("cat", 3, "猫")
    assert document["objects"][1]["color"] == "red"
    assert set(document) >= {"objects", "relations", "setting", "style", "composition", "lettering"}
    assert set(document) >= {"background", "unknown", "revised_prompt"}
    assert set(document["setting"]) == {"place", "time", "weather", "season", "mood"}


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        ("a white siamese cat", "A picture of a white cat."),
        (
            "an oil painting of a corgi wearing a party hat",
            "An oil painting of a dog (“corgi”) wearing a party hat.",
        ),
        ("three red apples on a wooden table", "A picture of three red apples on a wooden table."),
        ("a cat sleeping on a sofa at night", "A picture of a cat sleeping on a sofa, at night."),
        ("a duck in a pond", "A picture of a duck in the pond."),
        ("two men and a sheep", "A picture of two men and a sheep."),
        ("a child flying a kite in a park", "A picture of a child flying a kite, in a park."),
        (
            "a rabbit eating a carrot and wearing a hat",
            "A picture of a rabbit eating a carrot and wearing a hat.",
        ),
        ("Mount Fuji at dawn", "A picture of Mount Fuji, at dawn."),
        ("happiness in autumn", "A picture of a happy scene, freely imagined, in autumn."),
        ("un perro negro", "A picture of a black dog."),
        ("赤い車と青い家", "赤い車と青い家の絵。"),
        ("夕焼けの海に立つフラミンゴ", "夕焼けの海に立っているフラミンゴの絵。"),
        ("本を読む眼鏡の女の子", "眼鏡をかけて本を持った少女の絵。"),
        ("湖に浮かぶヨット", "湖の上のヨットの絵。"),
        ("りんごを食べる象", "りんごを食べている象の絵。"),
        ("パーティーハットをかぶったコーギーの油絵", "パーティーハットをかぶった犬（コーギー）の油絵。"),
    ],
)
def test_sentences(prompt: str, sentence: str) -> None:
    assert describe.revised_prompt(understand(prompt)) == sentence


def test_unknown_words_are_named_politely() -> None:
    assert "“zorblax”" in describe.revised_prompt(understand("a zorblax and a cat"))
    assert "「ゾルブラックス」" in describe.revised_prompt(understand("ゾルブラックスと猫"))


def test_the_transparent_background_and_lettering_are_said() -> None:
    sentence = describe.revised_prompt(understand('a sign that says "OPEN", transparent background'))
    assert "“OPEN” on the sign" in sentence
    assert "transparent background" in sentence


@pytest.mark.parametrize("prompt", ["a whore", "two retards and a cat", "an old kike"])
def test_insults_are_unknown_and_not_repeated(prompt: str) -> None:
    plan = understand(prompt)
    assert [item.concept for item in plan.objects] in ([], ["cat"])
    assert plan.unknown
    assert not any(word in describe.revised_prompt(plan) for word in plan.unknown)
