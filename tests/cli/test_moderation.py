"""`egaku moderation`: a prompt judged; reports listed, closed, forgotten."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.cli.records import with_database
from egaku.settings import Settings
from egaku.storage.reports import Report, ReportStore
from tests.cli.run import run_cli


def report(folder: Path, note: str) -> Report:
    """A report as the server would have kept it."""

    async def add(database: AsyncEngine) -> Report:
        return await ReportStore(database).add(
            "key_a",
            "req_1",
            where="prompt",
            categories=["violence"],
            policy="standard",
            note=note,
            prompt=None,
        )

    return asyncio.run(with_database(Settings(data_dir=folder), add))


def test_review(tmp_path: Path) -> None:
    first, second = report(tmp_path, "a stage [bold]fight[/bold]"), report(tmp_path, "b")
    listed = run_cli("moderation", "review", "--json", data_dir=tmp_path).json()
    assert {one["id"] for one in listed} == {first.id, second.id}
    shown = run_cli("moderation", "review", data_dir=tmp_path, env={"COLUMNS": "200"}).out
    assert "a stage [bold]fight[/bold]" in shown
    assert run_cli("moderation", "review", first.id, data_dir=tmp_path).code == 2
    assert run_cli("moderation", "review", first.id, "--wrong", data_dir=tmp_path).code == 0
    open_ones = run_cli("moderation", "review", "--json", data_dir=tmp_path).json()
    assert [one["id"] for one in open_ones] == [second.id]
    closed = run_cli("moderation", "review", "--all", "--json", data_dir=tmp_path).json()
    assert {one["id"]: one["outcome"] for one in closed} == {first.id: "wrong", second.id: None}
    assert run_cli("moderation", "review", second.id, "--forget", data_dir=tmp_path).code == 0
    assert run_cli("moderation", "review", second.id, "--right", data_dir=tmp_path).code == 1


def test_check() -> None:
    fine = run_cli("moderation", "check", "a red fox in a snowy forest")
    assert (fine.code, fine.out.splitlines()[0]) == (0, "passes")
    bad = run_cli("moderation", "check", "a castle at dusk, two naked people having sex on a couch")
    assert (bad.code, bad.out.splitlines()[0]) == (1, "refused")
    assert "* " in bad.out
    assert "sex" in next(line for line in bad.out.splitlines() if line.startswith("*"))


def test_check_by_policy_and_as_json() -> None:
    prompt = "two naked people having sex on a couch"
    off = run_cli("moderation", "check", prompt, "--policy", "off", "--json")
    assert (off.code, off.json()["refused"], off.json()["scores"]["sexual"] > 0.5) == (0, False, True)
    wrong = run_cli("moderation", "check", prompt, "--policy", "lax")
    assert wrong.code == 2
    assert "--moderation" in wrong.err
