"""When things go wrong: refused, too fast, unreachable, expired, locked. Nothing typed is ever lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.api.conftest import make_key
from tests.moderation.results_refused import refusing_results
from tests.server import ServerProcess
from tests.web.conftest import PATIENCE_MS, OpenPage
from tests.web.steps import (
    FOX,
    choose_small,
    draw,
    expect_drawn,
    expect_kept,
    job_card,
    prompt_box,
    stored_keys,
)
from tests.web.test_create import png, upload
from tests.web.words import LANGUAGES, word

REFUSED = {"en": "a gory murder scene", "ja": "血まみれの殺人現場"}


def restarted(first: ServerProcess, folder: Path) -> ServerProcess:
    """A server on the address of one that has ended."""
    second = ServerProcess(["--port", str(first.port)], data_dir=folder)
    second.port, second.url = first.port, first.url
    return second


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_description_can_be_edited_or_reported(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang, quiet=False)
    box = prompt_box(page, lang)
    box.fill(REFUSED[lang])
    with page.expect_response("**/v1/images/generations") as refused:
        page.keyboard.press("Enter")
    assert refused.value.status == 400
    notice = page.get_by_role("alert")
    expect(notice.get_by_text(word(lang, "fault.blocked_title"))).to_be_visible()
    expect(notice.get_by_text(refused.value.json()["error"]["message"])).to_be_visible()
    notice.get_by_role("button", name=word(lang, "fault.blocked_edit")).click()
    expect(box).to_be_focused()
    expect(box).to_have_value(REFUSED[lang])
    notice.get_by_role("button", name=word(lang, "fault.blocked_report")).click()
    dialog = page.get_by_role("dialog", name=word(lang, "fault.report_title"))
    dialog.get_by_role("textbox").fill("an anatomy lesson")
    with page.expect_response("**/v1/moderations/reports") as reported:
        dialog.get_by_role("button", name=word(lang, "fault.report_send")).click()
    assert reported.value.status == 201
    sent = reported.value.request.post_data_json
    assert sent
    assert sent["request_id"] == refused.value.headers["x-request-id"]
    expect(page.get_by_text(word(lang, "fault.report_sent"))).to_be_visible()
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_job_whose_results_were_refused_can_be_reported(
    open_page: OpenPage, tmp_path: Path, lang: str
) -> None:
    with (
        refusing_results() as judge,
        ServerProcess([], {"EGAKU_MODERATION_JUDGE": judge}, data_dir=tmp_path / "data") as server,
    ):
        page = open_page(server.url, lang, quiet=False)
        choose_small(page, lang, count="1")
        upload(page, png((256, 256)), lang)
        page.get_by_role("button", name=word(lang, "source.variations")).click()
        card = job_card(page, word(lang, "job.variations_of"))
        expect(card.get_by_text(word(lang, "fault.blocked_title"))).to_be_visible()
        card.get_by_role("button", name=word(lang, "fault.blocked_report")).click()
        dialog = page.get_by_role("dialog", name=word(lang, "fault.report_title"))
        dialog.get_by_role("textbox").fill("a gradient")
        with page.expect_response("**/v1/moderations/reports") as reported:
            dialog.get_by_role("button", name=word(lang, "fault.report_send")).click()
        assert reported.value.status == 201
        expect(page.get_by_text(word(lang, "fault.report_sent"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_many_pictures_a_minute_count_down_and_are_not_sent_by_themselves(
    open_page: OpenPage, lang: str
) -> None:
    with ServerProcess(["--images-per-minute", "4"]) as server:
        page = open_page("about:blank", lang, quiet=False)
        page.clock.install()
        page.goto(server.url)
        draw(page, FOX[lang], lang)
        sent: list[str] = []
        page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
        with page.expect_response("**/v1/images/generations") as refused:
            page.keyboard.press("Enter")
        assert refused.value.status == 429
        wait = int(refused.value.headers["retry-after"])
        pattern = word(lang, "create.try_again_in", time="").strip()
        button = page.get_by_role("button", name=pattern)
        expect(button).to_be_disabled()
        expect(page.get_by_role("alert").get_by_text(word(lang, "create.limited"))).to_be_visible()
        page.clock.fast_forward((wait - 2) * 1000)
        expect(button).to_be_disabled()
        page.clock.fast_forward(3000)
        expect(page.get_by_role("button", name=word(lang, "create.generate"), exact=True)).to_be_enabled()
        expect(prompt_box(page, lang)).to_have_value(FOX[lang])
        assert len(sent) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_server_that_goes_and_comes_back(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "data"
    with ServerProcess(data_dir=folder) as first:
        page = open_page(first.url, lang, quiet=False)
        choose_small(page, lang, count="2")
        draw(page, FOX[lang], lang, 2)
        expect_kept(page, 2)
        page.wait_for_function(PAGES_LOADED)
    banner = page.get_by_text(word(lang, "link.offline_banner"))
    expect(banner).to_be_visible()
    prompt_box(page, lang).fill("a second wish")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text(word(lang, "fault.offline"))).to_be_visible()
    expect(prompt_box(page, lang)).to_have_value("a second wish")
    page.get_by_role("link", name=word(lang, "app.history")).click()
    expect(job_card(page, FOX[lang])).to_be_visible()
    page.get_by_role("link", name=word(lang, "app.create")).click()
    with restarted(first, folder):
        page.get_by_role("button", name=word(lang, "link.try_now")).click()
        expect(banner).to_have_count(0)
        expect(prompt_box(page, lang)).to_have_value("a second wish")
        draw(page, "a second wish", lang, 2)


PAGES_LOADED = """() => ['HistoryPage-.*js', 'HistoryTabs-.*css', 'SettingsPage-.*js', 'SettingsPage-.*css',
    'shelf\\\\..*js'].every(file => performance.getEntriesByType('resource').some(
        one => new RegExp(file).test(one.name) && one.responseEnd > 0))"""
"""True once the code of the other pages is there too."""


def test_a_server_that_comes_back_is_found_without_help(open_page: OpenPage, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with ServerProcess(data_dir=folder) as first:
        page = open_page(first.url, quiet=False)
        expect(page.get_by_text(word("en", "link.online_idle"))).to_be_visible()
    expect(page.get_by_text(word("en", "link.offline_banner"))).to_be_visible()
    with restarted(first, folder):
        expect(page.get_by_text(word("en", "link.online_idle"))).to_be_visible()


def test_pictures_outlive_their_links_and_the_servers_records(open_page: OpenPage, tmp_path: Path) -> None:
    with ServerProcess([], {"EGAKU_LINK_SECONDS": "2"}, data_dir=tmp_path / "data") as server:
        page = open_page(server.url, quiet=False)
        choose_small(page, count="2")
        card = draw(page, "a bridge in autumn", count=2)
        expect_kept(page, 2)
        time.sleep(2.5)
        card.get_by_role("link").first.click()
        name = word("en", "picture.alt", prompt="a bridge in autumn", number=1, total=2)
        expect_drawn(page.get_by_role("img", name=name))
        assert (page.get_by_role("img", name=name).get_attribute("src") or "").startswith("blob:")
        job = page.url.split("/")[-2]
        page.evaluate("id => fetch(`/v1/jobs/${id}`, {method: 'DELETE'})", job)
        page.reload()
        expect_drawn(page.get_by_role("img", name=name))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_that_is_nowhere_is_said_to_be(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    with ServerProcess(data_dir=tmp_path / "data") as server:
        page = open_page(server.url, lang, quiet=False)
        choose_small(page, lang, count="1")
        draw(page, FOX[lang], lang, 1)
        for file in (tmp_path / "data" / "images").rglob("*.png"):
            file.unlink()
        elsewhere = open_page(server.url, lang, quiet=False)
        expect(elsewhere.get_by_text(word(lang, "picture.expired"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_that_was_cut_loses_no_picture(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang, quiet=False)
    choose_small(page, lang, count="2")
    cut: list[str] = []

    def cut_off(route: Route) -> None:
        cut.append(route.request.url)
        route.abort()

    page.route("**/files/*", cut_off)
    card = draw(page, FOX[lang], lang, 2)
    # Each is asked for by its tile, to be kept, and once more when neither had it.
    until = time.monotonic() + PATIENCE_MS / 1000
    while len(cut) < 5:
        page.wait_for_timeout(50)
        assert time.monotonic() < until
    expect(card.get_by_role("link")).to_have_count(2)
    expect(card.get_by_text(word(lang, "picture.expired"))).to_have_count(0)
    page.unroute_all()
    for tile in card.get_by_role("link").all():
        expect_drawn(tile.locator("img"))
    expect_kept(page, 2)


def storage(page: Page) -> str:
    """Everything a script could find: storages, DOM, cookies."""
    text: str = page.evaluate(
        """async () => {
            const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie,
                document.documentElement.outerHTML, location.href,
                ...[...document.querySelectorAll('input')].map(one => one.value)];
            for (const {name} of await indexedDB.databases()) {
                const opened = await new Promise(done => {
                    const asking = indexedDB.open(name);
                    asking.onsuccess = () => done(asking.result);
                });
                for (const store of opened.objectStoreNames) {
                    found.push(await new Promise(done => {
                        const asking = opened.transaction(store).objectStore(store).getAll();
                        asking.onsuccess = () => done(JSON.stringify(asking.result));
                    }));
                }
                opened.close();
            }
            return found.join('\\n');
        }"""
    )
    return text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_is_asked_for_once_and_kept_nowhere(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with ThreadPoolExecutor() as thread:  # Playwright's event loop runs in this one
        key = thread.submit(make_key, folder).result()
    with ServerProcess(data_dir=folder) as server:
        page = open_page(server.url, lang, quiet=False)
        expect(page.get_by_role("heading", name=word(lang, "key.title"))).to_be_visible()
        field = page.get_by_label(word(lang, "key.label"))
        field.fill("sk-egaku-wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").get_by_text(word(lang, "key.refused"))).to_be_visible()
        field.fill(key)
        page.keyboard.press("Enter")
        expect(page.get_by_text(word(lang, "link.online_idle"))).to_be_visible()
        choose_small(page, lang, count="1")
        draw(page, FOX[lang], lang, 1)
        expect_kept(page, 1)
        page.reload()
        expect(job_card(page, FOX[lang])).to_be_visible()
        assert key not in storage(page)
        assert key not in server.log
        cookies = page.context.cookies()
        assert [(one["httpOnly"], one["sameSite"]) for one in cookies] == [(True, "Strict")]
        page.get_by_role("link", name=word(lang, "app.settings")).click()
        sign_out(page, lang)
        assert page.context.cookies() == []


def sign_out(page: Page, lang: str, *, clear: bool = False) -> None:
    page.get_by_role("button", name=word(lang, "key.sign_out")).click()
    dialog = page.get_by_role("dialog", name=word(lang, "shelf.sign_out_title"))
    expect(dialog.get_by_text(word(lang, "shelf.sign_out_body"))).to_be_visible()
    if clear:
        dialog.get_by_role("checkbox", name=word(lang, "shelf.sign_out_clear")).check()
    dialog.get_by_role("button", name=word(lang, "key.sign_out")).click()
    expect(page.get_by_role("heading", name=word(lang, "key.title"))).to_be_visible()


@pytest.mark.parametrize("clear", [False, True])
def test_whoever_signs_in_next_finds_what_was_left_to_them(
    open_page: OpenPage, tmp_path: Path, clear: bool
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with ThreadPoolExecutor() as thread:
        first, second = (thread.submit(make_key, folder).result() for _ in range(2))
    with ServerProcess(data_dir=folder) as server:
        page = open_page(server.url, quiet=False)

        def sign_in(key: str) -> None:
            page.get_by_label(word("en", "key.label")).fill(key)
            page.keyboard.press("Enter")
            expect(page.get_by_text(word("en", "link.online_idle"))).to_be_visible()

        sign_in(first)
        choose_small(page, count="1")
        draw(page, FOX["en"], count=1)
        expect_kept(page, 1)
        prompt_box(page).fill("what nobody else is to read")
        page.get_by_role("link", name=word("en", "app.settings")).click()
        sign_out(page, "en", clear=clear)
        sign_in(second)
        expect(prompt_box(page)).to_have_value("")
        expect(page.get_by_role("article")).to_have_count(0 if clear else 1)
        assert len(stored_keys(page, "pictures")) == len(stored_keys(page, "prompts")) == (0 if clear else 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_addresses_that_lead_nowhere(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(f"{server.url}/i/job_none/0", lang, quiet=False)
    expect(page.get_by_text(word(lang, "app.not_found"))).to_be_visible()
    page.get_by_role("link", name=word(lang, "app.back_home")).click()
    expect(prompt_box(page, lang)).to_be_visible()
