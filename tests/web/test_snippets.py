"""View code: every snippet, as copied from the app, runs against the server and draws; whatever the words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web import editing
from tests.web.conftest import OpenPage
from tests.web.steps import choose_small, draw, made
from tests.web.test_create import png, upload
from tests.web.words import word

ROOT = Path(__file__).parents[2]
OLD_PYTHON = ROOT / ".venvs/openai-0.28/bin/python"
NODE_MODULES = ROOT / "tests/clients/node/node_modules"
NASTY = """it's "a" \\ $(touch owned) `touch owned` %s {x} 🦊 狐, in the snow"""
LABELS = ("Python", "Python 0.28", "Node / TypeScript", "Node 3.x", "curl")


def alias(major: str) -> str | None:
    """The name under which a major version of the Node SDK is installed for the tests of clients."""
    for manifest in sorted(NODE_MODULES.glob("openai*/package.json")):
        if re.search(rf'"version": *"{major}\.', manifest.read_text(encoding="utf-8")):
            return manifest.parent.name
    return None


def command(label: str, code: str, folder: Path) -> list[str]:
    """How a snippet is run in a folder; skips where its runtime is not installed."""
    if label == "curl":
        if not shutil.which("curl"):
            pytest.skip("no curl")
        return ["sh", "-ec", code.replace("curl ", "curl --silent --show-error --fail-with-body ", 1)]
    if label.startswith("Python"):
        python = OLD_PYTHON if "0.28" in label else Path(sys.executable)
        if not python.exists():
            pytest.skip("make setup-clients")
        return [str(python), "-c", code]
    major, suffix = ("3", "cjs") if "3.x" in label else (r"[4-9]", "mjs")
    name = alias(major)
    if name is None or not shutil.which("node"):
        pytest.skip("make setup-clients, with Node")
    (folder / "node_modules").mkdir(exist_ok=True)
    (folder / "node_modules" / "openai").symlink_to(NODE_MODULES / name)
    (folder / f"snippet.{suffix}").write_text(code, encoding="utf-8")
    return ["node", "--preserve-symlinks", f"snippet.{suffix}"]


def run(label: str, code: str, folder: Path) -> str:
    """What the snippet prints. It must succeed."""
    done = subprocess.run(
        command(label, code, folder),
        cwd=folder,
        env={**os.environ, "OPENAI_API_KEY": "any", "NODE_PATH": str(NODE_MODULES)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def snippet(page: Page, card: Locator, label: str) -> str:
    card.get_by_role("button", name=word("en", "job.more"), exact=True).click()
    page.get_by_role("menuitem", name=word("en", "job.view_code")).click()
    page.get_by_role("tab", name=label, exact=True).click()
    # By name: the panel that was shown before may still be on its way out.
    code = page.get_by_role("tabpanel", name=label, exact=True).locator("pre").inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    return code


def drawn(page: Page, output: str) -> None:
    """One picture was asked for and is there."""
    links = re.findall(r"http://127\.0\.0\.1:\d+/files/[^\s\"]+", output.replace("\\u0026", "&"))
    assert len(links) == 1, output
    assert page.request.get(links[0]).headers["content-type"] == "image/png"


@pytest.mark.parametrize("label", LABELS)
def test_a_generation_is_repeated(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path, label: str
) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    card = draw(page, NASTY, count=1)
    drawn(page, run(label, snippet(page, card, label), tmp_path))
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("operation", ["edits", "variations"])
def test_an_upload_is_worked_on_again(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path, operation: str, label: str
) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    image = png((256, 256), hole=True)
    upload(page, image)
    if operation == "edits":
        card = draw(page, NASTY, count=1)
    else:
        card = made(page, page.get_by_role("button", name=word("en", "source.variations")).click, 1)
    (tmp_path / "image.png").write_bytes(image)
    drawn(page, run(label, snippet(page, card, label), tmp_path))
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("label", LABELS)
def test_an_edit_through_a_mask_is_repeated(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path, label: str
) -> None:
    page = open_page(server.url)
    editing.open_file(page, server.url, editing.picture())
    editing.drag(page, [(60, 60), (120, 120)])
    editing.ask(page, NASTY, count=1)
    editing.file_menu(page, "job.view_code").click()
    for name in ("image.png", "mask.png"):
        with page.expect_download() as download:
            page.get_by_role("button", name=word("en", "code.download_file", name=name)).click()
        download.value.save_as(tmp_path / name)
    page.get_by_role("tab", name=label, exact=True).click()
    code = page.get_by_role("tabpanel", name=label, exact=True).locator("pre").inner_text()
    assert "mask.png" in code
    drawn(page, run(label, code, tmp_path))
    assert not (tmp_path / "owned").exists()
