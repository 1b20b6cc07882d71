"""Plain http on a LAN is no secure context: no clipboard, no randomUUID. All that can work does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.server import ServerProcess
from tests.web import editing
from tests.web.conftest import CHROMIUM, FLAGS, PATIENCE_MS
from tests.web.steps import choose_small, draw
from tests.web.words import word

NAME = "egaku.test"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM} (EGAKU_CHROMIUM)")
    folder: Path = tmp_path_factory.mktemp("lan")
    with (
        ServerProcess([], {"EGAKU_ALLOWED_HOSTS": NAME}, data_dir=folder) as server,
        sync_playwright() as play,
    ):
        flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        one = browser.new_context(locale="en-US").new_page()
        one.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        one.goto(f"http://{NAME}:{server.port}/")
        yield one
        browser.close()


def test_drawing_downloading_and_copying(page: Page) -> None:
    assert page.evaluate("[isSecureContext, typeof crypto.randomUUID, typeof navigator.clipboard]") == [
        False, "undefined", "undefined",
    ]  # fmt: skip
    choose_small(page, count="1")
    draw(page, "a snail on a leaf", count=1).get_by_role("link").first.click()
    page.get_by_role("button", name=word("en", "picture.download")).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="WEBP").click()
    assert download.value.suggested_filename == "a-snail-on-a-leaf-1.webp"
    page.get_by_role("button", name=word("en", "picture.share")).click()
    expect(page.get_by_text(word("en", "picture.link_copied"))).to_be_visible()
    page.get_by_role("button", name=word("en", "picture.copy")).click()
    expect(page.get_by_text(word("en", "picture.copy_failed"))).to_be_visible()
    page.get_by_role("link", name=word("en", "app.settings")).click()
    expect(page.get_by_text(word("en", "settings.storage_unknown"))).to_be_visible()


def test_editing(page: Page) -> None:
    """Without getCoalescedEvents, randomUUID and a promise that storage lasts."""
    editing.open_file(page, page.evaluate("location.origin"), editing.picture())
    editing.drag(page, [(60, 60), (120, 120)])
    editing.ask(page, "a snail on a leaf", count=1)
    editing.accept(page)
    editing.saved(page)
    page.reload()
    made, given = editing.export(page), editing.decode(editing.picture())
    assert (made[..., 3] == 255).all()
    assert 500 < int((made != given).any(axis=-1).sum()) < 20_000


def test_the_way_to_an_admin_key(page: Page) -> None:
    """What to type can be copied, and who could read along is said."""
    page.goto(page.evaluate("location.origin") + "/admin")
    expect(page.get_by_role("heading", name=word("en", "admin.first_title"))).to_be_visible()
    expect(page.get_by_text(word("en", "key.plain_http"))).to_be_visible()
    page.get_by_role("button", name=word("en", "admin.copy", what=word("en", "admin.command"))).click()
    expect(page.get_by_text(word("en", "code.copied"))).to_be_visible()
