"""A store that cannot be used stops the start with its name and what to do, not with a stack trace."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.run import run_cli
from tests.services import PostgreSQL

UNREACHABLE = "postgresql://egaku:hunter2@127.0.0.1:1/egaku"


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "egaku.db").write_bytes(b"not a database" * 1000)
    for words in (("serve", "--port", "0"), ("keys", "list")):
        done = run_cli(*words, data_dir=tmp_path)
        assert done.code == 2
        assert "egaku.db is damaged" in done.err
        assert "backup" in done.err
        assert "Traceback" not in done.err
    assert (tmp_path / "egaku.db").read_bytes() == b"not a database" * 1000


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("EGAKU_DATABASE_URL", UNREACHABLE, "postgresql://127.0.0.1:1/egaku cannot be used"),
        ("EGAKU_DATABASE_URL", "mysql://egaku:hunter2@x/y", "EGAKU_DATABASE_URL"),
        ("EGAKU_IMAGES_URL", "s3://", "EGAKU_IMAGES_URL"),
        ("EGAKU_IMAGES_URL", "https://bucket", "EGAKU_IMAGES_URL"),
    ],
)
def test_a_wrong_address(tmp_path: Path, variable: str, value: str, named: str) -> None:
    done = run_cli("serve", "--port", "0", data_dir=tmp_path, env={variable: value})
    assert done.code == 2
    assert named in done.err
    assert "Traceback" not in done.err
    assert "hunter2" not in done.err


NEEDS_THE_DATA_FOLDER = [
    ("serve", "--port", "0"),
    ("generate", "a fox", "-s", "64x64"),
    ("keys", "list"),
    ("keys", "create", "a"),
    ("usage",),
    ("moderation", "review"),
]


@pytest.mark.parametrize("words", NEEDS_THE_DATA_FOLDER, ids=" ".join)
@pytest.mark.parametrize("place", ["a file", "a file/below"])
def test_a_data_folder_that_cannot_be_made(tmp_path: Path, words: tuple[str, ...], place: str) -> None:
    (tmp_path / "a file").write_bytes(b"mine")
    folder = tmp_path / place
    env = {"EGAKU_DATA_DIR": str(folder), "EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}
    done = run_cli(*words, env=env)
    assert (done.code, done.out) == (2, "")
    named = f"egaku: --data-dir (EGAKU_DATA_DIR): {folder} cannot be used: "
    assert done.err.startswith(named)
    assert done.err.count("\n") == 1
    assert (tmp_path / "a file").read_bytes() == b"mine"


@pytest.mark.services
def test_a_server_whose_stores_are_elsewhere_needs_the_data_folder_too(
    tmp_path: Path, postgresql: PostgreSQL
) -> None:
    """Its secret and its name are there: said before it listens, not by a stack trace from inside."""
    (tmp_path / "file").write_bytes(b"")
    env = {"EGAKU_DATABASE_URL": postgresql.database(), "EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}
    done = run_cli("serve", "--port", "0", data_dir=tmp_path / "file", env=env)
    assert (done.code, done.err.startswith("egaku: --data-dir (EGAKU_DATA_DIR): ")) == (2, True), done.err
    assert "Traceback" not in done.err


def test_doctor_says_that_the_data_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run_cli("doctor", "--json", data_dir=tmp_path / "file", env={"EGAKU_ENGINE": "blank"})
    failed = {one["check"]: one["detail"] for one in done.json() if not one["ok"]}
    assert done.code == 1
    assert "cannot be used" in failed["data"]


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that even root cannot write to")
@pytest.mark.parametrize("words", [("generate", "a fox", "-s", "64x64"), ("keys", "list")], ids=" ".join)
def test_a_data_folder_that_cannot_be_written_to(words: tuple[str, ...]) -> None:
    done = run_cli(*words, env={"EGAKU_DATA_DIR": "/proc/self", "EGAKU_ENGINE": "blank"})
    assert (done.code, done.out) == (2, "")
    assert done.err == "egaku: --data-dir (EGAKU_DATA_DIR): /proc/self cannot be written to\n"
