"""Everything kept, as one file and back: the same in another browser, bit for bit."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web import editing
from tests.web.conftest import OpenPage
from tests.web.editing import SIDE
from tests.web.steps import choose_small, collect, draw, expect_drawn, expect_kept, tile_menu
from tests.web.test_create import png, upload
from tests.web.words import LANGUAGES, word


def export(page: Page, url: str, lang: str, target: Path) -> dict[str, Any]:
    """The archive's files: bytes, and the records read."""
    page.goto(f"{url}/settings")
    with page.expect_download() as download:
        page.get_by_role("button", name=word(lang, "shelf.export")).click()
    assert re.fullmatch(r"egaku-\d{4}-\d\d-\d\d-everything\.zip", download.value.suggested_filename)
    download.value.save_as(target)
    return unpacked(target.read_bytes())


def unpacked(data: bytes) -> dict[str, Any]:
    """Archives within it unpacked too: they tell when they were made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        files: dict[str, Any] = {name: archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        if name.endswith(".json"):
            files[name] = json.loads(content)
        elif name.endswith(".zip"):
            files[name] = unpacked(content)
    return files


HEAR = """() => {
    window.heard = [];
    new MutationObserver(() => {
        for (const one of document.querySelectorAll('[role=status]')) window.heard.push(one.textContent);
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
"""Remember what is told while something is under way."""


def take_in(page: Page, url: str, lang: str, name: str, data: bytes) -> None:
    page.goto(f"{url}/settings")
    page.evaluate(HEAR)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=word(lang, "shelf.import")).click()
    chooser.value.set_files({"name": name, "mimeType": "application/zip", "buffer": data})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_to_another_browser_and_server(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    with ServerProcess(data_dir=tmp_path / "data") as server:
        page = open_page(server.url, lang, quiet=False)
        choose_small(page, lang, count="2")
        card = draw(page, "an owl 梟", lang, 2)
        tile_menu(page, card, 1, "shelf.collect", lang)
        collect(page, "夜", lang)
        card.get_by_role("button", name=word(lang, "picture.favourite")).nth(1).click()
        upload(page, png((256, 256), hole=True), lang)
        draw(page, "a cat before a sunset", lang, 2)
        expect_kept(page, 4)
        before = export(page, server.url, lang, tmp_path / "first.zip")
    records = before["egaku.json"]
    assert sorted(one["favourite"] for one in records["pictures"]) == [0, 0, 0, 1]
    assert [one["name"] for one in records["collections"]] == ["夜"]
    assert {one["text"] for one in records["prompts"]} == {"an owl 梟", "a cat before a sunset"}
    assert before[records["inputs"][0]["image"]] == png((256, 256), hole=True)
    with ServerProcess(data_dir=tmp_path / "other") as other:
        page = open_page(other.url, lang, quiet=False)
        take_in(page, other.url, lang, "first.zip", (tmp_path / "first.zip").read_bytes())
        expect(page.get_by_text(word(lang, "shelf.imported_other", count=4))).to_be_visible()
        heard = page.evaluate("window.heard")
        assert word(lang, "shelf.importing", done=0, total=0) in heard
        assert word(lang, "history.packing", done=0, total=0) not in heard
        after = export(page, other.url, lang, tmp_path / "second.zip")
        links = [one for job in records["jobs"] for one in job["data"]]
        for one in links:  # another server's are of no use here
            one["url"] = ""
        assert after == before
        take_in(page, other.url, lang, "first.zip", (tmp_path / "first.zip").read_bytes())
        expect(page.get_by_text(word(lang, "shelf.imported_some_other", count=0, known=4))).to_be_visible()
        page.get_by_role("link", name=word(lang, "app.history")).click()
        pictures = page.get_by_role("article").get_by_role("link").locator("img")
        expect(pictures).to_have_count(4)
        for picture in pictures.all():
            expect_drawn(picture)
        page.get_by_role("link", name=word(lang, "shelf.collections"), exact=True).click()
        expect(page.get_by_role("link", name="夜")).to_be_visible()


def archive_of(**files: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drafts_come_along_to_the_byte(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path, lang: str
) -> None:
    page = open_page(server.url, lang)
    data = editing.picture()
    editing.open_file(page, server.url, data, lang)
    editing.drag(page, [(60, 60), (120, 90)])
    editing.prompt_box(page, lang).fill("池 and a pond")
    erased = editing.export(page, lang=lang)
    editing.saved(page)
    draft = page.url.rpartition("/")[2]
    before = export(page, server.url, lang, tmp_path / "first.zip")
    files = before[f"drafts/{draft}.zip"]
    assert files["sources/0.png"] == data
    assert files["workspace.json"]["state"]["prompt"] == "池 and a pond"
    (record,) = before["egaku.json"]["drafts"]
    assert record["bytes"] > SIDE * SIDE * 4
    other = open_page(server.url, lang)
    archive = (tmp_path / "first.zip").read_bytes()
    take_in(other, server.url, lang, "first.zip", archive)
    expect(other.get_by_text(word(lang, "shelf.imported_drafts_one", count=1))).to_be_visible()
    assert export(other, server.url, lang, tmp_path / "second.zip") == before
    other.goto(f"{server.url}/e/new")
    other.get_by_role("link", name=word(lang, "editor.draft_open", name="mine")).click()
    expect(editing.prompt_box(other, lang)).to_have_value("池 and a pond")
    assert (editing.export(other, lang=lang) == erased).all()
    editing.tool(other, "restore", lang).click()
    editing.set_brush(other, 128, lang)
    editing.drag(other, [(60, 60), (120, 90)])
    assert (editing.export(other, lang=lang) == editing.decode(data)).all(), "what was erased came along"
    # It has been changed: taken in again, the archive's own is put beside it, once.
    editing.saved(other)
    for _ in range(2):
        take_in(other, server.url, lang, "first.zip", archive)
        expect(
            other.get_by_role("status").filter(has_text=word(lang, "shelf.imported_other", count=0))
        ).to_be_visible()
    other.goto(f"{server.url}/e/new")
    expect(other.get_by_role("link", name=word(lang, "editor.draft_open", name="mine"))).to_have_count(2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_archive_of_everything(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    newer = json.dumps({"format": "egaku-library", "version": 99})
    lists = ("jobs", "pictures", "inputs", "collections", "prompts")
    wrong = json.dumps({"format": "egaku-library", "version": 1, **{name: [{}] for name in lists}})
    for data, reason in (
        (b"not a zip", "foreign"),
        (archive_of(**{"holiday.jpg": b"x"}), "foreign"),
        (archive_of(**{"egaku.json": newer}), "newer"),
        (archive_of(**{"egaku.json": wrong}), "broken"),
        (archive_of(**{"egaku.json": b" " * (257 << 20)}), "too_large"),
    ):
        take_in(page, server.url, lang, "some.zip", data)
        expect(page.get_by_role("alert")).to_have_text(word(lang, f"shelf.import_{reason}"))
    expect_kept(page, 0)
