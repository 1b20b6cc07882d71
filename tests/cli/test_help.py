"""`--help`: what is written in brackets is shown, and nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from typer import Typer

from egaku.cli import app
from tests.cli.run import run_cli


def commands(of: Typer, *path: str) -> Iterator[tuple[str, ...]]:
    """Every command and group, as the words that call it."""
    yield path
    for command in of.registered_commands:
        callback = command.callback
        yield (*path, command.name or (callback.__name__ if callback else ""))
    for group in of.registered_groups:
        assert group.typer_instance
        yield from commands(group.typer_instance, *path, group.name or "")


def words_of(help_: str) -> str:
    """On one line, however wide the terminal is."""
    return re.sub(r"\s+", " ", help_)


@pytest.mark.parametrize("words", list(commands(app)), ids=" ".join)
def test_every_help(words: tuple[str, ...]) -> None:
    ran = run_cli(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "--help" in ran.out
    assert "bool" not in ran.out  # a flag takes no value
    assert not re.search(r"\w\.\.\.$", ran.out, re.MULTILINE)


DEFAULTS = [
    ("serve", "What draws. [illustrator]"),
    ("serve", "Drawing processes. [one per core]"),
    ("serve", "debug, info, warning or error. [info]"),
    ("serve", "Address to listen on. [127.0.0.1]"),
    ("generate", "What draws. [illustrator]"),
    ("moderation check", "[as configured]"),
]


@pytest.mark.parametrize(("words", "said"), DEFAULTS)
def test_defaults_in_brackets_are_shown(words: str, said: str) -> None:
    assert said in words_of(run_cli(*words.split(), "--help").out)
