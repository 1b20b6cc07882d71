"""The model list, and what a key's own list leaves of it."""

from __future__ import annotations

import pytest

from egaku.contract.errors import NotFound
from egaku.contract.models import DIALECT_NAMES, find_model, model_list, model_names

SERVED = "illustrator"


def test_everything_without_a_list_of_ones_own() -> None:
    assert model_names(SERVED) == (SERVED, *DIALECT_NAMES)
    listed = model_list(SERVED)
    assert [one["id"] for one in listed["data"]] == [SERVED, *DIALECT_NAMES]
    assert {one["object"] for one in listed["data"]} == {"model"}


@pytest.mark.parametrize(
    ("allowed", "left"),
    [
        (("gpt-image-1", "dall-e-2"), ("dall-e-2", "gpt-image-1")),
        (("dall-e-2", SERVED, "dall-e-2"), (SERVED, "dall-e-2")),
        (("sdxl", "dall-e-3", "sdxl"), ("dall-e-3", "sdxl")),
    ],
)
def test_a_list_of_ones_own(allowed: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert model_names(SERVED, allowed) == left
    for name in left:
        assert find_model(name, SERVED, allowed)["id"] == name


@pytest.mark.parametrize("name", ["dall-e-3", "nothing"])
def test_not_allowed_reads_like_unknown(name: str) -> None:
    with pytest.raises(NotFound) as caught:
        find_model(name, SERVED, ("dall-e-2",))
    assert caught.value.message == f"The model '{name}' does not exist"
    assert (caught.value.param, caught.value.code) == ("model", "model_not_found")
