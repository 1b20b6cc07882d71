"""A plan as an English sentence."""

from __future__ import annotations

from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from egaku.engines.illustrator.understand import lexicon

_NUMBERS = (
    "no",
    "a",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

_STYLE_PHRASES = {
    "flat": "A flat vector illustration", "glossy 3d": "A glossy 3D rendering", "sticker": "A sticker",
    "paper cut-out": "A paper cut-out", "watercolor": "A watercolor", "oil painting": "An oil painting",
    "impasto": "A thickly painted impasto picture", "gouache": "A gouache painting",
    "ink wash": "An ink wash painting", "ukiyo-e": "A ukiyo-e woodblock print",
    "pencil": "A pencil drawing", "charcoal": "A charcoal drawing", "crayon": "A crayon drawing",
    "chalk": "A chalk drawing", "pastel": "A pastel drawing", "line art": "A line drawing",
    "comic": "A comic panel", "pop art": "A pop art print", "pixel art": "Pixel art",
    "low poly": "A low-poly scene", "stained glass": "A stained glass window", "mosaic": "A mosaic",
    "cross-stitch": "A cross-stitch embroidery", "neon": "A picture in neon light",
    "blueprint": "A blueprint", "vaporwave": "A vaporwave picture",
    "noir": "A black-and-white noir picture", "sepia": "A sepia picture",
    "photo": "A picture with a photographic look", "poster": "A poster", "logo": "A logo",
    "pattern": "A seamless pattern", "children's book": "A children's book illustration",
}  # fmt: skip

_PLACE_PHRASES = {
    "beach": "on a beach", "sea": "at sea", "underwater": "underwater", "sky": "in the sky",
    "space": "in space", "moon": "on the moon", "mars": "on Mars", "street": "on a street",
    "road": "on a road", "hill": "on a hill", "mountain": "in the mountains", "island": "on an island",
    "farm": "on a farm", "bridge": "at a bridge", "stage": "on a stage",
    "snowfield": "in a field of snow", "lake": "at a lake", "river": "by a river",
    "waterfall": "by a waterfall", "volcano": "by a volcano", "skyline": "against a city skyline",
    "ruins": "among ruins", "pond": "at a pond", "pool": "at a pool", "temple": "at a temple",
    "castle": "at a castle", "office": "in an office",
}  # fmt: skip

_SCENES = {"sea": "seascape", "sky": "wide sky",
           "mountain": "mountain range", "space": "starry space", "underwater": "scene under water",
           "moon": "moonscape", "mars": "scene on Mars", "skyline": "city skyline"}  # fmt: skip
_TIME_PHRASES = {
    "dawn": "at dawn", "day": "by day", "golden hour": "in the golden hour", "sunset": "at sunset",
    "night": "at night",
}  # fmt: skip
_WEATHER_PHRASES = {
    "sunny": "in sunshine", "cloudy": "under clouds", "rain": "in the rain", "storm": "in a storm",
    "snow": "in the snow", "fog": "in fog", "wind": "in the wind", "rainbow": "with a rainbow",
    "aurora": "under an aurora",
}  # fmt: skip
_FRAMINGS = {
    "close-up": "seen close up", "wide": "in a wide view", "portrait": "as a portrait",
    "top-down": "seen from above", "centered": "centered", "symmetric": "arranged symmetrically",
    "pattern": "repeated as a pattern",
}  # fmt: skip
_SAME_PLURAL = frozenset({
    "sheep", "fish", "deer", "salmon", "koi", "shrimp", "squid", "bison", "moose", "goldfish",
    "clownfish", "blowfish", "tropical fish", "starfish", "jellyfish", "sushi", "popcorn", "salad",
    "bamboo", "corn", "garlic", "treasure", "money", "ramen", "udon",
})  # fmt: skip
_PLURAL_ONLY = frozenset({
    "glasses", "sunglasses", "goggles", "jeans", "pants", "shorts", "scissors", "headphones", "gloves",
    "socks", "french fries", "grapes", "chopsticks", "binoculars", "skis", "stairs", "books",
    "string lights", "tools", "flip flops", "ballet shoes", "eyes", "clinking glasses", "bowling pins",
    "maracas", "lungs", "two hearts",
})  # fmt: skip
_MASS = frozenset({
    "coffee", "tea", "milk", "juice", "beer", "wine", "sake", "champagne", "whiskey", "soda", "lemonade",
    "ice cream", "bread", "rice plant", "wheat", "grass", "moss", "seaweed", "kelp", "bamboo", "meat",
    "cheese", "butter", "salt", "popcorn", "sushi", "ramen", "udon", "spaghetti", "soup", "stew",
    "honey", "jam", "tofu", "money", "treasure", "fire", "smoke", "confetti", "lightning", "wind", "fog",
    "sand", "lettuce", "corn", "garlic", "ginger", "coral", "bacon", "toast", "chocolate", "paper",
})  # fmt: skip
_DOING = frozenset({
    "sleeping", "flying", "running", "jumping", "swimming", "sitting", "standing", "dancing", "eating",
})  # fmt: skip
_DEEDS = frozenset({"riding", "holding", "wearing", "chasing", "looking at"})
_EDIBLE = frozenset({"food", "fruit", "vegetable", "plant", "flower", "drink"})
_PROPER = {
    "mount fuji": "Mount Fuji", "tokyo tower": "Tokyo Tower", "eiffel tower": "the Eiffel Tower",
    "statue of liberty": "the Statue of Liberty", "big ben": "Big Ben", "great wall": "the Great Wall",
    "santa claus": "Santa Claus", "mrs claus": "Mrs Claus", "saturn": "Saturn", "jupiter": "Jupiter",
    "mars": "Mars", "earth": "the Earth", "milky way": "the Milky Way", "sun": "the sun",
    "moon": "the moon", "sphinx": "the Sphinx",
}  # fmt: skip
_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "mouse": "mice",
    "goose": "geese", "tooth": "teeth", "foot": "feet", "wolf": "wolves", "leaf": "leaves",
    "scarf": "scarves", "loaf": "loaves", "elf": "elves", "knife": "knives", "shelf": "shelves",
    "cactus": "cacti",
}  # fmt: skip


