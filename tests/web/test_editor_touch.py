"""Fingers over the canvas."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, ViewportSize, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    PROMPT,
    ask,
    hole,
    open_file,
    picture,
    scale,
    spot,
    stage,
)
from tests.web.words import LANGUAGES, word

PHONE: ViewportSize = {"width": 390, "height": 844}


class Fingers:
    """Touches over the browser's own protocol."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session: CDPSession = page.context.new_cdp_session(page)

    def at(self, kind: str, *points: tuple[float, float]) -> None:
        there = [spot(self._page, x, y) for x, y in points]
        self.on_screen(kind, *there)

    def on_screen(self, kind: str, *there: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(there)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


@pytest.fixture
def touched(open_page: OpenPage, server: ServerProcess) -> Page:
    one = open_page("about:blank", has_touch=True, is_mobile=True, viewport=PHONE)
    open_file(one, server.url, picture())
    return one


def test_one_finger_draws_and_the_page_stays(touched: Page) -> None:
    fingers = Fingers(touched)
    fingers.at("touchStart", (60, 60))
    for y in range(60, 200, 20):
        fingers.at("touchMove", (60, y))
    fingers.at("touchEnd")
    made = hole(touched)
    assert made[70:170, 60].all()
    assert touched.evaluate("scrollY") == 0


def test_two_fingers_pinch_and_take_back_what_the_first_began(touched: Page) -> None:
    fingers = Fingers(touched)
    start = scale(touched)
    middle = spot(touched, 128, 128)
    one, other = (middle[0] - 20, middle[1]), (middle[0] + 20, middle[1])
    fingers.on_screen("touchStart", one)
    fingers.on_screen("touchStart", one, other)
    for step in range(1, 11):
        fingers.on_screen(
            "touchMove", (one[0] - step * 4, one[1] + step * 2), (other[0] + step * 4, other[1] + step * 2)
        )
    fingers.on_screen("touchEnd")
    assert scale(touched) / start == pytest.approx(3, rel=0.1)
    assert spot(touched, 128, 128) == pytest.approx((middle[0], middle[1] + 20), abs=3)
    assert touched.evaluate("visualViewport.scale") == 1
    assert not hole(touched).any(), "it was no stroke"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_of_candidates_leaves_room_for_the_picture(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    """With everything there can be in it; every button keeps its name and is large enough for fingers."""
    page = open_page("about:blank", lang, has_touch=True, is_mobile=True, viewport=PHONE)
    open_file(page, server.url, picture(), lang)
    page.get_by_role("button", name=word(lang, "editor.extend_right")).click()
    ask(page, PROMPT[lang], lang, count=2)
    region = page.get_by_role("region", name=word(lang, "editor.choices"))
    for name in ("editor.discard", "editor.more", "job.cancel", "editor.accept", "editor.compare"):
        expect(region.get_by_role("button", name=word(lang, name), exact=True)).to_be_visible()
    expect(region.get_by_role("slider", name=word(lang, "editor.overmask"))).to_be_visible()
    bar, seen = region.bounding_box(), stage(page).bounding_box()
    assert bar
    assert seen
    assert bar["height"] <= PHONE["height"] / 5
    assert seen["height"] >= PHONE["height"] / 2
    expect_large_targets(page)


def test_targets_are_large_enough_for_fingers(touched: Page) -> None:
    expect_large_targets(touched)


def expect_large_targets(page: Page) -> None:
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main select, main input:not([hidden])')]
            .filter(one => one.checkVisibility())
            .map(one => [one.ariaLabel || one.innerText || one.type, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.width < 44 || box.height < 44))
            .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
