"""Engines by name, ours and strangers'."""

from __future__ import annotations

import pytest

from egaku.engines.registry import FACTORIES, create, module_of
from tests.generation.pools import FAULTY


def test_ours() -> None:
    for name in FACTORIES:
        assert create(name).info.name == name


def test_one_of_ones_own_is_named_by_its_module() -> None:
    assert module_of(FAULTY) == FAULTY
    assert create(FAULTY).info.name == "faulty"


@pytest.mark.parametrize("name", ["none", "", "a b.c", "a.", ".a", "a..b", "a/b.c", "1a.b"])
def test_no_such_engine(name: str) -> None:
    with pytest.raises(ValueError, match="there are blank, illustrator, or a module"):
        module_of(name)


def test_a_module_that_is_missing_or_no_engine() -> None:
    with pytest.raises(ImportError):
        create("tests.generation.nothing")
    with pytest.raises(AttributeError):
        create("tests.generation.pools")
