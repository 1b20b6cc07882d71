"""The English grammar: objects, counts, attributes, relations, settings, styles and lettering."""

import pytest

from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.understand import understand


def concepts(plan: ScenePlan) -> list[str]:
    return [item.concept for item in plan.objects if not item.scenery]


def relations(plan: ScenePlan) -> set[str]:
    return {
        f"{plan.objects[link.subject].concept} {link.relation} {plan.objects[link.object].concept}"
        for link in plan.relations
    }


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a white siamese cat", ["cat"]),
        ("a corgi", ["dog"]),
        ("a sedan and a daisy", ["car", "daisy"]),
        ("a hot air balloon", ["hot air balloon"]),
        ("polar bears", ["polar bear"]),
        ("an ice cream and a fire truck", ["ice cream", "fire truck"]),
        ("a colour photo of a grey squirrel", ["squirrel"]),
        ("a garden gnome", ["gnome"]),
        ("a kitchen table", ["table"]),
        ("an orange on a plate", ["orange", "plate"]),
        ("an orange cat", ["cat"]),
        ("a pencil", ["pencil"]),
        ("a buttefly", ["butterfly"]),
        ("a wizard's hat", ["wizard hat"]),
        ("🐱 and 🚗", ["cat", "car"]),
        ("a cat without a hat", ["cat"]),
        ("a street without people or cars", []),
        ("a bird watches a dog", ["bird", "dog"]),
        ("a woman painting a fence", ["woman", "fence"]),
    ],
)
def test_objects(prompt: str, expected: list[str]) -> None:
    assert concepts(understand(prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("three cats", 3),
        ("3 cats", 3),
        ("a cat", 1),
        ("a pair of swans", 2),
        ("a dozen eggs", 12),
        ("half a dozen donuts", 6),
        ("a flock of sheep", 9),
        ("several dogs", 5),
        ("a pair of sunglasses", 1),
        ("a stack of books", 1),
        ("a pile of gold", 1),
        ("a three-headed dog", 1),
        ("999 balloons", 50),
        ("two white mice", 2),
    ],
)
def test_counts(prompt: str, count: int) -> None:
    assert understand(prompt).objects[0].count == count


def test_a_plural_without_a_number_is_more_than_one() -> None:
    assert understand("dogs in a park").objects[0].count > 1


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a red car and a blue house", [("car", "red"), ("house", "blue")]),
        ("a cat with a red hat", [("cat", None), ("hat", "red")]),
        ("the car is red and the house is blue", [("car", "red"), ("house", "blue")]),
        ("a cat with blue eyes", [("cat", None)]),
        ("a blue-eyed husky", [("dog", None)]),
        ("a house with a red roof", [("house", None)]),
        ("a cat with white fur", [("cat", "white")]),
        ("red and blue balloons", [("balloon", "red"), ("balloon", "blue")]),
        ("a red and a blue car", [("car", "red"), ("car", "blue")]),
        ("a black and white cow", [("cow", None)]),
        ("three balls, one red, one blue and one green", [("ball", c) for c in ("red", "blue", "green")]),
        ("four cats: two black, one orange", [("cat", "black"), ("cat", "orange"), ("cat", None)]),
        ("five cups, two of them red", [("cup", "red"), ("cup", None)]),
        ("two cats, one black and the other white", [("cat", "black"), ("cat", "white")]),
        ("a red car and a blue one", [("car", "red"), ("car", "blue")]),
        ("one green bottle and two brown ones", [("bottle", "green"), ("bottle", "brown")]),
        ("a ladybug on a green leaf", [("ladybug", None), ("leaf", "green")]),
        ("a dark blue bicycle", [("bicycle", "navy")]),
        ("a cherry red guitar", [("guitar", "red")]),
    ],
)
def test_colours_bind_to_their_noun(prompt: str, expected: list[tuple[str, str | None]]) -> None:
    plan = understand(prompt)
    assert [(item.concept, item.color) for item in plan.objects] == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a cat sitting on a sofa", {"cat on sofa"}),
        ("a dog under a table", {"dog under table"}),
        ("a lamp to the left of an armchair", {"lamp left of armchair"}),
        ("a castle surrounded by trees", {"tree around castle"}),
        ("an astronaut riding a horse", {"astronaut riding horse"}),
        ("a cat wearing a hat and a scarf", {"cat wearing hat", "cat wearing scarf"}),
        ("a woman in a dress", {"woman wearing dress"}),
        ("a tree between a house and a car", {"tree between house", "tree between car"}),
        ("a table with a vase on it", {"vase on table"}),
        ("a turtle with a house on its back", {"house on turtle"}),
        ("a bowl of fruit", {"fruit in bowl"}),
        ("a cat on the left and a dog on the right", {"cat left of dog"}),
        ("a cat and a dog on a sofa", {"cat on sofa", "dog on sofa"}),
        ("a lion with a crown sitting on a throne", {"lion wearing crown", "lion on throne"}),
        ("a mouse chased by a cat", {"cat chasing mouse"}),
        ("a duck in a pond", {"duck in pond"}),
        ("a cat in a box on a rug", {"cat in box", "box on rug"}),
        ("an armchair in the shape of an avocado", {"avocado on armchair"}),
        ("a cat and a dog. The cat is wearing a hat.", {"cat wearing hat"}),
        ("a raccoon astronaut", {"raccoon wearing spacesuit"}),
        ("children flying kites", {"child holding kite"}),
    ],
)
def test_relations(prompt: str, expected: set[str]) -> None:
    assert relations(understand(prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "slot", "value"),
    [
        ("a dog on the beach", "place", "beach"),
        ("an astronaut on the moon", "place", "moon"),
        ("a cow jumping over the moon", "place", None),
        ("a field of sunflowers", "place", "flower field"),
        ("a crab under the sea", "place", "underwater"),
        ("a city at night", "time", "night"),
        ("a park at dawn", "time", "dawn"),
        ("a sunlit room", "weather", "sunny"),
        ("a fox in the snow", "weather", "snow"),
        ("a lake in autumn", "season", "autumn"),
        ("a spooky castle", "mood", "spooky"),
        ("a happy dog", "mood", None),
        ("a castle next to a waterfall", "place", None),
    ],
)
def test_settings(prompt: str, slot: str, value: str | None) -> None:
    assert getattr(understand(prompt).setting, slot) == value


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("a fox in the style of a watercolor", "watercolor"),
        ("an oil painting of a fox", "oil painting"),
        ("3D render of a fox, digital art", "glossy 3d"),
        ("a fox, digital art", "glossy 3d"),
        ("a fox by van Gogh", "impasto"),
        ("an Impressionist painting of a fox", "impasto"),
        ("ukiyo-e fox", "ukiyo-e"),
        ("8-bit fox", "pixel art"),
        ("vector art of a fox", "flat"),
        ("a photograph of a fox", "photo"),
        ("a fox, children's book illustration", "children's book"),
        ("a fox", None),
    ],
)
def test_styles(prompt: str, style: str | None) -> None:
    plan = understand(prompt)
    assert plan.style == style
    assert concepts(plan) == ["fox"]


