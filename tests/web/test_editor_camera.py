"""Wheels, zoom and moving the picture; bugs other editors are blamed for are tests by name."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    SIDE,
    brush,
    drag,
    encode,
    hole,
    open_file,
    prompt_box,
    scale,
    spot,
    stage,
    tool,
)


def test_anchor_17729_zoom_follows_the_wheel_and_not_the_number_of_events(page: Page) -> None:
    """ComfyUI_frontend 17729: each event zoomed by a fixed step, so that a pinch was far too fast."""
    at = spot(page, 100, 100)
    page.mouse.move(*at)
    start = scale(page)
    page.mouse.wheel(0, -100)
    zoomed(page, start * 1.2)
    page.mouse.wheel(0, 100)
    zoomed(page, start)
    for _ in range(25):
        page.mouse.wheel(0, -4)
    zoomed(page, start * 1.2)
    there = spot(page, 100, 100)
    assert there == pytest.approx(at, abs=2), "the pixel under the pointer stays under it"


def zoomed(page: Page, to: float) -> None:
    """Wait until the wheel's events have come and the zoom is this."""
    page.wait_for_function(
        """to => {
            const camera = document.querySelector('[data-camera]').dataset.camera;
            return Math.abs(Number(camera.split(',')[2]) / to - 1) < 0.01;
        }""",
        arg=to,
    )


def test_zoom_ends_at_its_bounds(page: Page) -> None:
    page.mouse.move(*spot(page, 128, 128))
    for _ in range(40):
        page.mouse.wheel(0, -300)
    expect(page.get_by_text("3200%")).to_be_visible()
    for _ in range(80):
        page.mouse.wheel(0, 300)
    expect(page.get_by_text("5%", exact=True)).to_be_visible()
    stage(page).focus()
    page.keyboard.press("0")
    zoomed(page, 1)
    page.keyboard.press("+")
    zoomed(page, 1.25)
    page.keyboard.press("1")
    zoomed(page, 1)


def test_anchor_12215_ctrl_and_wheel_do_not_zoom_the_page(page: Page) -> None:
    """ComfyUI_frontend 12215, openOutpaint: Ctrl and wheel zoomed the page itself."""
    page.evaluate(
        """() => {
            window.kept = [];
            window.addEventListener('wheel', event => window.kept.push(event.defaultPrevented));
        }"""
    )
    start = scale(page)
    page.keyboard.down("Control")
    page.mouse.move(*spot(page, 100, 100))
    page.mouse.wheel(0, -100)
    box = prompt_box(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function("() => window.kept.length === 2")
    assert page.evaluate("window.kept") == [True, True]
    assert page.evaluate("[devicePixelRatio, visualViewport.scale]") == [1, 1]
    assert scale(page) > start


def test_alt_and_wheel_change_the_brush(page: Page) -> None:
    page.mouse.move(*spot(page, 100, 100))
    page.keyboard.down("Alt")
    page.mouse.wheel(0, -100)
    page.mouse.wheel(0, -100)
    page.keyboard.up("Alt")
    assert brush(page) == 24
    assert scale(page) == 1


def test_space_moves_the_picture_and_presses_no_button(page: Page) -> None:
    tool(page, "erase").click()
    before = spot(page, 0, 0)
    page.mouse.move(*spot(page, 100, 100))
    stage(page).focus()
    page.mouse.move(*spot(page, 101, 100))
    page.keyboard.down("Space")
    expect(stage(page)).to_have_attribute("data-cursor", "grab")
    drag(page, [(100, 100), (60, 140)])
    page.keyboard.up("Space")
    after = spot(page, 0, 0)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-40, 40), abs=1)
    assert not hole(page).any()
    assert page.evaluate("scrollY") == 0
    page.mouse.move(*spot(page, 150, 150))
    expect(stage(page)).to_have_attribute("data-cursor", "none")


def test_the_hand_moves_and_draws_nothing(page: Page) -> None:
    tool(page, "hand").click()
    before = spot(page, 0, 0)
    drag(page, [(100, 100), (140, 60)])
    after = spot(page, 0, 0)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((40, -40), abs=1)
    assert not hole(page).any()


def test_pixels_are_squares_when_seen_from_near(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page("about:blank", device_scale_factor=2)
    board = np.indices((SIDE, SIDE)).sum(axis=0) % 2 * 255
    open_file(page, server.url, encode(np.repeat(board[..., None], 3, axis=2).astype(np.uint8)))
    stage(page).focus()
    for _ in range(12):
        page.keyboard.press("+")
    zoomed(page, 1.25**12)
    canvas = page.locator("[role=application] canvas")
    assert canvas.evaluate("one => one.width / one.clientWidth") == pytest.approx(2, abs=0.01), (
        "as many pixels as the screen has"
    )
