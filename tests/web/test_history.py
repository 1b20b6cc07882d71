"""History: found again by words, favourites, and all of it as one archive."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import choose_small, draw, job_card
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_are_found_and_packed(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    with ServerProcess(data_dir=tmp_path / "data") as server:
        page = open_page(f"{server.url}/history", lang, quiet=False)
        expect(page.get_by_text(word(lang, "history.empty"))).to_be_visible()
        page.get_by_role("link", name=word(lang, "app.create")).click()
        choose_small(page, lang, count="2")
        for prompt in ("a grey owl at night", "雪の森のキツネ"):
            draw(page, prompt, lang, 2)
        page.get_by_role("link", name=word(lang, "app.history")).click()
        expect(page.get_by_role("article")).to_have_count(2)
        page.get_by_role("searchbox").fill("OWL grey")
        expect(page.get_by_role("article")).to_have_count(1)
        expect(job_card(page, "a grey owl at night")).to_be_visible()
        page.get_by_role("searchbox").fill("whale")
        expect(page.get_by_text(word(lang, "history.empty_search"))).to_be_visible()
        page.get_by_role("searchbox").fill("")
        with page.expect_download() as download:
            page.get_by_role("button", name=word(lang, "history.download")).click()
        download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert sorted(names) == [
            "a-grey-owl-at-night-1.png", "a-grey-owl-at-night-2.png", "jobs.json",
            "雪の森のキツネ-1.png", "雪の森のキツネ-2.png",
        ]  # fmt: skip
        for name in names:
            if name.endswith(".png"):
                assert Image.open(io.BytesIO(archive.read(name))).size == (256, 256)
        assert {one["prompt"] for one in json.loads(archive.read("jobs.json"))} == {
            "a grey owl at night",
            "雪の森のキツネ",
        }
