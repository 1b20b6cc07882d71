"""Charts on the admin page: every number is the records' own."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import OpenPage
from tests.web.house import API, House, at
from tests.web.office import KEYS
from tests.web.words import LANGUAGES, word


def read_by_keyboard(page: Page, lang: str, images: list[int]) -> None:
    """Arrow keys walk along the days; what is seen is said too."""
    figure = page.get_by_role("figure")
    summary = figure.locator("p").first.inner_text()
    slider = figure.get_by_role("slider", name=word(lang, "admin.day"))
    figure.get_by_role("button").focus()
    page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    for key, day in (("", -1), ("ArrowLeft", -2), ("ArrowLeft", -3), ("ArrowRight", -2), ("Home", 0)):
        if key:
            page.keyboard.press(key)
        number = re.compile(rf"[:：] ?{images[day]:,}(?!\d)")
        expect(figure.locator("p").first).to_have_text(number)
        expect(slider).to_have_attribute("aria-valuetext", number)
    page.keyboard.press("Tab")
    expect(figure.locator("p").first).to_have_text(summary)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_usage_is_what_the_records_say(open_page: OpenPage, house: House, lang: str) -> None:
    page = at(open_page, house, lang, "/usage")
    start = (int(time.time()) // 86_400 - 89) * 86_400

    def buckets(**query: Any) -> list[dict[str, Any]]:
        """All of the last 90 days, asked as any client would."""
        found: list[dict[str, Any]] = []
        asked: dict[str, Any] = {"start_time": start, "limit": 31, **query}
        while True:
            answer = house.api("GET", f"{API}/usage/images", params=asked).json()
            found += answer["data"]
            if not answer["has_more"]:
                return found
            asked["page"] = answer["next_page"]

    def figure(label: str) -> Locator:
        return (
            page.get_by_role("term").filter(has_text=re.compile(f"^{re.escape(label)}$")).locator("xpath=..")
        )

    days = buckets(group_by="size")
    images = [sum(one["images"] for one in day["results"]) for day in days]
    assert sum(images[-30:]) >= house.office.images  # other tests draw a few more
    expect(figure(word(lang, "admin.images_in_days_other", count=30))).to_contain_text(
        f"{sum(images[-30:]):,}"
    )
    expect(figure(word(lang, "admin.images_today"))).to_contain_text(f"{images[-1]:,}")
    pages: list[str] = []
    page.on("request", lambda one: pages.append(one.url) if "group_by=size" in one.url else None)
    page.get_by_text(word(lang, "admin.days_other", count=90), exact=True).click()
    page.get_by_text(word(lang, "admin.by_size"), exact=True).click()
    expect(figure(word(lang, "admin.images_in_days_other", count=90))).to_contain_text(f"{sum(images):,}")
    sizes = {one["size"]: 0 for day in days for one in day["results"]}
    for day in days:
        for one in day["results"]:
            sizes[one["size"]] += one["images"]
    most = max(sizes, key=lambda size: sizes[size])
    legend = page.get_by_role("figure").get_by_role("listitem").filter(has_text=most.replace("x", " × "))
    expect(legend).to_contain_text(f"{sizes[most]:,}")
    assert len({one.partition("page=")[2] for one in pages}) == 3
    # The table holds every day and every series; its sums are the figures.
    table = page.get_by_role("table", name=word(lang, "admin.drawn_per_day"))
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(90)
    sums = [int(text.replace(",", "")) for text in rows.locator("td:last-child").all_inner_texts()]
    assert sums == images[::-1]
    toggle = page.get_by_role("button", name=word(lang, "admin.as_table"))
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.click()
    expect(rows.first).to_be_in_viewport()
    # The bar under the pointer says its day and number.
    chart = page.get_by_role("img")
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    expect(page.get_by_role("figure").get_by_text(re.compile(rf"[:：] ?{images[-1]:,}"))).to_be_visible()
    page.mouse.move(0, 0)
    read_by_keyboard(page, lang, images)
    # Who drew most, by name.
    by_key: dict[str, int] = {}
    for day in buckets(group_by="api_key_id"):
        for one in day["results"]:
            by_key[one["api_key_id"] or ""] = by_key.get(one["api_key_id"] or "", 0) + one["images"]
    top = (
        page.get_by_role("heading", name=word(lang, "admin.top_keys"))
        .locator("xpath=..")
        .get_by_role("listitem")
    )
    expect(top.first).to_contain_text(str(KEYS[0]["name"]))
    expect(top.first).to_contain_text(f"{by_key[house.office.keys[0]]:,}")
    expect(top.filter(has_text=word(lang, "admin.nobody"))).to_contain_text(f"{by_key['']:,}")
