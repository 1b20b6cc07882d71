"""The picture's own page: what is known of it, and everything that can be done with it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import PROMPT, ask, drag, open_file, picture
from tests.web.steps import (
    FOX,
    choose_small,
    draw,
    expect_drawn,
    job_card,
    made,
    prompt_box,
    stored_keys,
    tile_menu,
    wait_until,
)
from tests.web.words import LANGUAGES, word


def open_picture(page: Page, prompt: str, lang: str = "en", count: int = 2) -> None:
    choose_small(page, lang, count=str(count))
    draw(page, prompt, lang, count).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=prompt, level=1)).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_was_understood(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    open_picture(page, FOX[lang], lang)
    job = page.evaluate("fetch('/v1/jobs?limit=1').then(answer => answer.json())")["data"][0]
    facts = page.get_by_role("region", name=word(lang, "picture.details"))
    for fact in (job["data"][0]["revised_prompt"], "256 × 256", str(job["seed"]), job["id"]):
        expect(facts.get_by_text(fact, exact=True)).to_be_visible()
    expect_drawn(page.get_by_role("img", name=word(lang, "picture.alt", prompt=FOX[lang], number=1, total=2)))
    expect(page).to_have_title(f"{FOX[lang]} · egaku")


@pytest.mark.parametrize(("label", "kind"), [("PNG", "PNG"), ("JPEG", "JPEG"), ("WEBP", "WEBP")])
def test_it_is_downloaded_in_three_formats(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path, label: str, kind: str
) -> None:
    page = open_page(server.url)
    open_picture(page, "A red fox, in the snow!")
    page.get_by_role("button", name=word("en", "picture.download")).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=label).click()
    suffix = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}[kind]
    assert download.value.suggested_filename == f"a-red-fox-in-the-snow-1.{suffix}"
    download.value.save_as(tmp_path / "saved")
    saved = (tmp_path / "saved").read_bytes()
    with Image.open(io.BytesIO(saved)) as image:
        assert (image.format, image.size) == (kind, (256, 256))
    if kind == "PNG":
        url = page.evaluate("fetch('/v1/jobs?limit=1').then(a => a.json()).then(a => a.data[0].data[0].url)")
        assert saved == page.request.get(url).body(), "the original file, bit for bit"


def test_arrows_walk_through_the_job(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_picture(page, "a harbour at dawn", count=3)
    for key, index in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        expect(page).to_have_url(
            f"{server.url}{page.url.removeprefix(server.url).rpartition('/')[0]}/{index}"
        )
    page.go_back()
    expect(page).to_have_url(f"{server.url}/")


def test_it_becomes_variations(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_picture(page, "a lemon on a blue table")
    page.get_by_role("button", name=word("en", "picture.variations")).click()
    expect(page).to_have_url(f"{server.url}/")
    expect(job_card(page, word("en", "job.variations_of")).get_by_role("link")).to_have_count(4)


def test_its_settings_are_used_again(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_picture(page, "a lighthouse in the fog")
    prompt = "a lighthouse in the fog"
    page.get_by_role("button", name=word("en", "job.reuse")).click()
    expect(prompt_box(page)).to_have_value(prompt)
    page.keyboard.press("Tab")
    first = page.evaluate("fetch('/v1/jobs?limit=1').then(a => a.json()).then(a => a.data[0].seed)")
    page.get_by_role("button", name=word("en", "create.generate")).click()
    expect(page.get_by_role("article", name=prompt)).to_have_count(2)
    wait_until(page, "() => fetch('/v1/jobs?limit=1').then(a => a.json()).then(a => a.data[0].data.length)")
    assert page.evaluate("fetch('/v1/jobs?limit=1').then(a => a.json()).then(a => a.data[0].seed)") == first


PIXELS = """async card => Promise.all([...card.querySelectorAll('li a img')].map(async image => {
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const {data} = context.getImageData(0, 0, canvas.width, canvas.height);
    const digest = await crypto.subtle.digest('SHA-256', data);
    return [...new Uint8Array(digest)].join();
}))"""


def expect_same(page: Page, one: Locator, other: Locator) -> None:
    """Two jobs' pictures, pixel for pixel."""
    for image in [*one.locator("li a img").all(), *other.locator("li a img").all()]:
        expect_drawn(image)
    assert one.evaluate(PIXELS) == other.evaluate(PIXELS)


def use_again(page: Page, card: Locator) -> Locator:
    """Choose that from a card's menu: what the text box has as its image then."""
    card.get_by_role("button", name=word("en", "job.more")).click()
    page.get_by_role("menuitem", name=word("en", "job.reuse")).click()
    source = page.get_by_role("region", name=word("en", "source.title"))
    expect(source).to_be_visible()
    return source


