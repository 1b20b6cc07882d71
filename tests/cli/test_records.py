"""A store that cannot be used stops the start with its name and what to do, not with a stack trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import run_cli

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
