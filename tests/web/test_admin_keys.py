"""Keys on the admin page: made, shown once, changed, searched, revoked."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.house import API, GENERATIONS, House, at, first_key, row_of, sign_in
from tests.web.test_states import storage
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_from_birth_to_death(open_page: OpenPage, house: House, lang: str) -> None:
    """Made with every limit; its secret shown once, kept nowhere; used, changed, revoked after a question."""
    page = at(open_page, house, lang, "/keys")
    page.get_by_role("button", name=word(lang, "admin.new_key")).click()
    dialog = page.get_by_role("dialog", name=word(lang, "admin.make_api_keys"))
    name = f"phone <b>{lang}</b>"
    fields = {
        "name": name, "user": "ann", "images_per_minute": "7", "images_per_day": "70",
        "images_per_month": "700", "max_concurrent": "3", "models": "dall-e-2, gpt-image-1",
        "organization": "org-x",
    }  # fmt: skip
    for field, value in fields.items():
        dialog.get_by_label(word(lang, f"admin.{field}"), exact=True).fill(value)
    dialog.get_by_label(word(lang, "admin.moderation")).select_option("strict")
    dialog.get_by_role("button", name=word(lang, "admin.make")).click()
    shown = page.get_by_role("dialog", name=word(lang, "admin.made_title"))
    secret = shown.get_by_text(re.compile("^sk-egaku-")).inner_text()
    page.keyboard.press("Escape")
    page.mouse.click(5, 5)
    expect(shown).to_be_visible()  # it would be lost by a slip
    shown.get_by_role("button", name=word(lang, "admin.done")).click()
    expect(shown).to_have_count(0)
    assert secret not in storage(page) + page.url + house.server.log
    listed = house.api("GET", f"{API}/api_keys?limit=100&order=desc").json()["data"]
    (made,) = [one for one in listed if one["name"] == name]
    expected = {
        **fields, "images_per_minute": 7, "images_per_day": 70, "images_per_month": 700, "max_concurrent": 3,
        "models": ["dall-e-2", "gpt-image-1"], "moderation": "strict",
    }  # fmt: skip
    assert {field: made[field] for field in expected} == expected
    row = row_of(page, name)
    expect(row.get_by_text(word(lang, "admin.never"))).to_be_visible()
    for text in (
        "dall-e-2",
        word(lang, "admin.short_images_per_day", most=70),
        "ann · org-x",
        f"…{secret[-4:]}",
    ):
        expect(row.get_by_text(text)).to_be_visible()
    drawn = house.api("POST", GENERATIONS, secret, json={"prompt": "a bee", "size": "256x256"})
    assert drawn.status_code == 200
    row.get_by_role("button", name=word(lang, "admin.change_named", name=name)).click()
    change = page.get_by_role("dialog")
    change.get_by_label(word(lang, "admin.images_per_day"), exact=True).fill("90")
    for field in ("models", "user"):
        change.get_by_label(word(lang, f"admin.{field}"), exact=True).fill("")
    with page.expect_request(f"**/api_keys/{made['id']}") as asked:
        change.get_by_role("button", name=word(lang, "admin.save")).click()
    assert asked.value.post_data_json == {"images_per_day": 90, "models": None, "user": None}
    expect(row.get_by_text(word(lang, "admin.short_images_per_day", most=90))).to_be_visible()
    expect(row.get_by_text("dall-e-2")).to_have_count(0)
    expect(row.get_by_text(word(lang, "admin.never"))).to_have_count(0)
    row.get_by_role("button", name=word(lang, "admin.revoke_named", name=name)).click()
    page.get_by_role("dialog").get_by_role("button", name=word(lang, "job.cancel")).click()
    assert house.api("GET", "/v1/models", secret).status_code == 200
    row.get_by_role("button", name=word(lang, "admin.revoke_named", name=name)).click()
    page.get_by_role("dialog").get_by_role("button", name=word(lang, "admin.revoke"), exact=True).click()
    expect(row).to_have_count(0)
    expect(page.get_by_role("heading", name=word(lang, "admin.keys"), level=2)).to_be_focused()
    assert house.api("GET", "/v1/models", secret).status_code == 401


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_server_refuses_is_shown_at_its_field(open_page: OpenPage, house: House, lang: str) -> None:
    page = at(open_page, house, lang, "/keys")
    page.get_by_role("button", name=word(lang, "admin.new_key")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(word(lang, "admin.name"), exact=True).fill("x")
    models = dialog.get_by_label(word(lang, "admin.models"), exact=True)
    models.fill(",".join(f"m{number}" for number in range(101)))
    with page.expect_response(f"**{API}/api_keys") as refused:
        dialog.get_by_role("button", name=word(lang, "admin.make")).click()
    error = refused.value.json()["error"]
    assert (refused.value.status, error["param"]) == (400, "models")
    expect(dialog.get_by_role("alert")).to_have_text(error["message"])
    expect(models).to_have_attribute("aria-invalid", "true")
    expect(models).to_have_accessible_description(re.compile(re.escape(error["message"])))
    expect(models).to_have_value(re.compile("m100$"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_admin_keys_are_made_and_revoked_too(open_page: OpenPage, house: House, lang: str) -> None:
    page = at(open_page, house, lang, "/keys")
    page.get_by_text(word(lang, "admin.kind_admin_api_keys"), exact=True).click()
    expect(row_of(page, "boss").get_by_text(word(lang, "admin.yours"))).to_be_visible()
    page.get_by_role("button", name=word(lang, "admin.new_key")).click()
    dialog = page.get_by_role("dialog", name=word(lang, "admin.make_admin_api_keys"))
    expect(dialog.get_by_label(word(lang, "admin.images_per_day"), exact=True)).to_have_count(0)
    dialog.get_by_label(word(lang, "admin.name"), exact=True).fill(f"deputy {lang}")
    dialog.get_by_role("button", name=word(lang, "admin.make")).click()
    shown = page.get_by_role("dialog", name=word(lang, "admin.made_title"))
    secret = shown.get_by_text(re.compile("^sk-egaku-")).inner_text()
    shown.get_by_role("button", name=word(lang, "admin.done")).click()
    assert house.api("GET", f"{API}/api_keys", secret).status_code == 200
    # Whoever revokes the key they are signed in with is out.
    other = open_page(f"{house.server.url}/admin/keys", lang, quiet=False)
    sign_in(other, secret, lang)
    other.get_by_text(word(lang, "admin.kind_admin_api_keys"), exact=True).click()
    revoke = word(lang, "admin.revoke_named", name=f"deputy {lang}")
    row_of(other, f"deputy {lang}").get_by_role("button", name=revoke).click()
    other.get_by_role("dialog").get_by_role("button", name=word(lang, "admin.revoke"), exact=True).click()
    expect(other.get_by_role("heading", name=word(lang, "admin.sign_in_title"))).to_be_visible()


def test_many_keys_come_in_pages_and_are_searched_all(open_page: OpenPage, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    admin = first_key(folder, is_admin=True)
    with ServerProcess(data_dir=folder) as server:
        with httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {admin}"}, timeout=60
        ) as client:
            for number in range(103):
                assert client.post(f"{API}/api_keys", json={"name": f"zimmer-{number}"}).status_code == 200
        page = open_page(f"{server.url}/admin/keys", "en", quiet=False)
        sign_in(page, admin, "en")
        rows = page.get_by_role("heading", level=3)
        expect(rows).to_have_count(100)
        page.get_by_role("button", name=word("en", "admin.show_more")).click()
        expect(rows).to_have_count(103)
        page.reload()
        expect(rows).to_have_count(100)
        page.get_by_role("searchbox").fill("zimmer-1")
        expect(rows).to_have_count(14)  # 1, 10 … 19, 100 … 102: the oldest is on the second page
        expect(page.get_by_role("heading", name="zimmer-1", exact=True)).to_be_visible()
