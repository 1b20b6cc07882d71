"""Reports on the admin page: read as sent, judged, forgotten."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.house import API, House, at
from tests.web.test_states import REFUSED
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reports_are_read_judged_and_forgotten(open_page: OpenPage, house: House, lang: str) -> None:
    """What its sender wrote is shown as they wrote it, and never run."""
    note = f'<img src=x onerror="document.title=1"> {lang} {time.time()}'
    identifier = house.report(note, REFUSED[lang])
    page = at(open_page, house, lang, "/reports")
    card = page.get_by_role("article").filter(has_text=note)
    expect(card.get_by_text(REFUSED[lang])).to_be_visible()
    expect(card.get_by_text("temp")).to_be_visible()
    expect(card.get_by_text(word(lang, "admin.category_violence"), exact=True)).to_be_visible()
    assert card.locator("img").count() == 0
    card.get_by_role("button", name=word(lang, "admin.mark_wrong")).click()
    expect(card).to_have_count(0)
    expect(page.get_by_role("heading", name=word(lang, "admin.reports"), level=2, exact=True)).to_be_focused()
    place = f"{API}/moderation/reports/{identifier}"
    assert house.api("GET", place).json()["outcome"] == "wrong"
    page.get_by_text(word(lang, "admin.standing_closed"), exact=True).click()
    expect(card.get_by_text(word(lang, "admin.outcome_wrong"))).to_be_visible()
    card.get_by_role("button", name=word(lang, "admin.reopen")).click()
    expect(card).to_have_count(0)
    page.get_by_role("radio", name=word(lang, "admin.standing_open"), exact=True).check(force=True)
    card.get_by_role("button", name=word(lang, "admin.mark_right")).click()
    page.get_by_role("radio", name=word(lang, "admin.standing_closed"), exact=True).check(force=True)
    expect(card.get_by_text(word(lang, "admin.outcome_right"))).to_be_visible()
    card.get_by_role("button", name=word(lang, "job.delete")).click()
    dialog = page.get_by_role("dialog", name=word(lang, "admin.delete_title"))
    dialog.get_by_role("button", name=word(lang, "job.delete")).click()
    expect(card).to_have_count(0)
    expect(page.get_by_role("heading", name=word(lang, "admin.reports"), level=2, exact=True)).to_be_focused()
    assert house.api("GET", place).status_code == 404
    by_category = page.get_by_role("heading", name=word(lang, "admin.by_category")).locator("xpath=..")
    summary = house.api("GET", f"{API}/moderation/summary").json()
    (sexual,) = [one for one in summary["categories"] if one["category"] == "sexual"]
    line = by_category.get_by_role("listitem").filter(has_text=word(lang, "admin.category_sexual")).first
    expect(line).to_contain_text(f"{word(lang, 'admin.outcome_wrong')} {sexual['wrong']}")