@pytest.mark.parametrize(
    ("prompt", "text", "carrier"),
    [
        ('a sign that says "OPEN"', "OPEN", "sign"),
        ("a sign that says OPEN", "OPEN", "sign"),
        ("a banner with the words “Welcome Home”", "Welcome Home", "banner"),
        ('"HELLO" written on a wall', "HELLO", "wall"),
        ("a t-shirt with the text 'hello world'", "hello world", "t-shirt"),
        ('a cat, "MEOW"', "MEOW", None),
    ],
)
def test_lettering(prompt: str, text: str, carrier: str | None) -> None:
    plan = understand(prompt)
    assert plan.lettering == text
    assert (plan.objects[plan.lettering_on].concept if plan.lettering_on is not None else None) == carrier


def test_lettering_may_hold_signs_and_numbers() -> None:
    assert understand("Sale sign saying 50% OFF in front of a store").lettering == "50% OFF"


def test_apostrophes_are_not_quotes() -> None:
    assert understand("a dog's bone and a cat's toy").lettering is None


def test_whole_picture_colours_backdrops_and_transparency() -> None:
    assert understand("a fish on a dark blue background").colors == ("navy",)
    assert understand("a city in shades of teal and pink").colors == ("teal", "pink")
    assert understand("a purple room").colors == ("purple",)
    plan = understand("a red rose on a transparent background")
    assert (plan.background, plan.colors, plan.objects[0].color) == ("transparent", (), "red")


def test_composition_and_portraits() -> None:
    plan = understand("a close-up portrait of a lion")
    assert plan.composition == "close-up"
    assert plan.objects[0].portrait
    assert understand("a cat face").objects[0].portrait
    assert not understand("a cat").objects[0].portrait


def test_sizes_attributes_and_facing() -> None:
    item = understand("a tiny striped baby tiger running, facing left").objects[0]
    assert (item.concept, item.size, item.attributes, item.facing) == (
        "tiger",
        "tiny",
        ("striped", "baby", "running"),
        "left",
    )


def test_unknown_words_are_named_and_known_ones_are_not() -> None:
    plan = understand("a zorblax riding a majestic unicorn quickly")
    assert plan.unknown == ("zorblax",)
    assert concepts(plan) == ["unicorn"]
    assert relations(plan) == set()


def test_the_scenery_itself_is_marked() -> None:
    plan = understand("a duck in a pond")
    assert plan.setting.place == "pond"
    assert [item.concept for item in plan.objects if item.scenery] == ["pond"]


def test_a_pool_in_a_lounge_is_an_object() -> None:
    plan = understand("A sunlit indoor lounge area with a pool containing a flamingo")
    assert plan.setting.place == "lounge"
    assert relations(plan) == {"flamingo in pool"}
    assert not any(item.scenery for item in plan.objects)


def test_parts_and_serving_dishes_are_no_things_of_their_own() -> None:
    for prompt, concepts in (
        ("a robot with stars on the glass of his helmet", ["robot", "star", "helmet"]),
        ("a bowl of soup", ["soup"]),
        ("a snowman while a dog watches", ["dog", "snowman"]),
        ("a bowl of cherries", ["bowl", "cherry"]),
        ("a red house, a cat in front of the door", ["house", "cat"]),
        ("a bee on a sunflower, the flower is big", ["bee", "sunflower"]),
        ("a crayon drawing of a cat on blue paper", ["cat"]),
    ):
        assert sorted(item.concept for item in understand(prompt).objects) == sorted(concepts), prompt


def test_landmarks_stay_things() -> None:
    for prompt, concept in (("Mount Fuji and a cherry tree", "mount fuji"), ("an iceberg", "iceberg")):
        assert next((o.concept, o.scenery) for o in understand(prompt).objects) == (concept, False)


def test_animals_have_babies_and_families_of_their_kind() -> None:
    plan = understand("a duck and her five babies")
    assert [(o.concept, o.count) for o in plan.objects] == [("duck", 1), ("duck", 5)]
    assert [(o.concept, o.count) for o in understand("a bear family").objects] == [("bear", 4)]


def test_a_moon_makes_night_and_a_logo_shows_what_a_place_is_for() -> None:
    assert understand("an owl under a full moon").setting.time == "night"
    assert understand("sun, earth and moon").setting.time is None
    assert [o.concept for o in understand("logo for a coffee shop").objects] == ["coffee"]
