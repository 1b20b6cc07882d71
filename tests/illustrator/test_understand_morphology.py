"""English inflection by rule."""

import pytest

from egaku.engines.illustrator.understand import morphology


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("cats", "cat"), ("foxes", "fox"), ("puppies", "puppy"), ("wolves", "wolf"), ("mice", "mouse")],
)
def test_singulars(plural: str, singular: str) -> None:
    assert singular in morphology.singulars(plural)


@pytest.mark.parametrize("word", ["glass", "bus", "is", "as"])
def test_not_every_s_is_a_plural(word: str) -> None:
    assert not [one for one in morphology.singulars(word) if len(one) < 3]


@pytest.mark.parametrize(
    ("verb", "forms", "third"),
    [
        ("ride", ("riding", "ridden", "rode"), "rides"),
        ("carry", ("carrying", "carried"), "carries"),
        ("hug", ("hugging", "hugged"), "hugs"),
        ("watch", ("watching", "watched"), "watches"),
        ("play", ("playing", "played"), "plays"),
    ],
)
def test_verb_forms(verb: str, forms: tuple[str, ...], third: str) -> None:
    assert morphology.participles(verb) == forms
    assert morphology.third_person(verb) == third


@pytest.mark.parametrize(
    ("word", "stem"), [("running", "run"), ("happier", "happy"), ("smiled", "smile"), ("quickly", "quick")]
)
def test_stems(word: str, stem: str) -> None:
    assert stem in morphology.stems(word)


def test_near_misses_are_one_edit_away_and_bounded() -> None:
    found = list(morphology.near_misses("flamngo"))
    assert "flamingo" in found
    assert "flamnog" in found
    assert len(found) < 60 * len("flamngo")
