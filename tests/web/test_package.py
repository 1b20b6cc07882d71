"""Promise: a wheel built from the sdist, on a machine without Node, serves the whole web app."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import httpx
import pytest

from egaku.api.routes.web import FOLDER, PAGE
from tests.server import ServerProcess

ROOT = Path(__file__).parents[2]
MOST_BYTES = 400_000
"""Of the app within the wheel."""
LICENCES = ("licenses.md", "licenses-worker.md")
"""Of what the app and its worker bundle: in the package for whoever passes it on, not on the server."""


def build(target: str, source: Path, into: Path, path: str) -> Path:
    """Build an sdist or wheel with hatchling; PATH decides whether there is a Node."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)],
        cwd=source,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
        timeout=110,
    )
    (made,) = into.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return made


def test_the_wheel_from_the_sdist_has_the_app(tmp_path: Path) -> None:
    if not (FOLDER / PAGE).exists():
        pytest.skip("the web app is not built: make web")
    sdist = build("sdist", ROOT, tmp_path / "dist", os.environ["PATH"])
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    assert not list(source.rglob("node_modules"))
    wheel = build("wheel", source, tmp_path / "wheels", str(tmp_path / "empty"))
    with zipfile.ZipFile(wheel) as archive:
        parts = [one for one in archive.infolist() if one.filename.startswith("egaku/_web/")]
        archive.extractall(tmp_path / "site")  # noqa: S202  made two lines above
    assert sum(one.compress_size for one in parts) <= MOST_BYTES
    names = {one.filename.removeprefix("egaku/_web/") for one in parts}
    assert names == {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}

    with ServerProcess([], {"PYTHONPATH": str(tmp_path / "site"), "EGAKU_ENGINE": "blank"}) as server:
        page = httpx.get(f"{server.url}/", timeout=30)
        assert "unsafe" not in page.headers["content-security-policy"]
        (tmp_path / "site" / "egaku" / "_web" / "assets").rename(tmp_path / "moved")
        assert all((tmp_path / "site" / "egaku" / "_web" / name).stat().st_size > 1000 for name in LICENCES)
        for name in sorted(names - {PAGE, "stamp.txt", "icon.svg", *LICENCES}):
            # Read once and served from memory: of this wheel, not of the checkout.
            answer = httpx.get(f"{server.url}/{name}", timeout=30)
            assert answer.status_code == 200, name
            assert answer.content == (tmp_path / "moved" / Path(name).name).read_bytes()
            assert answer.headers["cache-control"].endswith("immutable")
