"""Runs one client's driver over all its cases and keeps what came out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.case import Case
from tests.clients.catalogue import REPOSITORY, Client
from tests.clients.rows import CASES

RUN_SECONDS = 110


@dataclass(frozen=True)
class Servers:
    """Base URLs of the three servers, and keys the keyed one knows."""

    urls: Mapping[str, str]
    right_key: str
    one_model_key: str
    """May ask for dall-e-2 alone."""

    def call(self, case: Case, uploads: Mapping[str, Path]) -> dict[str, Any]:
        """The case as its driver reads it."""
        keys = {
            "any": "sk-anything",
            "wrong": "sk-wrong",
            "none": None,
            "right": self.right_key,
            "one model": self.one_model_key,
        }
        return {
            "id": case.id,
            "base_url": self.urls[case.server] + case.base,
            "root_url": self.urls[case.server],
            "key": keys[case.key],
            "operation": case.verb,
            "fields": case.fields,
            "image": _paths(case.image, uploads),
            "mask": _paths(case.mask, uploads),
            "input": case.input,
        }


def _paths(names: str | list[str] | None, uploads: Mapping[str, Path]) -> str | list[str] | None:
    if names is None:
        return None
    return str(uploads[names]) if isinstance(names, str) else [str(uploads[name]) for name in names]


@dataclass(frozen=True)
class Run:
    """One finished driver: its outcome for each case, and what it complained about."""

    outcomes: Mapping[str, dict[str, Any]]
    stderr: str

    def outcome(self, case: Case) -> dict[str, Any]:
        """What came of `case`."""
        assert case.id in self.outcomes, f"the driver gave no outcome for {case.id}:\n{self.stderr[-4000:]}"
        return self.outcomes[case.id]


def run_client(client: Client, servers: Servers, uploads: Mapping[str, Path], out: Path) -> Run:
    """One process makes all the calls that apply to `client`; pictures land in `out`."""
    out.mkdir()
    calls = [servers.call(case, uploads) for case in CASES if client.reason(case) is None]
    done = subprocess.run(
        [str(client.runtime), *client.driver],
        input=json.dumps({"out": str(out), "calls": calls}),
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        cwd=REPOSITORY,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Run({line["id"]: line for line in lines}, done.stderr)
