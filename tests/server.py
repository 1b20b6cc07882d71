"""A real egaku server as a child process, for tests that speak HTTP to it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_POLL_SECONDS = 0.05
_STOP_SECONDS = 10.0
_KEY = re.compile(r"sk-egaku-\w+")


def free_port() -> int:
    """A TCP port nobody listens on at this moment, on the loopback address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServerProcess:
    """Starts `egaku serve` on its own port and data directory; leaving the `with` block ends it by its pid.

    Args:
        args: further options of `egaku serve`, for example `["--images-per-minute", "1"]`.
        env: environment variables added to (or replacing) this process's own.
        data_dir: an existing directory; without one the server gets a temporary one of its own.
        start_seconds: how long `GET /readyz` may take to answer 200.

    Raises:
        RuntimeError: on entering, when the server ends or is not ready in time; the text carries its log.
    """

    def __init__(
        self,
        args: list[str] | None = None,
        env: Mapping[str, str] | None = None,
        *,
        data_dir: Path | None = None,
        start_seconds: float = 60.0,
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._scratch = tempfile.TemporaryDirectory(prefix="egaku-server-")
        self.data_dir = data_dir or Path(self._scratch.name) / "data"
        self._log_path = Path(self._scratch.name) / "server.log"
        self._start_seconds = start_seconds
        self._env = {**os.environ, **(env or {})}
        self._command = [
            *(sys.executable, "-m", "egaku", "serve", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--data-dir", str(self.data_dir), *(args or [])),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The server's process id while it runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """Everything the server wrote to its output so far."""
        return self._log_path.read_text(errors="replace") if self._log_path.exists() else ""

    def __enter__(self) -> Self:
        with self._log_path.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=self._env
            )
        try:
            self._wait_until_ready(self._process)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self._start_seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with status {process.returncode}:\n{self.log}")
            if _answers_200(f"{self.url}/readyz"):
                return
            time.sleep(_POLL_SECONDS)
        raise RuntimeError(f"the server was not ready after {self._start_seconds} s:\n{self.log}")

    def _stop(self) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._scratch.cleanup()


def _answers_200(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def create_key(data_dir: Path, *options: str) -> str:
    """A new API key, made by `egaku keys create` in a server's data directory; it is shown only there."""
    done = subprocess.run(
        [sys.executable, "-m", "egaku", "keys", "create", "tests", "--data-dir", str(data_dir), *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = _KEY.search(done.stdout)
    assert found, f"no key in: {done.stdout}"
    return found[0]
