"""`egaku keys`: made, listed without their secrets, revoked."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.run import run_cli


def test_create_list_revoke(tmp_path: Path) -> None:
    made = run_cli("keys", "create", "a phone", data_dir=tmp_path)
    assert made.code == 0
    assert re.fullmatch(r"sk-egaku-[A-Za-z0-9]{43}\n", made.out)
    other = run_cli("keys", "create", "b", "--images-per-minute", "7", "--json", data_dir=tmp_path).json()
    assert other["images_per_minute"] == 7
    listed = run_cli("keys", "list", "--json", data_dir=tmp_path)
    assert [key["name"] for key in listed.json()] == ["a phone", "b"]
    assert made.out.strip() not in listed.out
    assert other["key"] not in listed.out
    table = run_cli("keys", "list", data_dir=tmp_path, env={"COLUMNS": "150"}).out
    assert "a phone" in table
    assert made.out.strip()[-4:] in table
    assert run_cli("keys", "revoke", other["id"], data_dir=tmp_path).code == 0
    again = run_cli("keys", "revoke", other["id"], data_dir=tmp_path)
    assert (again.code, again.err) == (1, "egaku: no such key in force\n")
    by_itself = run_cli("keys", "revoke", made.out.strip(), data_dir=tmp_path)
    assert by_itself.code == 0
    assert made.out.strip() not in by_itself.err
