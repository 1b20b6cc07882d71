"""A plan in words, in JSON, and as a recipe that can be read back.

`revised_prompt` says in one or two sentences what will be drawn. `plan_json` is what `egaku plan --json`
prints. `recipe` and `plan_from_recipe` are the loss-free round trip that editing egaku's own pictures
relies on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from egaku.engines.illustrator import describe_en, describe_ja, vocabulary
from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan, Setting
from egaku.engines.illustrator.understand import lexicon

RECIPE_VERSION = 1
MAX_RECIPE = 65_536
MAX_PROMPT = 32_000


def revised_prompt(plan: ScenePlan) -> str:
    """What will be drawn, as a sentence in Japanese for a Japanese prompt and in English for any other."""
    return describe_ja.sentence(plan) if plan.language == "ja" else describe_en.sentence(plan)


def plan_json(plan: ScenePlan) -> dict[str, Any]:
    """The plan for machines: concepts and colours are plain English words whatever the prompt's language."""
    objects = [
        {
            "concept": item.concept,
            "count": item.count,
            "color": item.color,
            "size": item.size,
            "label": item.label,
            "attributes": list(item.attributes),
            "facing": item.facing,
            "portrait": item.portrait,
            "scenery": item.scenery,
        }
        for item in plan.objects
    ]
    return {
        "objects": objects,
        "relations": [
            {
                "subject": plan.objects[link.subject].concept,
                "relation": link.relation,
                "object": plan.objects[link.object].concept,
            }
            for link in plan.relations
        ],
        "setting": asdict(plan.setting),
        "style": plan.style,
        "composition": plan.composition,
        "lettering": plan.lettering,
        "lettering_on": plan.objects[plan.lettering_on].concept if plan.lettering_on is not None else None,
        "background": plan.background,
        "colors": list(plan.colors),
        "language": plan.language,
        "unknown": list(plan.unknown),
        "revised_prompt": revised_prompt(plan),
    }


def recipe(plan: ScenePlan) -> str:
    """The whole plan as one line of JSON; `plan_from_recipe` gives an equal plan back."""
    document = {"version": RECIPE_VERSION, **_compact(asdict(plan))}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _compact(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty anyway, all the way down."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            value = _compact(value)  # noqa: PLW2901 - the compacted value takes its place
        elif isinstance(value, tuple | list):
            value = [_compact(item) if isinstance(item, dict) else item for item in value]  # noqa: PLW2901 - as above
        if value is not None and value is not False and value not in ([], {}, ""):
            kept[name] = value
    return kept


def plan_from_recipe(text: str) -> ScenePlan:
    """Read a recipe back. Raises ValueError for anything that `recipe` could not have written."""
    if len(text) > MAX_RECIPE + 6 * MAX_PROMPT:
        raise ValueError("the recipe is too long")
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("the recipe is not JSON") from error
    if not isinstance(document, dict) or document.pop("version", None) != RECIPE_VERSION:
        raise ValueError(f"the recipe is not of version {RECIPE_VERSION}")
    return _plan(document)


def _plan(document: dict[str, Any]) -> ScenePlan:
    _only(document, ScenePlan)
    objects = tuple(_object(item) for item in _sequence(document, "objects", 64))
    carrier = document.get("lettering_on")
    if carrier is not None:
        _index(carrier, len(objects))
    return ScenePlan(
        prompt=_text(document, "prompt", MAX_PROMPT) or "",
        language=_text(document, "language", 16) or "en",
        objects=objects,
        relations=tuple(_relation(item, len(objects)) for item in _sequence(document, "relations", 128)),
        setting=_setting(document.get("setting", {})),
        style=_word(document, "style", vocabulary.STYLES),
        composition=_word(document, "composition", vocabulary.COMPOSITIONS),
        lettering=_text(document, "lettering", 4000),
        lettering_on=carrier,
        background=_word(document, "background", ("auto", "opaque", "transparent")) or "auto",
        colors=_words(document, "colors", vocabulary.COLORS),
        unknown=tuple(_string(word, 200) for word in _sequence(document, "unknown", 64)),
    )


def _object(item: object) -> ObjectPlan:
    values = _mapping(item)
    _only(values, ObjectPlan)
    concept = _word(values, "concept", lexicon.concepts())
    count = values.get("count", 1)
    if concept is None or type(count) is not int or not 1 <= count <= 50:
        raise ValueError("an object of the recipe has no concept, or a count outside 1 … 50")
    return ObjectPlan(
        concept=concept,
        label=_text(values, "label", 400) or "",
        count=count,
        color=_word(values, "color", vocabulary.COLORS),
        size=_word(values, "size", vocabulary.SIZES),
        attributes=_words(values, "attributes", vocabulary.ATTRIBUTES),
        facing=_word(values, "facing", ("left", "right")),
        portrait=_flag(values, "portrait"),
        scenery=_flag(values, "scenery"),
    )


def _relation(item: object, count: int) -> RelationPlan:
    values = _mapping(item)
    _only(values, RelationPlan)
    relation = _word(values, "relation", vocabulary.RELATIONS)
    if relation is None:
        raise ValueError("a relation of the recipe has no word")
    subject, target = _index(values.get("subject"), count), _index(values.get("object"), count)
    return RelationPlan(subject=subject, relation=relation, object=target)


def _setting(item: object) -> Setting:
    values = _mapping(item)
    _only(values, Setting)
    return Setting(
        place=_word(values, "place", vocabulary.PLACES),
        time=_word(values, "time", vocabulary.TIMES),
        weather=_word(values, "weather", vocabulary.WEATHERS),
        season=_word(values, "season", vocabulary.SEASONS),
        mood=_word(values, "mood", vocabulary.MOODS),
    )


def _only(values: Mapping[str, Any], kind: type[Any]) -> None:
    unknown = values.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise ValueError(f"the recipe has unknown fields: {', '.join(sorted(map(repr, unknown))[:3])}")


def _mapping(item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise ValueError("the recipe has something else where an object should be")  # noqa: TRY004 - documented
    return item


def _sequence(values: Mapping[str, Any], name: str, longest: int) -> list[Any]:
    items = values.get(name, [])
    if not isinstance(items, list) or len(items) > longest:
        raise ValueError(f"`{name}` of the recipe is not a list of at most {longest}")
    return items


def _string(item: object, longest: int) -> str:
    if not isinstance(item, str) or len(item) > longest:
        raise ValueError(
            f"the recipe has something else where a text of at most {longest} characters should be"
        )
    return item


def _text(values: Mapping[str, Any], name: str, longest: int) -> str | None:
    return None if values.get(name) is None else _string(values[name], longest)


def _word(values: Mapping[str, Any], name: str, allowed: tuple[str, ...] | Mapping[str, Any]) -> str | None:
    word = values.get(name)
    if word is not None and (not isinstance(word, str) or word not in allowed):
        raise ValueError(f"`{name}` of the recipe is not a known word")
    return word


def _words(values: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    items = _sequence(values, name, 64)
    if not all(isinstance(item, str) and item in allowed for item in items):
        raise ValueError(f"`{name}` of the recipe has an unknown word")
    return tuple(items)


def _flag(values: Mapping[str, Any], name: str) -> bool:
    flag = values.get(name, False)
    if not isinstance(flag, bool):
        raise ValueError(f"`{name}` of the recipe is not true or false")  # noqa: TRY004 - documented
    return flag


def _index(item: object, count: int) -> int:
    if type(item) is not int or not 0 <= item < count:
        raise ValueError("the recipe points to an object it does not have")
    return item