def sentence(plan: ScenePlan) -> str:
    """One sentence on the picture, and one on the words that were not understood, if any."""
    framing = _FRAMINGS.get(plan.composition or "")
    parts = [_subject(plan), *_circumstances(plan)]
    if framing:
        parts.append(framing)
    if plan.colors:
        parts.append(f"in {_join(list(plan.colors))}")
    if plan.lettering:
        carrier = (
            f" on the {plan.objects[plan.lettering_on].concept}" if plan.lettering_on is not None else ""
        )
        parts.append(f"with the words “{plan.lettering}”{carrier}")
    text = ", ".join(parts)
    if plan.background == "transparent":
        text += ", on a transparent background"
    return text[0].upper() + text[1:] + "." + _apology(plan)


def _subject(plan: ScenePlan) -> str:
    drawn = [index for index, item in enumerate(plan.objects) if not item.scenery]
    mood = f"{plan.setting.mood} " if plan.setting.mood else ""
    opening = _STYLE_PHRASES.get(plan.style or "", "A picture")
    if not drawn and plan.setting.place is None:
        scene = f"{mood}scene"
        return opening if plan.lettering else f"{opening} of {_article(scene)}{scene}, freely imagined"
    if not drawn:
        scene = f"{mood}{_SCENES.get(plan.setting.place or '', plan.setting.place)}"
        return (
            f"{opening} of {_article(scene)}{scene}" if not scene.endswith("s") else f"{opening} of {scene}"
        )
    return f"{opening} of {_join(_clauses(plan, drawn))}"


def _clauses(plan: ScenePlan, drawn: list[int]) -> list[str]:
    """One phrase for each object that starts a chain of relations; what hangs on it is said with it."""
    targets = {link.object for link in plan.relations}
    starts = [index for index in drawn if index not in targets] or drawn[:1]
    said: set[int] = set()
    clauses = [_chain(plan, index, said) for index in starts]
    clauses += [_chain(plan, index, said) for index in drawn if index not in said]
    return clauses


def _chain(plan: ScenePlan, index: int, said: set[int]) -> str:
    item = plan.objects[index]
    if index in said:
        return _PROPER.get(item.concept) or f"the {_noun(item)}"
    said.add(index)
    links: dict[str, list[int]] = {}
    for link in plan.relations:
        if link.subject == index:
            links.setdefault(link.relation, []).append(link.object)
    doing = next((word for word in item.attributes if word in _DOING), "")
    text = _phrase(item, plan.language)
    deeds: list[str] = []
    stands = False
    for relation in sorted(links, key=lambda one: one in _DEEDS):
        verb, doing = _verb(plan, relation, links[relation], doing)
        objects = _join([_chain(plan, target, said) for target in links[relation]])
        if relation in _DEEDS:
            deeds.append(f"{verb} {objects}")
        else:
            text += f"{' ' * bool(doing)}{doing} {verb} {objects}"
            doing, stands = "", True
    acts = [*([doing] if doing else []), *deeds]
    if not acts:
        return text
    return f"{text}{',' * stands} {_join(acts)}"


