"""Pointers over the canvas; bugs other editors are blamed for are tests by name."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    SIDE,
    Hole,
    color,
    decode,
    drag,
    encode,
    export,
    frame,
    hole,
    open_file,
    picture,
    prompt_box,
    scale,
    set_brush,
    spot,
    stage,
    tool,
)
from tests.web.words import word


def capsule(x1: float, y1: float, x2: float, y2: float, radius: float) -> Hole:
    """The pixels whose middle is no farther from a line than the radius."""
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = np.clip(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / (length or 1), 0, 1)
    return np.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= radius


def expect_like(made: Hole, expected: Hole, slack: int = 24) -> None:
    """The same but for a pixel here and there on the edge."""
    assert int((made != expected).sum()) <= slack


# What other editors are blamed for


def test_anchor_12053_a_stroke_that_leaves_the_canvas_keeps_the_earlier_mask(page: Page) -> None:
    """ComfyUI_frontend 12053: a stroke leaving the canvas deleted what was masked before."""
    drag(page, [(60, 60), (100, 60)])
    before = hole(page)
    drag(page, [(128, 128), (128, -4000), (4000, 128), (128, 200)])
    after = hole(page)
    assert (after[before]).all()
    assert after[100, 128], "the stroke itself is there as well"
    box = stage(page).bounding_box()
    assert box
    page.mouse.move(*spot(page, 200, 200))
    page.mouse.down()
    page.mouse.move(box["x"] - 50, box["y"] - 50, steps=4)  # over the toolbar and the header
    page.mouse.up()
    expect(tool(page, "erase")).to_have_attribute("aria-pressed", "true")
    assert (hole(page)[after]).all()
    page.mouse.move(*spot(page, 30, 230))
    kept = hole(page)
    assert not kept[230, 30], "the stroke ended when the button was let go"


def test_anchor_11086_the_left_button_draws_and_drags_no_image(page: Page) -> None:
    """ComfyUI 11086: the pen dragged the picture in place of drawing."""
    page.evaluate("() => addEventListener('dragstart', event => window.dragged = !event.defaultPrevented)")
    drag(page, [(60, 100), (180, 100)])
    expect_like(hole(page), capsule(60, 100, 180, 100, 10))
    assert page.evaluate("window.dragged") is None
    assert scale(page) == 1
    assert frame(page) == (0, 0, SIDE)


def test_anchor_440_the_brush_is_there_after_a_middle_drag(page: Page) -> None:
    """IOPaint 440: the brush vanished after moving the picture with the middle button."""
    before = spot(page, 0, 0)
    drag(page, [(100, 100), (130, 120)], button="middle")
    moved = spot(page, 0, 0)
    assert (moved[0] - before[0], moved[1] - before[1]) == pytest.approx((30, 20), abs=1)
    assert not hole(page).any()
    drag(page, [(60, 60), (100, 60)])
    expect_like(hole(page), capsule(60, 60, 100, 60, 10))
    page.mouse.move(*spot(page, 150, 150))
    assert ring(page) == pytest.approx((150, 150, 20), abs=1.5)


def ring(page: Page) -> tuple[float, float, float]:
    """Middle and size of the brush's ring, in the picture's pixels."""
    box = page.evaluate(
        """() => {
            const rings = [...document.querySelectorAll('[role=application] > div')];
            const one = rings.at(-1);
            if (one.hidden) return null;
            const {x, y, width, height} = one.getBoundingClientRect();
            return {x: x + width / 2, y: y + height / 2, width};
        }"""
    )
    assert box, "there is no ring"
    left, top = spot(page, 0, 0)
    by = scale(page)
    return (box["x"] - left) / by, (box["y"] - top) / by, box["width"] / by


def test_anchor_42_nothing_is_sent_until_somebody_asks(page: Page) -> None:
    """IOPaint 42: it ran whenever the mouse was let go, so that nothing could be erased in two strokes."""
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    prompt_box(page).fill("a fox")
    drag(page, [(60, 60), (100, 60)])
    drag(page, [(60, 120), (100, 120)])
    expect(page.get_by_test_id("summary")).to_contain_text("2 areas")
    assert sent == []


def test_anchor_457_what_is_erased_is_restored_in_part_not_only_undone(page: Page) -> None:
    """IOPaint 457, InvokeAI 6194: no way back but undo or clear, and not to the very pixels."""
    drag(page, [(60, 100), (180, 100)])
    tool(page, "restore").click()
    drag(page, [(120, 100), (180, 100)])
    expect_like(hole(page), capsule(60, 100, 180, 100, 10) & ~capsule(120, 100, 180, 100, 10))
    drag(page, [(55, 95), (185, 95), (185, 105), (55, 105)])
    assert (export(page) == decode(picture())).all()


def test_anchor_8760_a_number_counts_as_it_is_typed(page: Page) -> None:
    """InvokeAI 8760: a number in a field did nothing until Enter."""
    tool(page, "frame").click()
    field = page.get_by_role("spinbutton", name=word("en", "editor.frame_x"))
    field.press_sequentially("7")
    assert frame(page)[0] in {7, 70}


def test_anchor_7606_a_quick_second_stroke_is_not_lost(page: Page) -> None:
    """InvokeAI 7606: strokes that followed at once were lost while the last one was put away."""
    there = [spot(page, x, 60 + 12 * at) for at in range(12) for x in (60, 160)]
    for at in range(0, len(there), 2):
        page.mouse.move(*there[at])
        page.mouse.down()
        page.mouse.move(*there[at + 1])
        page.mouse.up()
    made = hole(page)
    assert made[60:192, 100].all()


# Tools


def test_the_other_button_and_alt_restore(page: Page) -> None:
    drag(page, [(60, 100), (180, 100)])
    drag(page, [(60, 100), (100, 100)], button="right")
    page.keyboard.down("Alt")
    drag(page, [(140, 100), (180, 100)])
    page.keyboard.up("Alt")
    expected = capsule(60, 100, 180, 100, 10)
    expected &= ~capsule(60, 100, 100, 100, 10)
    expected &= ~capsule(140, 100, 180, 100, 10)
    expect_like(hole(page), expected)


def test_a_rectangle_and_a_lasso(page: Page) -> None:
    tool(page, "rectangle").click()
    drag(page, [(40, 40), (80, 60)])
    expected = np.zeros((SIDE, SIDE), bool)
    expected[40:60, 40:80] = True
    expect_like(hole(page), expected, slack=60)  # the mouse stands on whole pixels, the stage need not
    page.get_by_role("button", name=word("en", "editor.undo")).click()
    tool(page, "lasso").click()
    drag(page, [(100, 100), (180, 100), (100, 180)])
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    expect_like(hole(page), (x >= 100) & (y >= 100) & (x + y <= 280), slack=200)


def test_the_frame_is_dragged_on_its_grid_or_freely(page: Page) -> None:
    tool(page, "frame").click()
    drag(page, [(128, 128), (128 + 90, 128 + 20)])
    assert frame(page) == (64, 0, SIDE)
    page.keyboard.down("Alt")
    drag(page, [(128, 128), (128 + 10, 128 - 7)])
    page.keyboard.up("Alt")
    assert frame(page) == pytest.approx((74, -7, SIDE), abs=1)
    left, top, _ = frame(page)
    drag(page, [(left + SIDE, top + SIDE), (left + 500, top + 490)])
    assert frame(page) == (left, top, 512)
    drag(page, [(-60, -60), (-60, -60)])
    assert frame(page)[:2] == (-320, -320), "pressed beside it, it comes"
    page.get_by_role("button", name=word("en", "editor.undo")).click()
    assert frame(page) == (left, top, 512)


def test_escape_takes_back_the_stroke_under_way(page: Page) -> None:
    page.mouse.move(*spot(page, 60, 60))
    page.mouse.down()
    page.mouse.move(*spot(page, 160, 60), steps=5)
    page.keyboard.press("Escape")
    page.mouse.move(*spot(page, 160, 160), steps=5)
    page.mouse.up()
    assert not hole(page).any()
    expect(page.get_by_role("button", name=word("en", "editor.undo"))).to_be_disabled()


def test_a_window_that_loses_the_focus_ends_the_stroke(page: Page) -> None:
    page.mouse.move(*spot(page, 60, 60))
    page.mouse.down()
    page.mouse.move(*spot(page, 100, 60), steps=5)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.mouse.move(*spot(page, 100, 200), steps=5)
    page.mouse.up()
    expect_like(hole(page), capsule(60, 60, 100, 60, 10))


def test_the_ghost_of_the_original_shows_while_erasing(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page("about:blank")
    red = np.zeros((SIDE, SIDE, 3), np.uint8)
    red[..., 0] = 255
    open_file(page, server.url, encode(red))
    set_brush(page, 60)
    page.mouse.move(*spot(page, 100, 100))
    page.mouse.down()
    page.mouse.move(*spot(page, 140, 100), steps=4)
    during = np.array([color(page, x, 100) for x in (100, 104, 108, 112)], int)
    page.mouse.up()
    after = np.array([color(page, x, 100) for x in (100, 104, 108, 112)], int)
    assert (during[:, 0] - during[:, 1] > 40).all(), "reddish"
    assert (abs(after[:, 0] - after[:, 1]) < 20).all(), "the checkerboard alone"
