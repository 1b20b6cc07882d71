"""Promise: the admin key is kept nowhere, and every state of the admin page says what is the matter."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.cli.run import run_cli
from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.house import API, GENERATIONS, House, at, first_key, row_of, sign_in
from tests.web.test_states import restarted, storage
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_admin_key_is_exchanged_and_kept_nowhere(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    """Wrong keys are told apart; the drawing session of the same browser lives on beside it."""
    folder, said = tmp_path / "data", list[str]()
    admin, drawing = first_key(folder, is_admin=True), first_key(folder, is_admin=False)
    with ServerProcess(data_dir=folder) as server:
        page = open_page(server.url, lang, quiet=False)
        page.on("console", lambda message: said.append(_text(message)))
        page.get_by_label(word(lang, "key.label")).fill(admin)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").get_by_text(word(lang, "key.not_drawing"))).to_be_visible()
        page.get_by_label(word(lang, "key.label")).fill(drawing)
        page.keyboard.press("Enter")
        expect(page.get_by_text(word(lang, "link.online_idle"))).to_be_visible()
        nav = page.get_by_role("navigation", name=word(lang, "app.main_nav"))
        expect(nav.get_by_role("link", name=word(lang, "app.admin"))).to_have_count(0)
        page.get_by_role("link", name=word(lang, "app.settings")).click()
        page.get_by_role("link", name=word(lang, "settings.admin")).click()
        expect(page.get_by_role("heading", name=word(lang, "admin.sign_in_title"))).to_be_visible()
        for wrong, why in (("sk-egaku-wrong", "key.refused"), (drawing, "admin.not_admin")):
            sign_in(page, wrong, lang)
            expect(page.get_by_role("alert").get_by_text(word(lang, why))).to_be_visible()
        assert len(page.context.cookies()) == 1
        sign_in(page, admin, lang)
        expect(page.get_by_role("main")).to_be_focused()
        hint = word(lang, "admin.signed_in", name="tests", hint=admin[-4:])
        expect(page.get_by_text(hint)).to_be_visible()
        expect(nav.get_by_role("link", name=word(lang, "app.admin"))).to_be_visible()
        page.reload()
        expect(page.get_by_text(hint)).to_be_visible()
        for section in ("usage", "keys", "reports"):
            page.get_by_role("link", name=word(lang, f"admin.{section}"), exact=True).click()
            expect(page.get_by_role("heading", level=2).first).to_be_visible()
            for key in (admin, drawing):
                assert key not in storage(page) + page.url
        cookies = {one["name"]: one for one in page.context.cookies()}
        assert set(cookies) == {"egaku_session", "egaku_admin"}
        assert (cookies["egaku_admin"]["httpOnly"], cookies["egaku_admin"]["sameSite"]) == (True, "Strict")
        assert cookies["egaku_admin"]["expires"] == -1
        page.get_by_role("button", name=word(lang, "key.sign_out")).click()
        expect(page.get_by_role("heading", name=word(lang, "admin.sign_in_title"))).to_be_visible()
        expect(nav.get_by_role("link", name=word(lang, "app.admin"))).to_have_count(0)
        assert {one["name"] for one in page.context.cookies()} == {"egaku_session"}
        page.goto(server.url)
        expect(page.get_by_text(word(lang, "link.online_idle"))).to_be_visible()
        assert not [key for key in (admin, drawing) if key in server.log + "".join(said)]


def _text(message: ConsoleMessage) -> str:
    return message.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_server_without_an_admin_key_says_how_to_make_one(
    open_page: OpenPage, tmp_path: Path, lang: str
) -> None:
    folder = tmp_path / "data"
    with ServerProcess(data_dir=folder) as server:
        page = open_page(f"{server.url}/admin", lang, quiet=False)
        expect(page.get_by_role("heading", name=word(lang, "admin.first_title"))).to_be_visible()
        command = page.get_by_text("egaku keys create boss --admin").inner_text()
        made = run_cli(*command.split()[1:], data_dir=folder)
        sign_in(page, made.out.strip(), lang)
        expect(page.get_by_text(word(lang, "admin.ready"))).to_be_visible()
        for section, nothing in (
            ("usage", "no_usage_other"),
            ("keys", "no_api_keys"),
            ("reports", "no_reports_open"),
        ):
            page.get_by_role("link", name=word(lang, f"admin.{section}"), exact=True).click()
            expect(page.get_by_text(word(lang, f"admin.{nothing}", count=30)).first).to_be_visible()
        expect(page.get_by_text(word(lang, "admin.no_reports_ever"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_shows_what_is_wrong(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "data"
    admin, key = first_key(folder, is_admin=True), first_key(folder, is_admin=False)
    with ServerProcess(["--images-per-minute", "1", "--workers", "1"], data_dir=folder) as server:
        headers = {"Authorization": f"Bearer {key}"}
        for n in (2, 2, 3):
            body = {"prompt": "a bee", "n": n, "size": "256x256"}
            assert (
                httpx.post(f"{server.url}{GENERATIONS}", json=body, headers=headers, timeout=60).status_code
                == 429
            )
        page = open_page(f"{server.url}/admin", lang, quiet=False)
        sign_in(page, admin, lang)
        expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()
        limited = page.get_by_role("listitem").filter(has_text=word(lang, "admin.error_rate_limit_exceeded"))
        expect(limited).to_contain_text("3")
        expect(page.get_by_text(word(lang, "admin.workers_text", able=1, wanted=1)).first).to_be_visible()
        images = folder / "images"
        images.rename(folder / "away")
        images.write_text("in the way")
        expect(page.get_by_role("heading", name=word(lang, "admin.not_ready"))).to_be_visible()
        store = page.get_by_role("listitem").filter(has_text=word(lang, "admin.check_pictures"))
        expect(store.locator("code")).to_have_text(re.compile(r"\w+"))
        images.unlink()
        (folder / "away").rename(images)
        expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_server_that_goes_and_comes_back(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "data"
    admin = first_key(folder, is_admin=True)
    with ServerProcess(data_dir=folder) as first:
        page = open_page(f"{first.url}/admin", lang, quiet=False)
        sign_in(page, admin, lang)
        expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()
    expect(page.get_by_text(word(lang, "admin.stale"))).to_be_visible()
    expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()
    page.get_by_role("link", name=word(lang, "admin.keys"), exact=True).click()
    away = page.get_by_role("alert").filter(has_text=word(lang, "admin.away"))
    expect(away).to_be_visible()
    with restarted(first, folder):
        away.get_by_role("button", name=word(lang, "link.try_now")).click()
        expect(page.get_by_text(word(lang, "admin.no_api_keys"))).to_be_visible()
        expect(away).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_session_that_ends_asks_for_the_key_again(open_page: OpenPage, house: House, lang: str) -> None:
    """By itself, with the next look at the server."""
    made = house.api("POST", f"{API}/admin_api_keys", json={"name": "for a day"}).json()
    page = open_page(f"{house.server.url}/admin", lang, quiet=False)
    sign_in(page, made["value"], lang)
    expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()
    assert house.api("DELETE", f"{API}/admin_api_keys/{made['id']}").status_code == 200
    expect(page.get_by_role("heading", name=word(lang, "admin.sign_in_title"))).to_be_visible()
    sign_in(page, house.office.admin, lang)
    expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_by_keyboard(open_page: OpenPage, house: House, lang: str) -> None:
    """Sign in, make a key, take it along, revoke it: no mouse."""
    page = open_page(f"{house.server.url}/admin/keys", lang, quiet=False)
    expect(page.get_by_label(word(lang, "admin.key_label"))).to_be_visible()
    walk_to(page, page.get_by_label(word(lang, "admin.key_label")))
    page.keyboard.insert_text(house.office.admin)
    page.keyboard.press("Enter")
    make = page.get_by_role("button", name=word(lang, "admin.new_key"))
    expect(make).to_be_visible()
    walk_to(page, make)
    page.keyboard.press("Enter")
    name = page.get_by_role("dialog").get_by_label(word(lang, "admin.name"), exact=True)
    expect(name).to_be_visible()
    walk_to(page, name)
    page.keyboard.type(f"typed {lang}")
    page.keyboard.press("Enter")
    done = page.get_by_role("button", name=word(lang, "admin.done"))
    expect(done).to_be_visible()
    walk_to(page, done)
    page.keyboard.press("Enter")
    revoke = page.get_by_role("button", name=word(lang, "admin.revoke_named", name=f"typed {lang}"))
    expect(revoke).to_be_visible()
    walk_to(page, revoke)
    page.keyboard.press("Enter")
    sure = page.get_by_role("dialog").get_by_role("button", name=word(lang, "admin.revoke"), exact=True)
    expect(sure).to_be_visible()
    walk_to(page, sure)
    page.keyboard.press("Enter")
    expect(row_of(page, f"typed {lang}")).to_have_count(0)


def walk_to(page: Page, target: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(60):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not get there")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_that_are_none(open_page: OpenPage, house: House, lang: str) -> None:
    page = at(open_page, house, lang)
    page.goto(f"{house.server.url}/admin/nothing")
    expect(page.get_by_text(word(lang, "app.not_found"))).to_be_visible()


def test_whoever_does_not_administer_is_not_asked_about(open_page: OpenPage, server: ServerProcess) -> None:
    """No request and no code of the page, until somebody goes there."""
    asked: list[str] = []
    page = open_page("about:blank")
    page.on("request", lambda one: asked.append(one.url))
    with page.expect_response("**/assets/HistoryPage*.js"):  # other pages are fetched ahead
        page.goto(f"{server.url}/settings")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(500)
    assert not [one for one in asked if "admin" in one.lower()]
