"""Promise: the first page is there within 700 ms and 150 kB of script; the rest comes when it is wanted.

700 ms where a fixed piece of work takes the same browser 110 ms, as on the machine of the figures in docs;
on a slower machine as many times longer as that work takes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

from playwright.sync_api import Page, Response, expect

from egaku.api.routes.web import FOLDER
from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import open_file, picture
from tests.web.steps import prompt_box
from tests.web.words import LANGUAGES

MOST_SCRIPT = 150_000
MOST_EDITOR = 150_000
"""All that the editor fetches besides, worker, shared menus and dialogs included; on a slow machine also
the other pages, which are fetched ahead meanwhile."""
MOST_STYLE = 12_000
MOST_LOCALE = 8_000
MOST_MS = 700
WORK_MS = 110
MOST_SHIFT = 0.02
ROUNDS = 5

WORK = """() => {
    const began = performance.now();
    for (let round = 0; round < 6; round++) {
        const row = (_, at) => ({at, name: `row ${(at * 7919) % 4001}`, tags: ['a', `${at}`]});
        const rows = Array.from({length: 4000}, row);
        const back = JSON.parse(JSON.stringify(rows)).sort((one, other) => (one.name < other.name ? -1 : 1));
        const found = new Map(back.map(row => [row.name, row]));
        const part = document.createElement('div');
        part.innerHTML = back.slice(0, 600).map(row => `<p>${row.name} <b>${found.size}</b></p>`).join('');
        document.body.append(part);
        part.getBoundingClientRect();
        part.remove();
    }
    return performance.now() - began;
}"""
"""What a page's start is made of: objects, strings, markup, layout."""
READY = """() => performance.now()"""
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
    }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300);
})"""


def test_the_first_page_is_light(open_page: OpenPage, server: ServerProcess) -> None:
    blank = open_page("about:blank")
    heard: list[Response] = []
    blank.on("response", lambda one: heard.append(one))  # noqa: PLW0108  Playwright marks what it calls
    blank.goto(server.url)
    expect(prompt_box(blank)).to_be_editable()
    blank.wait_for_timeout(200)  # before the other pages' code is fetched ahead

    def weight(suffix: str) -> int:
        return sum(int(one.headers["content-length"]) for one in heard if one.url.endswith(suffix))

    assert 50_000 < weight(".js") <= MOST_SCRIPT
    assert 1_000 < weight(".css") <= MOST_STYLE
    later = ("HistoryPage", "CodeDialog", "EditorPage", "codec")
    assert not any(name in one.url for name in later for one in heard)


def test_locales_are_light() -> None:
    for lang in LANGUAGES:
        (file,) = (FOLDER / "assets").glob(f"{lang}-*.js")
        assert len(gzip.compress(file.read_bytes(), 9)) <= MOST_LOCALE


def test_the_editor_is_light(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page("about:blank")
    heard: list[Response] = []
    page.on("response", lambda one: heard.append(one))  # noqa: PLW0108  Playwright marks what it calls
    page.goto(server.url)
    expect(prompt_box(page)).to_be_editable()
    page.wait_for_timeout(200)
    first = {one.url for one in heard}
    open_file(page, server.url, picture())
    sizes = {one.url: int(one.headers["content-length"]) for one in heard if one.url.endswith(".js")}
    assert 15_000 < sum(size for url, size in sizes.items() if url not in first) <= MOST_EDITOR


def ready_ms(page: Page, url: str) -> float:
    """Milliseconds from the address to a text box that takes text."""
    page.goto(url)
    prompt_box(page).fill("x")
    ms: float = page.evaluate(READY)
    return ms


def test_the_first_page_is_quick(
    open_page: OpenPage, server: ServerProcess, record_property: Callable[[str, object], None]
) -> None:
    times, works = [], []
    for _ in range(ROUNDS):
        page = open_page("about:blank")
        works.append(page.evaluate(WORK))
        times.append(ready_ms(page, server.url))
    page = open_page(server.url)
    shift = page.evaluate(SHIFT)
    record_property("interactive_ms", sorted(map(round, times)))
    record_property("work_ms", sorted(map(round, works)))
    record_property("layout_shift", shift)
    # What else the machine does can only add to either: the best of five is what they need.
    assert min(times) <= MOST_MS * max(1, min(works) / WORK_MS)
    assert shift <= MOST_SHIFT
