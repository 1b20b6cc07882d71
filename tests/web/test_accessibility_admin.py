"""Promise: axe finds nothing to object to on the admin page, in any state, in either language or theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.server import ServerProcess
from tests.web.axe import violations
from tests.web.conftest import OpenPage
from tests.web.house import House, sign_in
from tests.web.words import LANGUAGES, word


def make_dialog(page: Page, lang: str) -> None:
    page.get_by_role("button", name=word(lang, "admin.new_key")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def made_dialog(page: Page, lang: str) -> None:
    make_dialog(page, lang)
    page.get_by_label(word(lang, "admin.name"), exact=True).fill("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=word(lang, "admin.made_title"))).to_be_visible()


def refused_dialog(page: Page, lang: str) -> None:
    make_dialog(page, lang)
    page.get_by_label(word(lang, "admin.name"), exact=True).fill("x")
    page.get_by_label(word(lang, "admin.models"), exact=True).fill("m" * 201)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()


def revoke_dialog(page: Page, lang: str) -> None:
    page.get_by_role("button", name=word(lang, "admin.revoke_named", name="").strip()).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def admin_keys(page: Page, lang: str) -> None:
    page.get_by_text(word(lang, "admin.kind_admin_api_keys"), exact=True).click()
    expect(page.get_by_text(word(lang, "admin.yours"), exact=True)).to_be_visible()


def as_table(page: Page, lang: str) -> None:
    page.get_by_role("button", name=word(lang, "admin.as_table")).click()


def on_a_day(page: Page, lang: str) -> None:
    slider = page.get_by_role("slider", name=word(lang, "admin.day"))
    slider.press("ArrowLeft")
    expect(slider).to_be_focused()


def closed_reports(page: Page, lang: str) -> None:
    page.get_by_text(word(lang, "admin.standing_closed"), exact=True).click()
    expect(page.get_by_role("button", name=word(lang, "admin.reopen")).first).to_be_visible()


def delete_dialog(page: Page, lang: str) -> None:
    page.get_by_role("article").first.get_by_role("button", name=word(lang, "job.delete")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def stale(page: Page, lang: str) -> None:
    page.route("**/v1/organization/status", lambda route: route.abort())
    expect(page.get_by_text(word(lang, "admin.stale"))).to_be_visible()


def unwell(page: Page, lang: str) -> None:
    def change(route: Route) -> None:
        answer = route.fetch()
        checks = {"engine": "ok", "records": "storage_full", "pictures": "ok"}
        errors = [{"code": "storage_full", "count": 7}, {"code": "some_code", "count": 2}]
        sick = {**answer.json(), "ready": False, "checks": checks, "errors": errors}
        route.fulfill(response=answer, json=sick)

    page.route("**/v1/organization/status", change)
    expect(page.get_by_role("heading", name=word(lang, "admin.not_ready"))).to_be_visible()


def nothing_more(_page: Page, _lang: str) -> None:
    """The section as it comes."""


ADMIN_STATES: dict[str, tuple[Callable[[Page, str], None], ...]] = {
    "": (nothing_more, stale, unwell),
    "usage": (nothing_more, as_table, on_a_day),
    "keys": (nothing_more, make_dialog, made_dialog, refused_dialog, revoke_dialog, admin_keys),
    "reports": (nothing_more, closed_reports, delete_dialog),
}
"""By section of the admin page."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_for_administrators(
    open_page: OpenPage, house: House, server: ServerProcess, lang: str, scheme: str
) -> None:
    page = open_page(f"{server.url}/admin", lang, quiet=False, color_scheme=scheme, reduced_motion="reduce")
    expect(page.get_by_role("heading", name=word(lang, "admin.first_title"))).to_be_visible()
    found = {"first": violations(page)}
    page.goto(f"{house.server.url}/admin")
    sign_in(page, "sk-egaku-wrong", lang)
    expect(page.get_by_role("alert")).to_be_visible()
    found["refused"] = violations(page)
    sign_in(page, house.office.admin, lang)
    expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()
    for section, states in ADMIN_STATES.items():
        for state in states:
            page.unroute_all()
            page.goto(f"{house.server.url}/admin/{section}".rstrip("/"))
            expect(page.get_by_role("heading", level=2).first).to_be_visible()
            expect(page.get_by_text(word(lang, "picture.loading"))).to_have_count(0)
            state(page, lang)
            found[f"{section} {state.__name__}"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_admin_page_fits_a_narrow_window(open_page: OpenPage, house: House, lang: str) -> None:
    size = {"width": 320, "height": 640}
    page = open_page(f"{house.server.url}/admin", lang, quiet=False, viewport=size)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sign_in(page, house.office.admin, lang)
    expect(page.get_by_role("heading", name=word(lang, "admin.ready"))).to_be_visible()
    for section in ADMIN_STATES:
        page.goto(f"{house.server.url}/admin/{section}".rstrip("/"))
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        expect(page.get_by_text(word(lang, "picture.loading"))).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, section
