"""Real PostgreSQL, Redis and S3 servers for tests: each in a folder of its own, on loopback.

A server that is not installed skips the tests that need it; where EGAKU_REQUIRE_SERVICES is set, they fail.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import asyncpg
import httpx
import pytest
from obstore import sign
from obstore.store import S3Store

from tests.server import free_port

ROOT = Path(__file__).parents[1]
START_SECONDS = 60.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.02
BUCKET = "pictures"
ACCESS_KEY, SECRET = "test:tester", "testing"


def require(found: str | None, what: str) -> str:
    """The path of a program; without it the test is skipped, or fails where nothing may be missing."""
    if found:
        return found
    if os.environ.get("EGAKU_REQUIRE_SERVICES"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


class Service:
    """One server process that can be stopped, and started again on the same port with the same data."""

    def __init__(self, name: str) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"egaku-{name}-"))
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What runs in the foreground and listens on `port`."""
        raise NotImplementedError

    def answers(self) -> bool:
        """True when it serves. OSError counts as no."""
        with socket.create_connection(("127.0.0.1", self.port), 1):
            return True

    def start(self) -> None:
        """Start and wait until it answers."""
        with (self.folder / "service.log").open("ab") as log:
            self._process = subprocess.Popen(self.command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            wait_until(self._is_up)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it at once, as a crash does; what it acknowledged is on its disk."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _is_up(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError((self.folder / "service.log").read_text(errors="replace"))
        try:
            return self.answers()
        except OSError:
            return False


def wait_until(condition: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    """Returns when `condition` holds; fails the test when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(POLL_SECONDS)


class PostgreSQL(Service):
    """An empty cluster; every `database()` is a new one in it."""

    def __init__(self) -> None:
        homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        path = os.pathsep.join([*map(str, homes), os.environ.get("PATH", "")])
        self._program = require(shutil.which("postgres", path=path), "PostgreSQL (Debian: postgresql)")
        initdb = require(shutil.which("initdb", path=path), "PostgreSQL (Debian: postgresql)")
        super().__init__("postgresql")
        self._user = _unprivileged(self.folder)
        options = ["-A", "trust", "-U", "egaku", "-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run(
            [*self._user, initdb, "-D", str(self.folder / "data"), *options], capture_output=True, check=True
        )
        self._made = 0

    def command(self) -> list[str]:
        options = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "max_connections=50",
        ]
        settings = [word for option in options for word in ("-c", option)]
        return [*self._user, self._program, "-D", str(self.folder / "data"), "-p", str(self.port), *settings]

    def stop(self) -> None:
        """Immediate shutdown: a crash, but one that ends its children, which a killed postmaster leaves."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(STOP_SECONDS)
        super().stop()

    def answers(self) -> bool:
        return super().answers() and self._run("SELECT 1")

    def database(self) -> str:
        """URL of a new, empty database."""
        self._made += 1
        self._run(f"CREATE DATABASE test_{self._made}")
        return self._url(f"test_{self._made}")

    def _url(self, name: str) -> str:
        return f"postgresql://egaku@127.0.0.1:{self.port}/{name}"

    def _run(self, statement: str) -> bool:
        with ThreadPoolExecutor(1) as thread:  # the caller's may have an event loop already
            return thread.submit(asyncio.run, self._execute(statement)).result()

    async def _execute(self, statement: str) -> bool:
        try:
            connection = await asyncpg.connect(self._url("postgres"), timeout=5)
        except asyncpg.CannotConnectNowError:
            return False
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
        return True


class Redis(Service):
    """Counters in memory; a restart has forgotten them."""

    def __init__(self) -> None:
        self._program = require(shutil.which("redis-server"), "Redis (Debian: redis-server)")
        super().__init__("redis")
        self._databases = 0

    def command(self) -> list[str]:
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        return [self._program, *place, "--save", "", "--appendonly", "no", "--databases", "100"]

    def database(self) -> str:
        """URL of an empty database of it."""
        self._databases += 1
        return f"redis://127.0.0.1:{self.port}/{self._databases}"


class S3(Service):
    """OpenStack Swift with its S3 API, in a virtual environment of its own."""

    def __init__(self) -> None:
        python = ROOT / ".venvs" / "swift" / "bin" / "python"
        self._python = require(
            str(python) if python.exists() else None, "Swift, the S3 server (make setup-services),"
        )
        super().__init__("s3")
        self._prefixes = 0

    def command(self) -> list[str]:
        script = str(ROOT / "tests" / "swift_server.py")
        return [self._python, script, str(self.folder), str(self.port), ACCESS_KEY, SECRET]

    def answers(self) -> bool:
        """Listening, and the bucket is there."""
        make = sign(self.store(), "PUT", "", timedelta(minutes=5))
        try:
            return httpx.put(make).status_code in {200, 409}
        except httpx.TransportError:
            return False

    def store(self) -> S3Store:
        """The bucket, for looking into it."""
        return S3Store(
            BUCKET,
            endpoint=f"http://127.0.0.1:{self.port}",
            region="us-east-1",
            access_key_id=ACCESS_KEY,
            secret_access_key=SECRET,
            client_options={"allow_http": True},
        )

    def environment(self) -> dict[str, str]:
        """The variables that S3 clients read."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }

    def prefix(self) -> str:
        """URL of an empty prefix of the bucket."""
        self._prefixes += 1
        return f"s3://{BUCKET}/tests/{self._prefixes}"


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: the words to put before its command, and its folder handed over."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    setpriv = require(shutil.which("setpriv"), "setpriv (Debian: util-linux)")
    return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