def _verb(plan: ScenePlan, relation: str, targets: list[int], doing: str) -> tuple[str, str]:
    """How to say a relation, and what is left of what the subject is doing: who eats something holds it."""
    groups = {lexicon.info(plan.objects[target].concept).group for target in targets}
    if relation == "holding" and doing == "eating" and groups <= _EDIBLE:
        return ("drinking" if groups == {"drink"} else "eating"), ""
    if relation == "holding" and doing == "flying" and plan.objects[targets[0]].concept == "kite":
        return "flying", ""
    if relation == "chasing" and doing == "running":
        return "chasing", ""
    return relation, doing


def _phrase(item: ObjectPlan, language: str) -> str:
    color = None if item.color == "gold" and "golden" in item.attributes else item.color
    words = [word for word in (item.size, *item.attributes, color) if word and word not in _DOING]
    proper = _PROPER.get(item.concept)
    if item.scenery:
        return proper or f"the {_noun(item)}"
    if proper and item.count == 1 and not words:
        return proper
    body = " ".join([*words, _noun(item)])
    label = _label(item) if language == "en" else ""
    if item.count == 1:
        article = "" if item.concept in _MASS or item.concept in _PLURAL_ONLY else _article(body)
        return f"{article}{body}{label}"
    number = _NUMBERS[item.count] if item.count < len(_NUMBERS) else str(item.count)
    return f"{number} {body}{label}"


def _article(body: str) -> str:
    return "an " if body[0] in "aeiou" and not body.startswith(("uni", "ufo", "uku", "euro")) else "a "


def _label(item: ObjectPlan) -> str:
    """The prompt's own word, where the concept is only the nearest thing the illustrator can draw."""
    own = item.label.lower().replace("-", " ")
    concept = item.concept.replace("-", " ")
    if not own or concept in own or own in concept or not own.isascii() or own.rstrip("s") in concept:
        return ""
    return (
        "" if own == plural(concept) or any(word in own for word in concept.split()) else f" (“{item.label}”)"
    )


def _noun(item: ObjectPlan) -> str:
    return plural(item.concept) if item.count > 1 else item.concept


def plural(noun: str) -> str:
    """Plural of a concept's name: church → churches, old man → old men."""
    head, _, last = noun.rpartition(" ")
    prefix = f"{head} " if head else ""
    if (
        noun in _SAME_PLURAL
        or last in _SAME_PLURAL
        or (last.endswith("s") and last not in ("bus", "lens", "glass", "cactus"))
    ):
        return noun
    if last in _IRREGULAR:
        return prefix + _IRREGULAR[last]
    if last.endswith("man") and last != "human":
        return prefix + last[:-3] + "men"
    if last.endswith("y") and last[-2] not in "aeiou":
        return prefix + last[:-1] + "ies"
    if last.endswith(("s", "x", "z", "ch", "sh")) or last in ("tomato", "potato", "hero", "volcano", "mango"):
        return prefix + last + "es"
    return prefix + last + "s"


def _circumstances(plan: ScenePlan) -> list[str]:
    setting = plan.setting
    phrases: list[str] = []
    named = any(
        link.object < len(plan.objects) and plan.objects[link.object].scenery for link in plan.relations
    )
    drawn = any(not item.scenery for item in plan.objects)
    if setting.place and drawn and not named:
        phrases.append(_PLACE_PHRASES.get(setting.place) or f"in {_article(setting.place)}{setting.place}")
    when = " ".join(
        part
        for part in (
            f"in {setting.season}" if setting.season else "",
            _TIME_PHRASES.get(setting.time or "", ""),
            "" if _shown(plan) else _WEATHER_PHRASES.get(setting.weather or "", ""),
        )
        if part
    )
    if when:
        phrases.append(when)
    if setting.mood and drawn:
        phrases.append(f"in {_article(setting.mood)}{setting.mood} mood")
    return phrases


def _shown(plan: ScenePlan) -> bool:
    """Whether the weather has been said already: as a thing, or by the place."""
    weather = plan.setting.weather
    return weather in {item.concept for item in plan.objects} or (weather, plan.setting.place) == (
        "snow",
        "snowfield",
    )


def _apology(plan: ScenePlan) -> str:
    named = [word for word in plan.unknown if not lexicon.insults(word)]
    if not plan.unknown:
        return ""
    if not named:
        return " Some words could not be drawn."
    words = _join([f"“{word}”" for word in named[:8]])
    verb = "is" if len(named) == 1 else "are"
    noun = "The word" if len(named) == 1 else "The words"
    return f" {noun} {words} {verb} not in the illustrator's vocabulary and could not be drawn."


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
