"""Promise: rebuilding the bank leaves NOTICE whole, the picture judge's networks included."""

from __future__ import annotations

import pytest

pytest.importorskip("fontTools", reason="needs the dependency group `bank`: pip install --group bank")

from tools.bank import notice

FONT = "The lettering font:\n\n"
NETWORKS = "\n\nopen_nsfw, BSD 2-Clause:"


def test_what_is_written_is_what_is_committed() -> None:
    committed = notice.NOTICE.read_text(encoding="utf-8")
    font = committed[committed.index(FONT) + len(FONT) : committed.index(NETWORKS)]
    assert notice.text(font + "\n") == committed
    assert "Yahoo" in committed
    assert "Infinite Red" in committed
    assert "M PLUS" in committed
