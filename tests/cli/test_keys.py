"""`egaku keys`: made, listed without their secrets, revoked."""

from __future__ import annotations

import re
from pathlib import Path

from egaku.cli.keys import FIELDS
from egaku.contract.keys import KeyFields
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


def test_everything_a_key_can_be_told(tmp_path: Path) -> None:
    options = {
        "images_per_minute": 7, "images_per_day": 70, "images_per_month": 700, "max_concurrent": 3,
        "organization": "org-x", "user": "ann", "moderation": "strict",
    }  # fmt: skip
    flags = [text for name, value in options.items() for text in (f"--{name.replace('_', '-')}", str(value))]
    made = run_cli(
        "keys", "create", "x", *flags, "--models", "dall-e-2, gpt-image-1", "--json", data_dir=tmp_path
    )
    expected = {**options, "models": ["dall-e-2", "gpt-image-1"], "is_admin": False, "name": "x"}
    assert {name: made.json()[name] for name in expected} == expected
    change = ["--images-per-day", "9", "--unset", "images-per-month", "--unset", "models", "--name", "y"]
    run = run_cli("keys", "update", made.json()["id"], *change, "--json", data_dir=tmp_path)
    expected |= {"images_per_day": 9, "images_per_month": None, "models": None, "name": "y"}
    assert {name: run.json()[name] for name in expected} == expected
    assert run_cli("keys", "list", "--json", data_dir=tmp_path).json() == [run.json()]
    table = run_cli("keys", "list", data_dir=tmp_path, env={"COLUMNS": "150"}).out
    assert "7/min, 9/day" in table


def test_admin_keys(tmp_path: Path) -> None:
    made = run_cli("keys", "create", "boss", "--admin", "--json", data_dir=tmp_path).json()
    assert made["is_admin"] is True
    assert "administers" in run_cli("keys", "list", data_dir=tmp_path, env={"COLUMNS": "150"}).out
    limited = run_cli("keys", "create", "--admin", "--images-per-day", "5", data_dir=tmp_path)
    expected = "egaku: --images-per-day: an admin key does not draw\n"
    assert (limited.code, limited.out, limited.err) == (2, "", expected)


def test_every_field_has_its_option() -> None:
    assert {"name", *FIELDS} == set(KeyFields.__annotations__)


def test_wrong_values_are_named(tmp_path: Path) -> None:
    for flags, named in (
        (["--images-per-day", "0"], "images_per_day"),
        (["--moderation", "none"], "moderation"),
        (["--organization", "a b"], "organization"),
        (["--models", ", "], "models"),
    ):
        ran = run_cli("keys", "create", *flags, data_dir=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert f"'{named}'" in ran.err
    nothing = run_cli("keys", "update", "key_x", data_dir=tmp_path)
    assert (nothing.code, "at least one field" in nothing.err) == (2, True)
    nobody = run_cli("keys", "update", "key_x", "--name", "x", data_dir=tmp_path)
    assert (nobody.code, nobody.err) == (1, "egaku: no such key in force\n")
    unknown = run_cli("keys", "update", "key_x", "--unset", "hash", data_dir=tmp_path)
    assert (unknown.code, "'hash'" in unknown.err) == (2, True)
