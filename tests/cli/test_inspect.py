"""`egaku models | doctor | --version`: what there is."""

from __future__ import annotations

from pathlib import Path

from egaku import __version__
from tests.cli.run import run_cli
from tests.server import free_port

BLANK = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}


def test_version() -> None:
    ran = run_cli("--version")
    assert (ran.code, ran.out) == (0, f"egaku {__version__}\n")


def test_models() -> None:
    said = run_cli("models", "--json", env=BLANK).json()
    assert said["served"] == "blank"
    assert {"blank", "illustrator"} <= set(said["engines"])
    assert {"dall-e-2", "dall-e-3", "gpt-image-1"} <= set(said["names"])


def test_doctor(tmp_path: Path) -> None:
    ran = run_cli("doctor", "--json", data_dir=tmp_path, env={**BLANK, "EGAKU_PORT": str(free_port())})
    said = {row["check"]: row["ok"] for row in ran.json()}
    assert (ran.code, set(said.values())) == (0, {True}), ran.out
    assert {"data", "keys", "memory", "port", "engine"} <= set(said)


def test_doctor_names_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    ran = run_cli("doctor", "--json", data_dir=file / "below", env={**BLANK, "EGAKU_PORT": str(free_port())})
    said = {row["check"]: row for row in ran.json()}
    assert ran.code == 1
    assert not said["data"]["ok"]
    assert said["memory"]["ok"]
