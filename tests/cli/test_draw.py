"""`egaku generate | edit | vary` with the blank engine: files written, faults in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.run import Ran, run_cli
from tests.pictures import decoded, encoded, format_of, holed, noise

BLANK = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}


def draw(*args: str) -> Ran:
    return run_cli(*args, env=BLANK)


def test_generate(tmp_path: Path) -> None:
    ran = draw(
        "generate",
        "a fox",
        "-n",
        "2",
        "-s",
        "128x64",
        "--seed",
        "5",
        "-o",
        str(tmp_path / "fox.png"),
        "--json",
    )
    assert ran.code == 0, ran.err
    said: dict[str, Any] = ran.json()
    paths = [tmp_path / "fox-1.png", tmp_path / "fox-2.png"]
    assert (said["seed"], [Path(file["path"]) for file in said["files"]]) == (5, paths)
    pictures = [path.read_bytes() for path in paths]
    assert [decoded(one).shape for one in pictures] == [(64, 128, 4)] * 2
    assert pictures[0] != pictures[1]
    draw("generate", "a fox", "-n", "2", "-s", "128x64", "--seed", "5", "-o", str(tmp_path / "again.png"))
    # Pixels, not bytes: each file says when it was made.
    assert np.array_equal(decoded((tmp_path / "again-1.png").read_bytes()), decoded(pictures[0]))


def test_generate_into_a_folder(tmp_path: Path) -> None:
    ran = draw("generate", "a", "-s", "64x64", "-o", str(tmp_path), "--format", "webp")
    assert ran.code == 0, ran.err
    (path,) = tmp_path.iterdir()
    assert ran.out.strip() == str(path)
    assert (path.suffix, format_of(path.read_bytes())) == (".webp", "WEBP")


def test_edit_keeps_what_is_outside_the_mask(tmp_path: Path) -> None:
    source, mask = noise(1024, 1024), holed(1024, 1024, seed=2)
    image, cut, out = tmp_path / "a.png", tmp_path / "m.png", tmp_path / "out.png"
    image.write_bytes(encoded(source))
    cut.write_bytes(encoded(mask))
    ran = draw("edit", str(image), "a fox", "-m", str(cut), "-o", str(out))
    assert ran.code == 0, ran.err
    outside = mask[..., 3] > 0
    assert np.array_equal(decoded(out.read_bytes())[outside], source[outside])


def test_vary_takes_a_jpeg_of_any_shape(tmp_path: Path) -> None:
    image, out = tmp_path / "a.jpg", tmp_path / "out.png"
    image.write_bytes(encoded(noise(90, 60, 3), "JPEG"))
    ran = draw("vary", str(image), "-o", str(out), "--strength", "0.2")
    assert ran.code == 0, ran.err
    assert decoded(out.read_bytes()).shape == (1024, 1536, 4)


FAULTS = [
    ("generate", "", "'' is too short - 'prompt'"),
    ("generate", "a", "-s", "9x9", "Invalid size '9x9'. Width and height must both be divisible by 16."),
    ("generate", "a", "--format", "gif", "'gif' is not one of ['png', 'jpeg', 'webp'] - 'output_format'"),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: " ".join(case[:-1]))
def test_faults(tmp_path: Path, case: tuple[str, ...]) -> None:
    *args, message = case
    ran = draw(*args, "-o", str(tmp_path))
    assert (ran.code, ran.out, ran.err) == (1, "", f"egaku: {message}\n")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"hello")
    ran = draw("vary", str(path), "-o", str(tmp_path / "out.png"))
    assert ran.code == 1
    assert ran.err.startswith("egaku: ")
    assert "Traceback" not in ran.err


def test_strength_that_is_no_number(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(noise(64, 64)))
    ran = draw("vary", str(path), "--strength", "nan", "-o", str(tmp_path / "out.png"))
    assert (ran.code, ran.err) == (1, "egaku: nan is less than the minimum of 0 - 'strength'\n")


def test_what_the_server_refuses_is_refused_here_by_the_same_settings(tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    asked = ("generate", "naked woman on a bed", "-s", "64x64", "-o", str(out))
    refused = draw(*asked)
    assert refused.code == 1
    assert "rejected as a result of our safety system" in refused.err
    assert "EGAKU_MODERATION" in refused.err
    assert "naked" not in refused.err
    assert not out.exists()
    allowed = run_cli(*asked, env={**BLANK, "EGAKU_MODERATION": "off"})
    assert (allowed.code, out.exists()) == (0, True), allowed.err


def test_minors_are_refused_under_every_policy(tmp_path: Path) -> None:
    for policy in ("strict", "standard", "low", "off"):
        ran = run_cli(
            "generate", "nude child", "-o", str(tmp_path), env={**BLANK, "EGAKU_MODERATION": policy}
        )
        assert (ran.code, list(tmp_path.iterdir())) == (1, []), policy


def test_uploads_are_judged(tmp_path: Path) -> None:
    """A threshold of 0 refuses any picture; no package carries one that a sensible threshold would."""
    image, out = tmp_path / "a.png", tmp_path / "out.png"
    image.write_bytes(encoded(noise(64, 64)))
    asked = ("vary", str(image), "-s", "64x64", "-o", str(out))
    refused = run_cli(*asked, env={**BLANK, "EGAKU_MODERATION_THRESHOLDS": '{"sexual": 0}'})
    assert refused.code == 1
    assert "input image" in refused.err
    assert not out.exists()
    assert draw(*asked).code == 0
