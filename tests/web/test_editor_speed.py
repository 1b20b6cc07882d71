"""Promise: the brush keeps up: 1,000 moves, radius 64, over 1024²: a frame in 16.7 ms, 95 % within 25."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import open_file, picture, set_brush, stage

MOVES = 1000
RADIUS = 64
FRAME_MS = 16.7
SLOW_FRAME_MS = 25.0
ROUNDS = 5
"""What else the machine does can only add to it: the best of the rounds is what the editor needs."""
DRAWN = """
    const plain = window.requestAnimationFrame.bind(window);
    window.drawn = [];
    window.requestAnimationFrame = act => plain(now => {
        const began = performance.now();
        act(now);
        window.drawn.push(performance.now() - began);
    });
"""
"""How long the page's own work before a frame takes."""

STROKE = """async ({moves, from, to}) => {
    const stage = document.querySelector('[role=application]');
    const say = (kind, at) => {
        const angle = at / 40;
        const event = new PointerEvent(kind, {
            pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true,
            button: kind === 'pointermove' ? -1 : 0, buttons: kind === 'pointerup' ? 0 : 1,
            clientX: (from.x + to.x) / 2 + Math.cos(angle) * (to.x - from.x) / 2 * (at / moves),
            clientY: (from.y + to.y) / 2 + Math.sin(angle * 1.3) * (to.y - from.y) / 2 * (at / moves),
        });
        stage.dispatchEvent(event);
    };
    stage.setPointerCapture = () => undefined; // there is no such pointer
    window.drawn.length = 0;
    const frames = [], work = [], long = [];
    const watch = new PerformanceObserver(list => long.push(...list.getEntries().map(one => one.duration)));
    watch.observe({type: 'longtask'});
    let done = false, last = performance.now();
    const tick = now => {
        frames.push(now - last);
        last = now;
        if (!done) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    say('pointerdown', 0);
    for (let at = 1; at <= moves; at++) {
        const began = performance.now();
        say('pointermove', at);
        work.push(performance.now() - began);
        // As a mouse of 250 Hz would: four to a frame of 60.
        if (at % 4 === 0) await new Promise(next => requestAnimationFrame(next));
    }
    say('pointerup', moves);
    done = true;
    const began = performance.now();
    say('pointerdown', 0);
    say('pointerup', 0);
    const again = performance.now() - began;
    watch.disconnect();
    return {frames: frames.slice(1), work, drawn: window.drawn, long, again};
}"""


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def stroke(page: Page) -> dict[str, Any]:
    box = stage(page).bounding_box()
    assert box
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    reach = min(box["width"], box["height"]) / 2 - 80
    told: dict[str, Any] = page.evaluate(
        STROKE,
        {
            "moves": MOVES,
            "from": {"x": middle["x"] - reach, "y": middle["y"] - reach},
            "to": {"x": middle["x"] + reach, "y": middle["y"] + reach},
        },
    )
    return told


def test_the_brush_keeps_up(
    open_page: OpenPage, server: ServerProcess, record_property: Callable[[str, object], None]
) -> None:
    page = open_page("about:blank")
    page.add_init_script(DRAWN)
    open_file(page, server.url, picture(1024, 1024))
    set_brush(page, 2 * RADIUS)
    rounds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        told = stroke(page)
        for name, figure in {
            "median": percentile(told["frames"], 0.5),
            "p95": percentile(told["frames"], 0.95),
            "move_p95": percentile(told["work"], 0.95),
            "draw_p95": percentile(told["drawn"], 0.95),
            "again": told["again"],
        }.items():
            rounds.setdefault(name, []).append(round(figure, 1))
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
    record_property("milliseconds", rounds)
    best = {name: min(figures) for name, figures in rounds.items()}
    assert best["median"] <= FRAME_MS * 1.05, rounds
    # Four moves and their drawing, with room for the browser's own part of a frame.
    assert 4 * best["move_p95"] + best["draw_p95"] <= FRAME_MS, rounds
    assert best["again"] <= FRAME_MS, "the next stroke begins at once"
    if os.getloadavg()[0] < (os.cpu_count() or 1):  # else frames are late whatever the editor does
        assert best["p95"] <= SLOW_FRAME_MS, rounds


def test_memory_ends_with_the_history(
    open_page: OpenPage, server: ServerProcess, record_property: Callable[[str, object], None]
) -> None:
    page = open_page("about:blank")
    open_file(page, server.url, picture(1024, 1024))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def heap() -> float:
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize"))

    def scribble(times: int) -> None:
        page.evaluate(
            """times => {
                const stage = document.querySelector('[role=application]');
                const box = stage.getBoundingClientRect();
                stage.setPointerCapture = () => undefined;
                const say = (kind, clientX, clientY) => stage.dispatchEvent(new PointerEvent(
                    kind, {pointerId: 1, pointerType: 'mouse', bubbles: true, button: 0, clientX, clientY}
                ));
                for (let at = 0; at < times; at++) {
                    const x = box.x + box.width / 2 + ((at * 37) % 400) - 200;
                    const y = box.y + box.height / 2 + ((at * 53) % 400) - 200;
                    say('pointerdown', x, y);
                    say('pointermove', x + 60, y);
                    say('pointerup', x + 60, y);
                }
            }""",
            times,
        )

    scribble(20)
    before = heap()
    scribble(500)
    grown = (heap() - before) / 1e6
    record_property("heap_growth_mb", round(grown, 1))
    assert grown <= 64
