"""What people do on the app's pages."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from tests.web.conftest import PATIENCE_MS
from tests.web.words import word

FOX = {"en": "a red fox in a snowy forest", "ja": "雪の森のキツネ"}


def prompt_box(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("textbox", name=word(lang, "create.prompt"))


def choose_small(page: Page, lang: str = "en", count: str = "4") -> None:
    """256 pixels and so many pictures: quickest to draw."""
    options = page.get_by_role("button", name=word(lang, "create.options"))
    options.click()
    page.get_by_role("radio", name="256").check()
    page.get_by_role("radio", name=count, exact=True).check()
    options.click()


def draw(page: Page, prompt: str, lang: str = "en", count: int = 4) -> Locator:
    """Ask for a prompt's pictures and wait until all are there: the job's card."""
    prompt_box(page, lang).fill(prompt)
    return made(page, lambda: page.keyboard.press("Enter"), count)


def made(page: Page, send: Callable[[], None], count: int) -> Locator:
    """Send a request and wait until its pictures are there: its card, not an older one of the same words."""
    with page.expect_response(
        lambda one: one.request.method == "POST" and "/v1/images/" in one.url
    ) as answered:
        send()
    links = page.locator(f'a[href^="/i/{answered.value.json()["id"]}/"]')
    expect(links).to_have_count(count)
    return page.get_by_role("article").filter(has=links)


def never_done(route: Route) -> None:
    """Answers a request for pictures with a job no event will tell of."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "id": "job_of_no_events"})


def job_card(page: Page, title: str) -> Locator:
    """The newest card with these words."""
    return page.get_by_role("article", name=title, exact=True).first


def expect_drawn(picture: Locator) -> None:
    """The picture is there and has pixels."""
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def tile_menu(page: Page, card: Locator, number: int, action: str, lang: str = "en") -> None:
    """Choose an action, by its word's path, from the menu of one of a card's tiles."""
    card.get_by_role("button", name=word(lang, "picture.menu", number=number)).click()
    page.get_by_role("menuitem", name=word(lang, action), exact=True).click()


def collect(page: Page, name: str, lang: str = "en") -> None:
    """Begin a collection in the dialog that is open, and close it."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=word(lang, "shelf.new_collection")).fill(name)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("checkbox", name=name)).to_be_checked()
    dialog.get_by_role("button", name=word(lang, "shelf.done")).click()
    expect(dialog).to_have_count(0)


STORED = """([store, what]) => new Promise((done, failed) => {
    const opening = indexedDB.open('egaku');
    opening.onsuccess = () => {
        const asking = opening.result.transaction(store).objectStore(store)[what]();
        asking.onsuccess = () => { opening.result.close(); done(asking.result); };
        asking.onerror = failed;
    };
})"""
"""What one of the browser's own stores holds."""


def stored_keys(page: Page, store: str) -> list[str]:
    keys: list[str] = page.evaluate(STORED, [store, "getAllKeys"])
    return keys


def wait_until(page: Page, expression: str, arg: object = None) -> None:
    """Wait for a promise of something true. Playwright's own waiting takes the promise itself for true."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < until, expression
        time.sleep(0.1)


def expect_kept(page: Page, count: int) -> None:
    """Wait until so many pictures are in the browser's own store."""
    wait_until(page, f"async count => (await ({STORED})(['pictures', 'getAllKeys'])).length === count", count)


def compose(page: Page, *written: str) -> None:
    """Write into what has the focus as an input method does, conversion by conversion, and take the last."""
    ime = page.context.new_cdp_session(page)
    for text in written:
        ime.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
    # The key that takes the conversion: key code 229, as browsers report it while composing.
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    ime.send("Input.insertText", {"text": written[-1]})
    ime.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})


GIVE = """(target, {event, files, at: [clientX, clientY]}) => {
    const carried = new DataTransfer();
    for (const [name, type, data] of files)
        carried.items.add(new File([new Uint8Array(data)], name, {type}));
    const common = {bubbles: true, cancelable: true};
    const made = event === 'paste'
        ? new ClipboardEvent('paste', {...common, clipboardData: carried})
        : new DragEvent(event, {...common, dataTransfer: carried, clientX, clientY});
    target.dispatchEvent(made);
}"""


def give(
    target: Locator, event: str, *files: tuple[str, str, bytes], at: tuple[float, float] = (0, 0)
) -> None:
    """As if somebody had pasted, held (`dragover`) or dropped files: name, kind and bytes of each."""
    sent = [(name, kind, list(data)) for name, kind, data in files]
    target.evaluate(GIVE, {"event": event, "files": sent, "at": at})
