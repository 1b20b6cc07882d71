"""Create: from words to pictures, in both languages, with every way of asking."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import FOX, choose_small, compose, draw, expect_drawn, give, job_card, prompt_box
from tests.web.words import LANGUAGES, word


def png(size: tuple[int, int], *, hole: bool = False) -> bytes:
    """A gradient, in its middle transparent if wanted."""
    width, height = size
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., 0] = np.linspace(0, 255, width, dtype=np.uint8)
    pixels[..., 1] = np.linspace(0, 255, height, dtype=np.uint8)[:, None]
    if hole:
        pixels[height // 4 : height // 2, width // 4 : width // 2] = 0
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def upload(page: Page, data: bytes, lang: str = "en") -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=word(lang, "create.upload")).click()
    chooser.value.set_files({"name": "mine.png", "mimeType": "image/png", "buffer": data})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_become_four_pictures(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    card = draw(page, FOX[lang], lang)
    for image in card.get_by_role("link").locator("img").all():
        expect_drawn(image)
    expect(page.get_by_test_id("announcer")).to_have_text(word(lang, "live.done"))
    expect(prompt_box(page, lang)).to_have_value(FOX[lang])


def test_previews_come_before_pictures(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    page.evaluate(
        """() => {
            window.seen = new Set();
            new MutationObserver(() => {
                const shown = document.querySelectorAll('[role=progressbar] img');
                for (const one of shown) window.seen.add(one.src);
            }).observe(document.body, {subtree: true, childList: true, attributes: true});
        }"""
    )
    draw(page, "two owls in a library, oil painting")
    assert page.evaluate("[...window.seen].filter(one => one.startsWith('data:image/')).length") >= 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_enter_of_an_input_method_sends_nothing(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if "/v1/images" in asked.url else None)
    box = prompt_box(page, lang)
    box.click()
    compose(page, "き", "きつ", "きつね", "狐")
    expect(box).to_have_value("狐")
    page.keyboard.press("Shift+Enter")
    expect(box).to_have_value("狐\n")
    assert sent == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").first).to_be_visible()
    assert sent == ["POST"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_surprise_and_chips_write_into_the_box(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    page.get_by_role("button", name=word(lang, "create.surprise")).click()
    box = prompt_box(page, lang)
    expect(box).not_to_have_value("")
    box.fill("x")
    styles = page.get_by_role("group", name=word(lang, "create.style")).get_by_role("button")
    styles.nth(0).click()
    expect(styles.nth(0)).to_have_attribute("aria-pressed", "true")
    styles.nth(1).click()
    expect(styles.nth(0)).to_have_attribute("aria-pressed", "false")
    first, second = styles.nth(0).inner_text(), styles.nth(1).inner_text()
    assert second in box.input_value()
    assert first not in box.input_value()
    styles.nth(1).click()
    expect(box).to_have_value("x")


def test_options_decide_what_is_drawn(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    choose_small(page, count="2")
    page.get_by_role("button", name=word("en", "create.options")).click()
    page.get_by_role("textbox", name=word("en", "create.seed")).fill("soon")
    prompt_box(page).fill("a blue boat")
    expect(page.get_by_role("button", name=word("en", "create.generate"))).to_be_disabled()
    page.get_by_role("textbox", name=word("en", "create.seed")).fill("41")
    card = draw(page, "a blue boat", count=2)
    card.get_by_role("link").first.click()
    expect(page.get_by_text("256 × 256", exact=True)).to_be_visible()
    expect(page.get_by_text("41", exact=True)).to_be_visible()


def test_a_job_can_be_cancelled(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    page.get_by_role("button", name=word("en", "create.options")).click()
    page.get_by_role("radio", name="10", exact=True).check()
    prompt_box(page).fill("ten castles, impasto")
    page.keyboard.press("Enter")
    card = job_card(page, "ten castles, impasto")
    card.get_by_role("button", name=word("en", "job.cancel")).click()
    expect(card.get_by_text(word("en", "job.cancelled"))).to_be_visible()
    expect(card.get_by_role("progressbar")).to_have_count(0)
    job = page.evaluate("fetch('/v1/jobs').then(answer => answer.json())")["data"][0]
    assert (job["prompt"], job["status"]) == ("ten castles, impasto", "cancelled")


def test_a_job_goes_on_over_a_reload(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    prompt_box(page).fill("a train in autumn, mosaic")
    page.keyboard.press("Enter")
    expect(job_card(page, "a train in autumn, mosaic").get_by_role("progressbar").first).to_be_visible()
    page.reload()
    expect(job_card(page, "a train in autumn, mosaic").get_by_role("link")).to_have_count(4)
    expect(prompt_box(page)).to_have_value("a train in autumn, mosaic")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_upload_becomes_variations(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    choose_small(page, lang, count="2")
    upload(page, png((300, 260)), lang)
    source = page.get_by_role("region", name=word(lang, "source.title"))
    expect(source.get_by_text(word(lang, "source.crop"))).to_be_visible()
    source.get_by_role("button", name=word(lang, "source.variations")).click()
    card = job_card(page, word(lang, "job.variations_of"))
    expect(card.get_by_role("link")).to_have_count(2)
    source.get_by_role("button", name=word(lang, "source.remove")).click()
    expect(source).to_have_count(0)


def test_the_transparent_part_of_an_upload_is_filled(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    upload(page, png((256, 256), hole=True))
    card = draw(page, "a cat before a sunset", count=1)
    url = card.locator("img").first.get_attribute("src")
    data = page.request.get(url or "").body()
    made = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    given = np.asarray(Image.open(io.BytesIO(png((256, 256), hole=True))))
    kept = given[..., 3] == 255
    assert (made[kept] == given[kept]).all()
    assert (made[~kept][:, 3] == 255).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_for_an_opaque_upload_lead_to_the_editor(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    upload(page, png((256, 256)), lang)
    expect(page.get_by_text(word(lang, "source.opaque"))).to_be_visible()
    prompt_box(page, lang).fill(FOX[lang])
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=word(lang, "source.edit"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name=word(lang, "editor.prompt"), exact=True)).to_have_value(FOX[lang])


def expect_scaled(page: Page, before: int, after: int, lang: str = "en") -> None:
    sizes = {"from": f"{before} × {before}", "to": f"{after} × {after}"}
    expect(page.get_by_text(word(lang, "source.scaled", **sizes))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_upload_that_is_scaled_is_said_so(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    upload(page, png((1, 1)), lang)
    expect_scaled(page, 1, 256, lang)
    upload(page, png((1200, 1300)), lang)
    expect_scaled(page, 1200, 1024, lang)
    upload(page, png((512, 512)), lang)
    expect(page.get_by_role("button", name="512 × 512")).to_be_visible()
    source = page.get_by_role("region", name=word(lang, "source.title"))
    expect(source.get_by_text("×")).to_have_count(0)


def test_an_upload_that_is_too_heavy_is_made_smaller(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    file = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (1024, 1024, 4), dtype=np.uint8)
    Image.fromarray(noise).save(file, "PNG")
    assert len(file.getvalue()) > 4_000_000
    upload(page, file.getvalue())
    expect_scaled(page, 1024, 512)
    page.get_by_role("button", name=word("en", "source.variations")).click()
    expect(job_card(page, word("en", "job.variations_of")).get_by_role("link")).to_have_count(4)


def test_what_is_no_image_is_said_so(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    upload(page, b"not a picture")
    expect(page.get_by_text(word("en", "source.unreadable"))).to_be_visible()
    expect(prompt_box(page)).to_be_visible()


NOTES = ("notes.txt", "text/plain", b"not a picture")


@pytest.mark.parametrize("event", ["paste", "drop"])
def test_images_are_pasted_and_dropped(open_page: OpenPage, server: ServerProcess, event: str) -> None:
    page = open_page(server.url)
    give(prompt_box(page), event, NOTES, ("mine.png", "image/png", png((256, 256))))
    expect(page.get_by_role("button", name=word("en", "source.variations"))).to_be_visible()
    expect(page.get_by_text(word("en", "source.unreadable"))).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_files_that_are_dropped_or_pasted_are_said_so(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    give(prompt_box(page, lang), "dragover", NOTES)
    here, said = (page.get_by_text(word(lang, one)) for one in ("create.drop_here", "source.unreadable"))
    expect(here).to_be_visible()
    give(prompt_box(page, lang), "drop", NOTES)
    expect(here).to_have_count(0)
    expect(said).to_be_visible()
    page.reload()
    give(prompt_box(page, lang), "paste", NOTES)
    expect(said).to_be_visible()


def test_a_description_that_is_too_long_cannot_be_sent(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    prompt_box(page).fill("狐" * 1001)
    expect(page.get_by_text(word("en", "create.too_long", used=1001, most=1000))).to_be_visible()
    expect(page.get_by_role("button", name=word("en", "create.generate"))).to_be_disabled()
    prompt_box(page).fill("🦊" * 1000)
    expect(page.get_by_role("button", name=word("en", "create.generate"))).to_be_enabled()
