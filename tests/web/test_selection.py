"""Several pictures at once: selected by mouse and by keys, downloaded, favoured, deleted and taken back."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import choose_small, draw, job_card, tile_menu, wait_until
from tests.web.words import LANGUAGES, word

PROMPTS = ("an otter on a rock", "a small green boat")


@pytest.fixture
def page(open_page: OpenPage, tmp_path: Path) -> Iterator[Page]:
    """History with two jobs of three pictures."""
    with ServerProcess(data_dir=tmp_path / "data") as server:
        one = open_page(server.url, quiet=False)
        choose_small(one, count="3")
        for prompt in PROMPTS:
            draw(one, prompt, count=3)
        one.get_by_role("link", name=word("en", "app.history")).click()
        expect(one.get_by_role("article")).to_have_count(2)
        yield one


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name=word("en", "shelf.selection"))


def selected(page: Page, count: int) -> None:
    form = "one" if count == 1 else "other"
    expect(bar(page).get_by_text(word("en", f"shelf.selected_{form}", count=count))).to_be_visible()


def listed(page: Page) -> dict[str, list[int]]:
    """What the server has: prompts, and the places of their pictures."""
    jobs = page.evaluate("fetch('/v1/jobs').then(answer => answer.json())")["data"]
    return {job["prompt"]: [one["index"] for one in job["data"]] for job in jobs}


def test_by_mouse_with_keys_held(page: Page) -> None:
    links = page.get_by_role("article").get_by_role("link")
    links.nth(1).click(modifiers=["Control"])
    selected(page, 1)
    boxes = page.get_by_role("article").get_by_role("checkbox")
    boxes.nth(4).click(modifiers=["Shift"])
    selected(page, 4)
    boxes.nth(2).click()
    selected(page, 3)
    page.keyboard.press("Escape")
    expect(bar(page)).to_have_count(0)
    expect(links).to_have_count(6)
    links.nth(5).click(modifiers=["Shift"])
    selected(page, 1)


def test_by_keys_alone(page: Page) -> None:
    button = page.get_by_role("button", name=word("en", "shelf.select"), exact=True)
    button.focus()
    page.keyboard.press("Enter")
    boxes = page.get_by_role("article").get_by_role("checkbox")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    selected(page, 1)
    for _ in range(3):  # tiles, and the menu of the next card
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(boxes.nth(3)).to_be_focused()
    page.keyboard.press("Shift+Space")
    selected(page, 4)
    page.keyboard.press("Control+a")
    selected(page, 6)
    page.keyboard.press("Escape")
    expect(bar(page)).to_have_count(0)


def test_downloaded_and_favoured(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name=word("en", "shelf.select"), exact=True).click()
    boxes = page.get_by_role("article").get_by_role("checkbox")
    for place in (0, 5):
        boxes.nth(place).check()
    with page.expect_download() as download:
        bar(page).get_by_role("button", name=word("en", "picture.download")).click()
    download.value.save_as(tmp_path / "some.zip")
    with zipfile.ZipFile(tmp_path / "some.zip") as archive:
        assert sorted(archive.namelist()) == [
            "a-small-green-boat-1.png", "an-otter-on-a-rock-3.png", "jobs.json",
        ]  # fmt: skip
    bar(page).get_by_role("button", name=word("en", "picture.favourite"), exact=True).click()
    expect(bar(page).get_by_role("button", name=word("en", "picture.unfavourite"))).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("checkbox", name=word("en", "history.favourites")).check()
    expect(page.get_by_role("article").get_by_role("link")).to_have_count(2)


def test_deleted_and_taken_back(page: Page) -> None:
    def choose(*places: int) -> None:
        page.get_by_role("button", name=word("en", "shelf.select"), exact=True).click()
        for place in places:
            page.get_by_role("article").get_by_role("checkbox").nth(place).check()
        bar(page).get_by_role("button", name=word("en", "job.delete")).click()

    links = page.get_by_role("article").get_by_role("link")
    choose(0, 1, 2, 4)
    expect(links).to_have_count(2)
    page.get_by_role("button", name=word("en", "app.undo")).click()
    expect(links).to_have_count(6)
    assert listed(page) == {PROMPTS[0]: [0, 1, 2], PROMPTS[1]: [0, 1, 2]}
    choose(0, 1, 2, 4)
    expect(links).to_have_count(2)
    wait_until(
        page,
        """() => fetch('/v1/jobs').then(answer => answer.json())
            .then(jobs => jobs.data.length === 1 && jobs.data[0].data.length === 2)""",
    )
    assert listed(page) == {PROMPTS[0]: [0, 2]}
    page.reload()
    expect(links).to_have_count(2)


def test_one_picture_goes_and_its_job_stays(page: Page) -> None:
    card = job_card(page, PROMPTS[0])
    with page.expect_response(lambda one: one.request.method == "DELETE") as gone:
        tile_menu(page, card, 2, "job.delete")
    assert gone.value.status == 200
    expect(card.get_by_role("link")).to_have_count(2)
    assert listed(page)[PROMPTS[0]] == [0, 2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_by_finger(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    choose_small(page, lang, count="2")
    draw(page, "a teapot", lang, 2)
    page.get_by_role("link", name=word(lang, "app.history")).tap()
    page.get_by_role("button", name=word(lang, "shelf.select"), exact=True).tap()
    for box in job_card(page, "a teapot").get_by_role("checkbox").all():
        box.tap()
    expect(page.get_by_text(word(lang, "shelf.selected_other", count=2))).to_be_visible()
