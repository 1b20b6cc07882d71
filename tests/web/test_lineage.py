"""Where a picture comes from: upload, edit, variation; compared, and kept as long as they are."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import STORED, choose_small, draw, job_card, stored_keys, wait_until
from tests.web.test_create import png, upload
from tests.web.words import LANGUAGES, word

PROMPT = "a cat before a sunset"
TURNS = count()
"""All tests share a server: each has a prompt of its own."""


def lineage(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("navigation", name=word(lang, "shelf.made_from"))


def original(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("region", name=word(lang, "shelf.original"))


def server_of(page: Page) -> str:
    return str(page.evaluate("location.origin"))


def edit_and_vary(page: Page, lang: str = "en") -> str:
    """An upload is filled, its second picture varied, the first variation open. The prompt, used once."""
    prompt = f"{PROMPT}, {next(TURNS)}"
    choose_small(page, lang, count="2")
    upload(page, png((256, 256), hole=True), lang)
    draw(page, prompt, lang, 2).get_by_role("link").nth(1).click()
    expect(page.get_by_role("heading", name=prompt, level=1)).to_be_visible()
    with page.expect_response("**/v1/images/variations") as accepted:
        page.get_by_role("button", name=word(lang, "picture.variations")).click()
    # Others' variations are on the same server: this one by its id.
    address = accepted.value.headers["location"]
    wait_until(page, "job => fetch(job).then(answer => answer.json()).then(job => job.finished_at)", address)
    page.goto(f"{server_of(page)}/i/{address.rpartition('/')[2]}/0")
    expect(page.get_by_role("heading", name=word(lang, "job.variations_of"), level=1)).to_be_visible()
    # Read from the browser's store: what compares with it, keys too, is there as soon as it is.
    expect(original(page, lang)).to_be_visible()
    return prompt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_upload_on_and_back(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    prompt = edit_and_vary(page, lang)
    variation = page.url
    upload_, edit, here = (word(lang, f"shelf.{one}") for one in ("upload", "made_edits", "made_variations"))
    expect(lineage(page, lang).get_by_role("listitem")).to_have_text([upload_, edit, here])
    page.reload()
    expect(lineage(page, lang).get_by_role("listitem")).to_have_text([upload_, edit, here])
    lineage(page, lang).get_by_role("link", name=edit).click()
    expect(page.get_by_role("heading", name=prompt, level=1)).to_be_visible()
    assert page.url.endswith("/1")
    expect(lineage(page, lang).get_by_role("listitem")).to_have_text([upload_, edit])
    children = page.get_by_role("navigation", name=word(lang, "shelf.made_of_this"))
    children.get_by_role("link", name=here).click()
    expect(page).to_have_url(variation)
    page.keyboard.press("ArrowRight")
    expect(lineage(page, lang).get_by_role("listitem")).to_have_count(3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_compared_by_keys_and_by_pointer(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    edit_and_vary(page, lang)
    slider = page.get_by_role("slider", name=word(lang, "shelf.wipe_label"))
    page.keyboard.press("c")
    expect(slider).to_have_value("50")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("51")
    page.keyboard.press("Home")
    expect(slider).to_have_value("0")
    box = slider.locator("..").bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(slider).to_have_value("75")
    page.keyboard.press("Escape")
    original(page, lang).get_by_role("button", name=word(lang, "shelf.compare")).click()
    expect(slider).to_have_count(0)


def test_the_original_is_shown_while_held(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    edit_and_vary(page)
    source = page.get_by_role("img", name=word("en", "shelf.source_alt"))
    expect(source).to_have_count(1)  # its thumbnail
    hold = original(page).get_by_role("button", name=word("en", "shelf.hold"))
    hold.hover()
    page.mouse.down()
    expect(source).to_have_count(2)
    page.mouse.up()
    expect(source).to_have_count(1)
    page.keyboard.down("\\")
    expect(source).to_have_count(2)
    page.keyboard.up("\\")
    expect(source).to_have_count(1)
    hold.focus()
    page.keyboard.press("Enter")  # without a pointer it stays
    expect(hold).to_have_attribute("aria-pressed", "true")
    expect(source).to_have_count(2)
    page.keyboard.press("Space")
    expect(source).to_have_count(1)


def test_what_was_sent_is_kept_to_the_byte_and_goes_with_its_job(
    open_page: OpenPage, server: ServerProcess
) -> None:
    page = open_page(server.url, quiet=False)
    sent = png((256, 256), hole=True)
    choose_small(page, count="1")
    upload(page, sent)
    card = draw(page, f"{PROMPT}, {next(TURNS)}", count=1)
    (job,) = stored_keys(page, "inputs")
    kept = page.evaluate(
        """id => new Promise(done => {
            const opening = indexedDB.open('egaku');
            opening.onsuccess = () => {
                const asking = opening.result.transaction('inputs').objectStore('inputs').get(id);
                asking.onsuccess = async () => {
                    opening.result.close();
                    const {image, mask, from} = asking.result;
                    done({bytes: [...new Uint8Array(await image.arrayBuffer())], mask, from});
                };
            };
        })""",
        job,
    )
    assert (bytes(kept["bytes"]), kept["mask"], kept["from"]) == (sent, None, None)
    card.get_by_role("button", name=word("en", "job.more")).click()
    page.get_by_role("menuitem", name=word("en", "job.delete")).click()
    wait_until(
        page, "id => fetch(`/v1/jobs/${id}`, {method: 'HEAD'}).then(answer => answer.status === 404)", job
    )
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert stored_keys(page, "inputs") == []


def test_a_deleted_ancestor_is_still_seen(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    prompt = edit_and_vary(page)
    variation = page.url
    page.goto(server.url)
    job_card(page, prompt).get_by_role("button", name=word("en", "job.more")).click()
    with page.expect_response(lambda one: one.request.method == "DELETE"):
        page.get_by_role("menuitem", name=word("en", "job.delete")).click()
    wait_until(page, f"() => ({STORED})(['inputs', 'getAllKeys']).then(keys => keys.length === 1)")
    page.goto(variation)
    expect(lineage(page).get_by_role("listitem").first).to_have_text(word("en", "shelf.deleted_picture"))
    expect(original(page).get_by_role("img")).to_be_visible()


def test_a_picture_drawn_from_words_alone_comes_from_nowhere(
    open_page: OpenPage, server: ServerProcess
) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    draw(page, "a train in autumn", count=1).get_by_role("link").click()
    expect(page.get_by_role("heading", name="a train in autumn", level=1)).to_be_visible()
    expect(lineage(page)).to_have_count(0)
    expect(original(page)).to_have_count(0)
