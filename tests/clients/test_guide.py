"""The guide's own snippets, word for word: Python, JavaScript, TypeScript (type-checked) and curl."""

from __future__ import annotations

import io
import shutil
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.clients.catalogue import NODE, NODE_READY, REPOSITORY
from tests.clients.conftest import require, require_all
from tests.clients.guide_runs import Desk, answered, sit_down, snippets
from tests.clients.table import Cells
from tests.server import ServerProcess

pytestmark = pytest.mark.clients

SNIPPETS = snippets()
ERRORS = "Error handling"
PACKAGES = {"openai31": "JavaScript, openai 3.1", "openai3": "JavaScript, openai 3.3"}
NOT_SQUARE = "Invalid input image - expected an image with equal width and height, got 256x128 instead."


def _parts(language: str) -> list[str]:
    return [part for part, written in SNIPPETS if written == language and part != ERRORS]


@pytest.fixture
def desk(drawing_server: ServerProcess, uploads: dict[str, Path], tmp_path: Path) -> Desk:
    return sit_down(tmp_path, drawing_server.url, uploads)


@pytest.fixture
def python_ready() -> None:
    require_all(REPOSITORY / ".venvs/openai-0.28/.ready")


@pytest.fixture
def node_ready() -> None:
    require("Node.js is not installed" if NODE is None else None)
    require_all(NODE_READY)


def _is_one_picture(data: list[dict[str, Any]]) -> None:
    assert [set(item) for item in data] == [{"url"}]
    with urllib.request.urlopen(data[0]["url"], timeout=30) as answer:  # noqa: S310 - our own server's URL
        assert answer.headers["content-type"] == "image/png"
        with Image.open(io.BytesIO(answer.read())) as image:
            assert (image.format, image.size) == ("PNG", (1024, 1024))


@pytest.mark.parametrize("part", _parts("python"))
def test_python(part: str, desk: Desk, python_ready: None, cells: Cells) -> None:
    _is_one_picture(answered(desk.python(SNIPPETS[part, "python"])))
    cells.record_guide(part, "Python, openai 0.28.1")


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("part", _parts("javascript"))
def test_javascript(part: str, package: str, desk: Desk, node_ready: None, cells: Cells) -> None:
    _is_one_picture(answered(desk.javascript(SNIPPETS[part, "javascript"], package)))
    cells.record_guide(part, PACKAGES[package])


def test_typescript(desk: Desk, node_ready: None, cells: Cells) -> None:
    parts = _parts("typescript")
    programs = {f"part{at}": SNIPPETS[part, "typescript"] for at, part in enumerate(parts)}
    uncast = programs["part0"].replace(" as any", "")
    complaints = desk.typescript({**programs, "uncast": uncast}, "openai3").splitlines()
    # Only the copy without the guide's cast may be refused: that shows the types are really checked.
    assert complaints[0].startswith("uncast.ts(")
    assert not [line for line in complaints if line.startswith("part")]
    for name, part in zip(programs, parts, strict=True):
        _is_one_picture(answered(desk.run(["node", f"{name}.js"])))
        cells.record_guide(part, "TypeScript, openai 3.3")


@pytest.mark.parametrize("part", _parts("curl"))
def test_curl(part: str, desk: Desk, cells: Cells) -> None:
    _is_one_picture(desk.curl(SNIPPETS[part, "curl"]))
    cells.record_guide(part, "curl")


def test_python_error(desk: Desk, uploads: dict[str, Path], python_ready: None, cells: Cells) -> None:
    shutil.copy(uploads["wide"], desk.directory / "image.png")
    status, _, body = desk.python(SNIPPETS[ERRORS, "python"], answers=False).partition("\n")
    assert status == "400"
    assert NOT_SQUARE in body
    cells.record_guide(ERRORS, "Python, openai 0.28.1")


@pytest.mark.parametrize("package", PACKAGES)
def test_javascript_error(
    package: str, desk: Desk, uploads: dict[str, Path], node_ready: None, cells: Cells
) -> None:
    shutil.copy(uploads["wide"], desk.directory / "image.png")
    output = desk.javascript(SNIPPETS[ERRORS, "javascript"], package, answers=False)
    status, _, body = output.partition("\n")
    assert status == "400"
    assert NOT_SQUARE in body
    cells.record_guide(ERRORS, PACKAGES[package])
