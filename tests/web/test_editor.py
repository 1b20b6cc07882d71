"""The editor: erase, ask, choose, keep; in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    PROMPT,
    SIDE,
    accept,
    ask,
    bytes_of,
    choose,
    decode,
    drag,
    encode,
    export,
    file_menu,
    frame,
    last_sent,
    open_file,
    picture,
    place,
    prompt_box,
    saved,
    seen,
    spy,
    stage,
)
from tests.web.test_states import REFUSED
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_erased_is_filled_and_nothing_else_changes(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    spy(page)
    data = picture()
    open_file(page, server.url, data, lang)
    expect(page.get_by_text(word(lang, "editor.why_no_hole"))).to_be_visible()
    expect(page.get_by_role("button", name=word(lang, "create.generate"), exact=True)).to_be_disabled()
    drag(page, [(60, 60), (120, 90), (90, 150)])
    hole = export(page, lang=lang)[..., 3] == 0
    assert 3_000 < hole.sum() < 20_000
    expect(page.get_by_text(word(lang, "editor.why_no_prompt"))).to_be_visible()
    ask(page, PROMPT[lang], lang)
    address, sent = last_sent(page)
    assert address == "/v1/images/edits"
    assert sent["image"] == data, "the original file goes out to the byte"
    mask = decode(bytes_of(sent, "mask"))
    assert ((mask[..., 3] == 0) == hole).all()
    assert set(np.unique(mask[..., 3])) == {0, 255}
    page.get_by_role("button", name=word(lang, "editor.next")).click()
    expect(place(page)).to_contain_text("2 / 2")
    accept(page, lang)
    made, given = export(page, lang=lang), decode(data)
    assert (made[~hole] == given[~hole]).all()
    assert (made[..., 3] == 255).all()
    assert (made[hole] != given[hole]).any(axis=-1).mean() > 0.9
    assert prompt_box(page, lang).input_value() == PROMPT[lang]


def test_more_discard_compare_and_undo(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    white = encode(np.full((SIDE, SIDE, 3), 250, np.uint8))
    open_file(page, server.url, white)
    drag(page, [(70, 70), (186, 70), (70, 128), (186, 128), (70, 186), (186, 186)])
    ask(page, "a big red fox", count=2)
    part = (95, 60, 150, 190)  # not where the slider's handle throws its shadow
    drawn = seen(page, *part)
    assert (drawn != 250).any(axis=-1).mean() > 0.05
    choose(page, "editor.compare")
    assert (seen(page, *part) == 250).all()
    choose(page, "editor.compare")
    assert (seen(page, *part) == drawn).all()
    choose(page, "editor.wipe")
    slider = page.get_by_role("slider", name=word("en", "editor.wipe_at"))
    slider.fill("100")
    assert (seen(page, *part) == 250).all()
    slider.fill("0")
    assert (seen(page, *part) == drawn).all()
    choose(page, "editor.wipe")
    choose(page, "editor.discard")
    expect(place(page)).to_contain_text("1 / 1")
    choose(page, "editor.more")
    expect(place(page)).to_contain_text("/ 3")
    saved(page)
    page.reload()
    expect(place(page)).to_contain_text("/ 3")
    expect(place(page)).to_have_attribute("data-shown", "true")
    accept(page)
    after = export(page)
    page.get_by_role("button", name=word("en", "editor.undo")).click()
    assert (export(page)[..., 3] == 0).any()
    page.get_by_role("button", name=word("en", "editor.redo")).click()
    assert (export(page) == after).all()


def test_giving_up_is_asked_about_and_changes_nothing(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    drag(page, [(60, 60), (120, 120)])
    before = export(page)
    ask(page, PROMPT["en"], count=1)
    choose(page, "job.cancel")
    dialog = page.get_by_role("dialog", name=word("en", "editor.cancel_title"))
    dialog.get_by_role("button", name=word("en", "editor.cancel_no")).click()
    expect(place(page)).to_be_visible()
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name=word("en", "editor.cancel_yes")).click()
    expect(prompt_box(page)).to_have_value(PROMPT["en"])
    assert (export(page) == before).all()


def test_a_job_is_cancelled_on_the_server_too(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture(1024, 1024))
    drag(page, [(300, 300), (800, 800)])
    page.get_by_label(word("en", "create.how_many")).select_option("10")
    prompt_box(page).fill("ten castles, impasto")
    page.keyboard.press("Enter")
    choose(page, "job.cancel")
    expect(prompt_box(page)).to_have_value("ten castles, impasto")
    page.wait_for_function(
        "() => fetch('/v1/jobs?limit=1').then(a => a.json()).then(a => a.data[0].status === 'cancelled')"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_erased_elsewhere_is_found(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    open_file(page, server.url, picture(600, 300), lang)
    assert frame(page) == (172, 22, 256)
    drag(page, [(40, 150), (60, 150)])
    expect(page.get_by_text(word(lang, "editor.why_elsewhere"))).to_be_visible()
    page.get_by_role("button", name=word(lang, "editor.move_frame")).click()
    expect(page.get_by_text(word(lang, "editor.why_elsewhere"))).to_have_count(0)
    left, _, side = frame(page)
    assert left <= 24
    assert left + side >= 76
    page.get_by_role("button", name=word(lang, "editor.undo")).click()
    assert frame(page) == (172, 22, 256)


def test_a_hint_is_dismissed_for_good(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    drag(page, [(60, 60), (120, 120)])
    prompt_box(page).fill("a fox")
    expect(page.get_by_text(word("en", "editor.hint"))).to_be_visible()
    page.get_by_role("button", name=word("en", "editor.hint_dismiss")).click()
    expect(page.get_by_text(word("en", "editor.hint"))).to_have_count(0)
    saved(page)
    page.reload()
    expect(prompt_box(page)).to_have_value("a fox")
    expect(page.get_by_text(word("en", "editor.hint"))).to_have_count(0)


@pytest.mark.parametrize("how", ["flatten", "erase"])
def test_half_transparent_pixels_are_asked_about(
    open_page: OpenPage, server: ServerProcess, how: str
) -> None:
    pixels = np.full((SIDE, SIDE, 4), 255, np.uint8)
    pixels[..., :3] = (200, 60, 30)
    pixels[40:80, 40:80, 3] = 128
    pixels[120:160, 120:160, 3] = 0
    page = open_page(server.url)
    open_file(page, server.url, encode(pixels))
    page.get_by_label(word("en", "create.how_many")).select_option("1")
    prompt_box(page).fill("a red wall")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=word("en", "editor.translucent_title"))
    dialog.get_by_role("button", name=word("en", f"editor.translucent_{how}")).click()
    expect(place(page)).to_have_attribute("data-shown", "true")
    accept(page)
    made = export(page)
    assert (made[..., 3] == 255).all()
    flat = (made[40:80, 40:80, :3] == (227, 157, 142)).all()
    assert bool(flat) is (how == "flatten")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_description_is_kept(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang, quiet=False)
    open_file(page, server.url, picture(), lang)
    drag(page, [(60, 60), (120, 120)])
    box = prompt_box(page, lang)
    box.fill(REFUSED[lang])
    page.keyboard.press("Enter")
    notice = page.get_by_role("alert").filter(has_text=word(lang, "fault.blocked_title"))
    notice.get_by_role("button", name=word(lang, "fault.blocked_edit")).click()
    expect(box).to_be_focused()
    expect(box).to_have_value(REFUSED[lang])
    drag(page, [(160, 160), (180, 180)])  # the picture can be worked on again
    expect(page.get_by_test_id("summary")).to_contain_text("2")


def test_too_many_pictures_count_down(open_page: OpenPage) -> None:
    with ServerProcess(["--images-per-minute", "2"]) as server:
        page = open_page("about:blank", quiet=False)
        page.clock.install()
        open_file(page, server.url, picture())
        drag(page, [(60, 60), (120, 120)])
        ask(page, "a fox", count=2)
        choose(page, "editor.more")
        again = page.get_by_role("button", name=word("en", "create.try_again_in", time="").strip())
        expect(again).to_be_disabled()
        page.clock.fast_forward(61_000)
        expect(page.get_by_role("button", name=word("en", "editor.more"), exact=True)).to_be_enabled()
        accept(page)


def test_the_request_is_shown_as_code_with_its_files(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path
) -> None:
    page = open_page(server.url)
    data = picture()
    open_file(page, server.url, data)
    drag(page, [(60, 60), (120, 120)])
    hole = export(page)[..., 3] == 0
    ask(page, "a fox", count=1)
    files = view_code(page, tmp_path)
    assert files["image.png"] == data
    mask = decode(files["mask.png"])
    assert ((mask[..., 3] == 0) == hole).all()
    code = page.get_by_role("tabpanel", name="Python", exact=True).locator("pre").inner_text()
    assert 'mask=open("mask.png", "rb")' in code
    page.keyboard.press("Escape")
    accept(page)
    saved(page)
    page.reload()
    expect(prompt_box(page)).to_have_value("a fox")
    assert view_code(page, tmp_path) == files, "as it was sent, also after a reload"
    assert page.get_by_role("tabpanel", name="Python", exact=True).locator("pre").inner_text() == code


def view_code(page: Page, folder: Path) -> dict[str, bytes]:
    """Open the dialog and download what it offers."""
    file_menu(page, "job.view_code").click()
    files: dict[str, bytes] = {}
    for name in ("image.png", "mask.png"):
        with page.expect_download() as download:
            page.get_by_role("button", name=word("en", "code.download_file", name=name)).click()
        assert download.value.suggested_filename == name
        download.value.save_as(folder / name)
        files[name] = (folder / name).read_bytes()
    return files


def test_changes_are_announced(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    summary = page.get_by_test_id("summary")
    expect(summary).to_have_role("status")
    expect(summary).to_have_text(word("en", "editor.summary_none"))
    drag(page, [(40, 40), (60, 40)])
    drag(page, [(180, 180), (200, 180)])
    expect(summary).to_have_text(re.compile(r"^2 areas to fill, \d+% of the frame$"))
    expect(stage(page)).to_have_accessible_name(word("en", "editor.canvas"))
    expect(stage(page)).to_have_accessible_description(re.compile("2 areas"))
    page.get_by_role("button", name=word("en", "editor.clear")).click()
    expect(summary).to_have_text(word("en", "editor.summary_none"))
