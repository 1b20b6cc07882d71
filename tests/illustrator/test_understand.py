"""`understand` as a whole: any text gives a plan of known words, always the same, and soon."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egaku.engines.illustrator import vocabulary
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.understand import lexicon, understand


def check(plan: ScenePlan) -> None:
    """Every word of a plan is of its closed list, every index points to an object."""
    known = lexicon.concepts()
    for item in plan.objects:
        assert item.concept in known
        assert 1 <= item.count <= 50
        assert item.color in (None, *vocabulary.COLORS)
        assert item.size in (None, *vocabulary.SIZES)
        assert set(item.attributes) <= set(vocabulary.ATTRIBUTES)
        assert item.facing in (None, "left", "right")
    for link in plan.relations:
        assert link.relation in vocabulary.RELATIONS
        assert link.subject != link.object
        assert max(link.subject, link.object) < len(plan.objects)
    place, times = plan.setting.place, plan.setting.time
    assert place in (None, *vocabulary.PLACES)
    assert times in (None, *vocabulary.TIMES)
    assert plan.setting.weather in (None, *vocabulary.WEATHERS)
    assert plan.setting.season in (None, *vocabulary.SEASONS)
    assert plan.setting.mood in (None, *vocabulary.MOODS)
    assert plan.style in (None, *vocabulary.STYLES)
    assert plan.composition in (None, *vocabulary.COMPOSITIONS)
    assert plan.background in ("auto", "opaque", "transparent")
    assert set(plan.colors) <= set(vocabulary.COLORS)
    assert plan.lettering_on is None or plan.lettering_on < len(plan.objects)


FRAGMENTS = (
    "a", "the", "two", "red", "blue", "cat", "dogs", "with", "on", "its", "back", "and", ",", ".",
    "wearing", "hat", "of", "without", "between", "it", "pool", "beach", "in", "the shape of",
    "'s", "face", '"hi"', "is", "holding", "left", "glass", "orange", "painting", "watches",
    "flying", "field of", "eyed", "surrounded by", "background", "unknownword", "🐱", "fur",
    "dressed as", "pirate", "black and white", "shades of", "roof", "犬", "猫", "が", "を", "の",
    "上", "に", "かぶった", "赤い", "と", "三匹", "走って", "海", "、", "「あ」", "書かれた",
    "左", "形をした", "いない", "群れ", "背景", "プール", "乗った", "屋根", "満月", "夜", "un",
    "chat", "rouge", "红色的", "고양이",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=24))
@settings(max_examples=400, deadline=None)
def test_any_order_of_words_gives_a_plan_of_known_words(parts: list[str]) -> None:
    check(understand(" ".join(parts)))
    check(understand("".join(parts)))


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_plan(text: str) -> None:
    plan = understand(text)
    check(plan)
    assert plan == understand(text)


@pytest.mark.parametrize(
    "unit",
    ["a red cat on ", "x", "\u200d", '"', "「", "犬と", "9", "🐱", "of ", "zzzzz ", "un chat ", "猫を"],
)
def test_long_input_stays_quick(unit: str) -> None:
    prompt = (unit * 32_000)[:32_000]
    understand(prompt)
    start = time.process_time()
    check(understand(prompt))
    assert time.process_time() - start < 0.5


def test_lone_surrogates_and_controls_are_survived() -> None:
    check(understand("a \ud800 cat\x00\x1b[31m"))


def test_the_prompt_is_kept_as_it_was() -> None:
    assert understand("  A  Cat\n").prompt == "  A  Cat\n"


def tags() -> Iterable[tuple[str, str, str]]:
    for language in ("en", "ja", "de", "es", "fr", "it", "ko", "pt", "ru", "zh"):
        for phrase, text in lexicon.entries(language).items():
            for kind, value in lexicon.parse(text):
                yield phrase, kind, value


def test_every_word_of_the_lexicon_leads_to_a_word_a_plan_may_use() -> None:
    allowed = {
        "concept": set(lexicon.concepts()),
        "color": set(vocabulary.COLORS),
        "size": set(vocabulary.SIZES),
        "attribute": set(vocabulary.ATTRIBUTES),
        "place": set(vocabulary.PLACES),
        "locale": set(vocabulary.PLACES),
        "time": set(vocabulary.TIMES),
        "weather": set(vocabulary.WEATHERS),
        "season": set(vocabulary.SEASONS),
        "mood": set(vocabulary.MOODS),
        "style": set(vocabulary.STYLES),
        "weakstyle": set(vocabulary.STYLES),
        "composition": set(vocabulary.COMPOSITIONS),
        "rel": set(vocabulary.RELATIONS),
        "relinv": set(vocabulary.RELATIONS),
        "where": set(vocabulary.RELATIONS),
        "jverb": set(vocabulary.RELATIONS),
        "jloc": {*vocabulary.RELATIONS, "at"},
    }
    wrong = [
        (phrase, kind, value) for phrase, kind, value in tags() if value not in allowed.get(kind, {value})
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("prompt", "language", "concept", "color"),
    [
        ("un gato negro", "es", "cat", "black"),
        ("ein roter Hund", "de", "dog", "red"),
        ("trois chats blancs dans un jardin", "fr", "cat", "white"),
        ("一只红色的猫", "zh", "cat", "red"),
        ("빨간 자동차", "ko", "car", "red"),
        ("красный дом", "ru", "house", "red"),
        ("Schmetterling", "de", "butterfly", None),
        ("向日葵", "ja", "sunflower", None),
        ("قطة", "ar", "cat", None),
    ],
)
def test_other_languages_by_label(prompt: str, language: str, concept: str, color: str | None) -> None:
    plan = understand(prompt)
    assert plan.language == language
    assert (plan.objects[0].concept, plan.objects[0].color) == (concept, color)


@pytest.mark.parametrize(
    ("prompt", "relation"),
    [
        ("一只白色的猫在沙发上", "cat on sofa"),
        ("소파 위의 고양이", "cat on sofa"),
        ("un perro con sombrero", "dog wearing hat"),
    ],
)
def test_relations_of_other_languages(prompt: str, relation: str) -> None:
    plan = understand(prompt)
    links = [
        (plan.objects[one.subject].concept, one.relation, plan.objects[one.object].concept)
        for one in plan.relations
    ]
    assert [" ".join(link) for link in links] == [relation]


def test_accents_do_not_hide_words() -> None:
    assert understand("un château dans la forêt la nuit").setting.place == "forest"
