"""Debian's Chromium, real servers, and a page for each test that fails when anything goes wrong unseen."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from egaku.api.routes.web import FOLDER, PAGE, POLICY
from tests.server import ServerProcess
from tests.web.editing import open_file, picture, set_brush
from tests.web.house import House
from tests.web.office import furnish

CHROMIUM = Path(os.environ.get("EGAKU_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SLOWDOWN = float(os.environ.get("EGAKU_BROWSER_SLOWDOWN", "1"))
"""Pages run as on a machine so many times slower: finds what depends on who comes first."""
PATIENCE_MS = 30_000
"""For a loaded machine; nothing waits so long when all is well."""
REFUSALS = re.compile(r"Failed to load resource: (the server responded with a status of|net::ERR_)")
"""What Chromium says of every refused request; tests of refusals allow it."""

HERE = Path(__file__).parent
WEB = HERE.parents[1] / "web"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need a browser and are campaigns."""
    for item in items:
        if HERE in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.campaign)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: Playwright keeps an event loop running, which tests of async functions cannot bear."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM} (EGAKU_CHROMIUM)")
    if not (FOLDER / PAGE).exists():
        pytest.skip("the web app is not built: make web")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """An open server on loopback that draws for real."""
    with ServerProcess(["--images-per-minute", "100000"]) as one:
        yield one


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """`open_page(url, lang="en", …)`: a page in a context of its own.

    The test fails for errors in scripts, for anything in the console (`quiet=False` allows what Chromium says
    of refused requests) and for every request to another host.
    """
    faults: list[str] = []
    with ExitStack() as stack:

        def make(url: str, lang: str = "en", *, quiet: bool = True, **context: Any) -> Page:
            options = {
                "locale": {"en": "en-US", "ja": "ja-JP"}[lang],
                "viewport": {"width": 1280, "height": 900},
            }
            one = browser.new_context(**(options | context))
            stack.callback(one.close)
            one.set_default_timeout(PATIENCE_MS)
            page = one.new_page()
            if SLOWDOWN > 1:
                one.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

            def said(message: ConsoleMessage) -> None:
                if message.type in {"error", "warning"} and (quiet or not REFUSALS.match(message.text)):
                    faults.append(f"console: {message.text}")

            page.on("console", said)
            page.on("pageerror", lambda error: faults.append(f"script: {error}"))
            page.on(
                "request",
                lambda asked: (
                    None
                    if asked.url.startswith(("http://127.0.0.1:", "blob:", "data:"))
                    else faults.append(f"elsewhere: {asked.url}")
                ),
            )
            page.goto(url)
            return page

        yield make
    assert faults == []


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server that has been in use for a while."""
    folder = tmp_path_factory.mktemp("house") / "data"
    office = furnish(folder)
    with ServerProcess(["--images-per-minute", "100000"], data_dir=folder) as server:
        yield House(server, office)


@pytest.fixture
def page(open_page: OpenPage, server: ServerProcess) -> Page:
    """The editor with a small picture and a brush of 20 pixels."""
    one = open_page("about:blank")
    open_file(one, server.url, picture())
    set_brush(one, 20)
    return one


ENGINE_BUILD = """
import { build } from "vite";
const rollupOptions = { input: "src/editor/engine/harness.ts", output: { entryFileNames: "[name].js" } };
await build({ logLevel: "warn", build: { outDir: process.argv[1], emptyOutDir: true, rollupOptions } });
"""
ENGINE_PAGE = """<!doctype html><meta charset="utf-8"><title>engine</title>
<link rel="icon" href="icon.svg"><script type="module" src="harness.js"></script>
"""


class EngineFiles(SimpleHTTPRequestHandler):
    """A folder, under the app's own content security policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def engine_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with the editor's engine alone, bundled as the app is."""
    node = shutil.which("node")
    if node is None or not (WEB / "node_modules").is_dir():
        pytest.skip("the engine's page needs Node and web/node_modules: make web")
    folder = tmp_path_factory.mktemp("engine")
    command = [node, "--input-type=module", "-e", ENGINE_BUILD, str(folder)]
    subprocess.run(command, cwd=WEB, check=True, timeout=120)
    (folder / PAGE).write_text(ENGINE_PAGE, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(EngineFiles, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def engine_page(open_page: OpenPage, engine_url: str) -> Page:
    """Has `engine` with what web/src/editor/engine/harness.ts puts there."""
    one = open_page(engine_url)
    one.wait_for_function("() => 'engine' in globalThis")
    return one
