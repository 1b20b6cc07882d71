"""`egaku serve`: where it listens and for whom, and which settings stop it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from egaku.cli.serve import OPEN_BIND
from egaku.provenance.credentials import KEY_FILE
from tests.api.conftest import make_key
from tests.cli.run import run_cli
from tests.server import free_port

ENGINE = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}
EVERYWHERE = "0.0.0.0"  # noqa: S104  what is tested
FAR = [EVERYWHERE, "::", "192.0.2.1", ""]
"""Hosts that are not certainly this machine alone. 192.0.2.1 is nobody's (RFC 5737)."""


@pytest.mark.parametrize("host", FAR)
def test_no_listening_beyond_this_machine_without_keys(tmp_path: Path, host: str) -> None:
    ran = run_cli("serve", "--host", host, "--port", str(free_port()), data_dir=tmp_path, env=ENGINE)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == OPEN_BIND.format(host=host) + "\n"


def outcome(host: str, folder: Path, *args: str) -> str:
    """`serves`, or how it ended; given the time to do either."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "egaku",
        "serve",
        "--host",
        host,
        "--port",
        str(port),
        "--data-dir",
        str(folder),
    ]
    with subprocess.Popen(
        [*command, *args], stderr=subprocess.PIPE, text=True, env={**os.environ, **ENGINE}
    ) as process:
        until = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < until:
            if _answers(port):
                process.terminate()
                process.communicate(timeout=10)
                return "serves"
            time.sleep(0.05)
        process.kill()
        _, err = process.communicate()
        return f"exit {process.returncode}: {err.splitlines()[0] if err else ''}"


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


MATRIX = [
    ("127.0.0.1", False, (), "serves"),
    ("127.0.0.1", True, (), "serves"),
    ("localhost", False, (), "serves"),
    (EVERYWHERE, True, (), "serves"),
    (EVERYWHERE, False, ("--allow-anyone",), "serves"),
    (EVERYWHERE, False, (), "exit 2: " + OPEN_BIND.format(host=EVERYWHERE).splitlines()[0]),
]


@pytest.mark.parametrize(("host", "key", "args", "expected"), MATRIX)
def test_matrix(tmp_path: Path, host: str, key: bool, args: tuple[str, ...], expected: str) -> None:
    """Promise 17: loopback needs nothing; beyond it a key or the flag that says what it means."""
    if key:
        make_key(tmp_path)
    assert outcome(host, tmp_path, *args) == expected


def test_a_revoked_key_is_still_a_closed_door(tmp_path: Path) -> None:
    """The server may listen: with no key in force everybody is refused, nobody let in."""
    make_key(tmp_path)
    (key,) = run_cli("keys", "list", "--json", data_dir=tmp_path).json()
    run_cli("keys", "revoke", key["id"], data_dir=tmp_path)
    assert outcome(EVERYWHERE, tmp_path) == "serves"


WRONG = [
    (["--port", "70000"], {}, "--port (EGAKU_PORT)"),
    ([], {"EGAKU_LINK_SECONDS": "999999999"}, "--link-seconds (EGAKU_LINK_SECONDS)"),
    (["--engine", "none"], {}, "--engine (EGAKU_ENGINE)"),
]


@pytest.mark.parametrize(("args", "env", "named"), WRONG, ids=lambda value: str(value)[:30])
def test_a_wrong_setting_stops_the_start_and_is_named(
    tmp_path: Path, args: list[str], env: dict[str, str], named: str
) -> None:
    ran = run_cli("serve", *args, data_dir=tmp_path, env={**ENGINE, **env})
    assert ran.code == 2
    assert ran.err.startswith(f"egaku: {named}: ")
    assert "Traceback" not in ran.err


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run_cli("serve", "--port", str(taken.getsockname()[1]), data_dir=tmp_path, env=ENGINE)
    assert ran.code == 1
    assert "address already in use" in ran.err.lower()
    assert "Another port: --port, or EGAKU_PORT." in ran.err
    assert "Traceback" not in ran.err


def test_what_keeps_it_from_starting_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("broken")
    ran = run_cli("serve", "--port", str(free_port()), data_dir=tmp_path, env=ENGINE)
    assert ran.code == 3
    why = f"egaku: {tmp_path / KEY_FILE} is not egaku's signing key; delete it to have a new one made"
    assert why in ran.err
    assert "Traceback" not in ran.err
