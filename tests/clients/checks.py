"""Whether an outcome is what the case expects, down to the pixels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from PIL import Image

from tests.clients.case import Case, Failure, Models, Pictures, Verdicts
from tests.clients.catalogue import Client
from tests.clients.uploads import outside_hole

Outcome = Mapping[str, Any]


def check(case: Case, client: Client, outcome: Outcome, uploads: Mapping[str, Path]) -> None:
    """Raises AssertionError, with both sides in its text, when `outcome` differs from `case.expect`."""
    expect = case.expect
    if isinstance(expect, Failure):
        assert "error" in outcome, f"expected {expect}, got {outcome}"
        _check_failure(expect, client, outcome["error"])
        assert expect.within is None or outcome["seconds"] < expect.within, "the client waited and retried"
        return
    assert "error" not in outcome, f"the client raised {outcome['error']}"
    if isinstance(expect, Models):
        assert set(expect.ids) <= set(outcome["models"])
        assert not expect.only or len(outcome["models"]) == len(expect.ids)
    elif isinstance(expect, Verdicts):
        assert (outcome["model"], tuple(outcome["flagged"])) == (expect.model, expect.flagged)
    else:
        _check_pictures(expect, client, outcome, uploads)


def _check_failure(expect: Failure, client: Client, error: Outcome) -> None:
    assert error["class"] == client.errors[expect.status], error
    for fact in sorted(client.shows):
        wanted = getattr(expect, fact)
        if isinstance(wanted, re.Pattern):
            assert wanted.fullmatch(error[fact]), f"{fact}: {error[fact]!r} is not {wanted.pattern!r}"
        else:
            assert error[fact] == wanted, f"{fact}: {error}"


def _check_pictures(expect: Pictures, client: Client, outcome: Outcome, uploads: Mapping[str, Path]) -> None:
    pictures = outcome["pictures"]
    assert len(pictures) == expect.count
    if expect.events:
        assert tuple(outcome["events"]) == expect.events
    if expect.usage and client.extras:
        assert _total(outcome["usage"]) > 0
    for picture in pictures:
        if client.forms:
            assert picture["form"] == expect.form
        if picture.get("url"):
            assert urlsplit(picture["url"]).path.endswith(".png"), "clients take the extension from the path"
        if client.extras and not expect.events:
            assert bool(picture.get("revised_prompt")) == expect.revised
        with Image.open(picture["path"]) as image:
            assert (image.format, image.size) == (expect.format, expect.size)
            _check_pixels(expect, image, uploads)


def _total(usage: Outcome) -> int:
    total: int = usage.get("total_tokens") or usage["totalTokens"]  # The AI SDK renames it.
    return total


def _check_pixels(expect: Pictures, image: Image.Image, uploads: Mapping[str, Path]) -> None:
    pixels = np.asarray(image.convert("RGBA"))
    assert (pixels[..., 3].min() == 0) == expect.transparent
    if expect.keeps:
        with Image.open(uploads[expect.keeps]) as upload:
            original = np.asarray(upload.convert("RGB"))
        kept = outside_hole(image.size)
        differing = (pixels[..., :3] != original).any(axis=-1) & kept
        assert np.count_nonzero(differing) == 0, "pixels outside the hole changed"
        assert (pixels[~kept][:, :3] != original[~kept]).any(), "nothing was drawn in the hole"