def test_settings_of_an_edit_bring_its_picture_and_mask(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    drag(page, [(100, 100), (160, 160)])
    ask(page, PROMPT["en"])
    (job,) = stored_keys(page, "inputs")
    page.goto(server.url)
    first = page.get_by_role("article").filter(has=page.locator(f'a[href^="/i/{job}/"]'))
    source = use_again(page, first)
    expect(source.get_by_text(word("en", "source.fill_hint"))).to_be_visible()
    expect(prompt_box(page)).to_have_value(PROMPT["en"])
    again = made(page, page.get_by_role("button", name=word("en", "create.generate")).click, 2)
    expect(again.get_by_text(word("en", "job.edit_of"), exact=False).first).to_be_visible()
    expect_same(page, first, again)


def test_settings_of_variations_bring_their_picture(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_picture(page, "a lemon on a red table")
    first = made(page, page.get_by_role("button", name=word("en", "picture.variations")).click, 4)
    prompt_box(page).fill("what I was about to ask")
    source = use_again(page, first)
    expect(prompt_box(page)).to_have_value("what I was about to ask")
    again = made(page, source.get_by_role("button", name=word("en", "source.variations")).click, 4)
    expect_same(page, first, again)


def test_settings_of_words_take_an_upload_away(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    card = draw(page, "a plum in a bowl", count=1)
    tile_menu(page, card, 1, "shelf.take_as_source")
    source = page.get_by_role("region", name=word("en", "source.title"))
    expect(source).to_be_visible()
    card.get_by_role("button", name=word("en", "job.more")).click()
    page.get_by_role("menuitem", name=word("en", "job.reuse")).click()
    expect(source).to_have_count(0)
    expect(page.get_by_role("button", name=word("en", "create.generate"))).to_be_enabled()


def test_settings_whose_upload_is_not_here_are_not_offered(
    open_page: OpenPage, server: ServerProcess
) -> None:
    page = open_page(server.url)
    open_picture(page, "a pear on a plate")
    made(page, page.get_by_role("button", name=word("en", "picture.variations")).click, 4)
    other = open_page(server.url)
    card = job_card(other, word("en", "job.variations_of"))
    card.get_by_role("button", name=word("en", "job.more")).click()
    expect(other.get_by_role("menuitem", name=word("en", "job.view_code"))).to_be_visible()
    expect(other.get_by_role("menuitem", name=word("en", "job.reuse"))).to_have_count(0)


def test_it_and_its_address_are_copied(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url, permissions=["clipboard-read", "clipboard-write"])
    open_picture(page, "a small green boat")
    page.get_by_role("button", name=word("en", "picture.share")).click()
    expect(page.get_by_text(word("en", "picture.link_copied"))).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name=word("en", "picture.copy")).click()
    expect(page.get_by_text(word("en", "picture.copied"), exact=True)).to_be_visible()
    kinds = page.evaluate("navigator.clipboard.read().then(all => all.flatMap(one => one.types))")
    assert kinds == ["image/png"]


def test_a_favourite_stays_one(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_picture(page, "a teapot in the rain")
    heart = page.get_by_role("button", name=word("en", "picture.favourite"), exact=True)
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.goto(f"{server.url}/history")
    page.get_by_role("checkbox", name=word("en", "history.favourites")).check()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article").get_by_role("link")).to_have_count(1)


def test_back_leads_to_where_one_came_from(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_picture(page, "a barn owl in flight")
    picture = page.url
    page.get_by_role("link", name=word("en", "app.history")).click()
    search = page.get_by_role("searchbox")
    search.fill("barn")
    page.wait_for_function("() => history.state?.words === 'barn'")
    for back in (
        lambda: page.get_by_role("button", name=word("en", "picture.back")).click(),
        page.go_back,
    ):
        page.get_by_role("article").get_by_role("link").first.click()
        expect(page).to_have_url(picture)
        page.keyboard.press("ArrowRight")
        expect(page).not_to_have_url(picture)
        back()
        expect(page).to_have_url(f"{server.url}/history")
        expect(search).to_have_value("barn")
    elsewhere = open_page(picture)
    elsewhere.get_by_role("button", name=word("en", "picture.back")).click()
    expect(elsewhere).to_have_url(f"{server.url}/")


def test_from_words_to_a_download_by_keyboard_alone(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path
) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    page.reload()
    expect(prompt_box(page)).to_be_visible()

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement?.ariaLabel || document.activeElement?.innerText")
                == name
            ):
                return
        pytest.fail(f"{name} cannot be reached by Tab")

    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.id") == "prompt":
            break
    page.keyboard.type("an otter on a rock")
    page.keyboard.press("Enter")
    expect(job_card(page, "an otter on a rock").get_by_role("link")).to_have_count(1)
    tab_to(word("en", "picture.open", number=1, total=1, prompt="an otter on a rock"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="an otter on a rock", level=1)).to_be_visible()
    tab_to(word("en", "picture.download"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "an-otter-on-a-rock-1.png"
