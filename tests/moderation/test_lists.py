"""The operator's own phrases: where they match, and which list wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from egaku.moderation.lists import PhraseLists, read_list


def test_phrases_between_commas() -> None:
    assert read_list(" acme cola, 王様 ,,") == ("acme cola", "王様")
    assert read_list("") == ()


def test_phrases_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "deny.txt"
    path.write_text("# ours\nacme, cola\n\n王様  # a king\n", encoding="utf-8")
    assert read_list(str(path)) == read_list(f"@{path}") == ("acme, cola", "王様")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        read_list(str(tmp_path / "nowhere.txt"))


def test_borders_of_words() -> None:
    lists = PhraseLists.of(deny=["ass", "王様"])
    assert lists.denies("an ASS in a field")
    assert not lists.denies("a glass of grass")
    assert lists.denies("裸の王様だ")


def test_disguised_denied_phrases() -> None:
    lists = PhraseLists.of(deny=["porn"])
    assert lists.denies("p0rn")
    assert lists.denies("p o r n")


def test_empty_lists_do_nothing() -> None:
    lists = PhraseLists.of()
    assert not lists.denies("anything")
    assert lists.without_allowed("anything") == "anything"


def test_an_allowed_phrase_is_taken_out() -> None:
    assert PhraseLists.of(allow=["Scunthorpe"]).without_allowed("a street in scunthorpe") == "a street in"
