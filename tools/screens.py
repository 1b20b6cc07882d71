"""Pictures of every page of the web app, in both languages, both themes, wide and narrow: docs/screens.

`python -m tools.screens`, after `make web`. Draws for real, in Chromium (EGAKU_CHROMIUM).
"""

from __future__ import annotations

import base64
import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.server import ServerProcess
from tests.web import editing
from tests.web.conftest import CHROMIUM, FLAGS
from tests.web.house import sign_in
from tests.web.office import furnish
from tests.web.steps import draw, give, prompt_box
from tests.web.test_states import REFUSED
from tests.web.words import LANGUAGES, word

TARGET = Path(__file__).parents[1] / "docs" / "screens"
SIZES = {"wide": (1280, 860), "narrow": (390, 844)}
THEMES = ("light", "dark")
QUALITY = 82
PATIENCE_MS = 60_000
PROMPTS = {
    "en": (
        "A red fox in a snowy forest, watercolor",
        "Three cats on a red sofa, children's book illustration",
        "A lighthouse on a cliff at sunset, oil painting",
        "An owl on a branch under a full moon, charcoal",
        "A castle on a hill at dawn, stained glass",
        "A sailing boat under a full moon, ukiyo-e",
    ),
    "ja": (
        "雪の森にいる赤いキツネ、水彩画",
        "赤いソファの上の三匹の猫、絵本風",
        "夕焼けの崖の上の灯台、油絵",
        "満月の下、枝にとまるフクロウ、木炭画",
        "夜明けの丘の上の城、ステンドグラス",
        "満月の下の帆船、浮世絵",
    ),
}
"""Some drawn beforehand, and one for each walk."""
BEFORE = 2
COLLECTION = {"en": "For the calendar", "ja": "カレンダー候補"}
Shot = Callable[[str], None]


def main() -> None:
    """Take them all anew."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for lang in LANGUAGES:
            with ServerProcess(["--images-per-minute", "1000"]) as server:
                for theme in THEMES:
                    for size in SIZES:
                        walk(browser, server.url, lang, theme, size)
            with tempfile.TemporaryDirectory() as folder:
                administer(browser, Path(folder) / "data", lang)
        browser.close()
    taken = sorted(path.name for path in TARGET.glob("*.webp"))
    (TARGET / "README.md").write_text(index(taken), encoding="utf-8")
    sys.stdout.write(f"{len(taken)} pictures in {TARGET}\n")


def index(taken: list[str]) -> str:
    """A page with every screen, a language a column."""
    names = dict.fromkeys(name.split("-en-")[0] for name in taken if "-en-" in name)
    lines = ["# Screens of the web app", "", "Taken by `make screens`, drawn by the built-in engine.", ""]
    for name in names:
        lines += [f"## {name.replace('-', ' ')}", "", "| English | 日本語 |", "|---|---|"]
        for theme in THEMES:
            for size in SIZES:
                files = [f"{name}-{lang}-{theme}-{size}.webp" for lang in LANGUAGES]
                if set(files) <= set(taken):
                    cells = [
                        f"![{name}, {lang}, {theme}, {size}]({file})"
                        for lang, file in zip(LANGUAGES, files, strict=True)
                    ]
                    lines.append(f"| {cells[0]} | {cells[1]} |")
        lines.append("")
    return "\n".join(lines)


def walk(browser: Browser, url: str, lang: str, theme: str, size: str) -> None:
    """Every page once, in one language, theme and width."""
    page = open_page(browser, lang, theme, size)
    shoot = camera(page, lang, theme, size)
    page.goto(url)
    prompt_box(page, lang).wait_for()
    if theme == "light" and size == "wide":
        shoot("first")
        for prompt in PROMPTS[lang][:BEFORE]:
            draw(page, prompt, lang)
        prompt_box(page, lang).fill("")
        page.reload()
    turn = THEMES.index(theme) * len(SIZES) + list(SIZES).index(size)
    visit(page, lang, PROMPTS[lang][BEFORE + turn], shoot)
    page.context.close()


def administer(browser: Browser, folder: Path, lang: str) -> None:
    """The admin page of a server that has been in use for a while, in every theme and width."""
    key = furnish(folder).admin
    with ServerProcess(data_dir=folder) as server:
        for theme in THEMES:
            for size in SIZES:
                page = open_page(browser, lang, theme, size)
                shoot = camera(page, lang, theme, size)
                page.goto(f"{server.url}/admin")
                sign_in(page, key, lang)
                page.get_by_role("heading", name=word(lang, "admin.ready")).wait_for()
                shoot("admin")
                for section in ("usage", "keys", "reports"):
                    page.get_by_role("link", name=word(lang, f"admin.{section}"), exact=True).click()
                    page.get_by_role("heading", level=2).first.wait_for()
                    shoot(f"admin-{section}")
                page.context.close()


def open_page(browser: Browser, lang: str, theme: str, size: str) -> Page:
    """A page in a context of its own."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale={"en": "en-US", "ja": "ja-JP"}[lang],
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        timezone_id="Asia/Tokyo" if lang == "ja" else "UTC",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def camera(page: Page, lang: str, theme: str, size: str) -> Shot:
    """What takes a picture under a name."""

    def shoot(name: str) -> None:
        page.wait_for_timeout(0 if name == "drawing" else 700)
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        image.save(TARGET / f"{name}-{lang}-{theme}-{size}.webp", quality=QUALITY, method=6)

    return shoot


def visit(page: Page, lang: str, prompt: str, shoot: Shot) -> None:
    """The pages in the order somebody would see them."""
    prompt_box(page, lang).fill(prompt)
    page.keyboard.press("Enter")
    page.get_by_role("article", name=prompt).first.get_by_role("progressbar").first.wait_for()
    page.wait_for_function("() => document.querySelectorAll('[role=progressbar] img').length >= 2")
    shoot("drawing")
    draw_done(page, prompt)
    shoot("create")
    page.get_by_role("button", name=word(lang, "create.options")).click()
    shoot("options")
    page.get_by_role("button", name=word(lang, "create.options")).click()
    prompt_box(page, lang).fill(REFUSED[lang])
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    shoot("refused")
    page.get_by_role("article", name=prompt).first.get_by_role("link").first.click()
    page.get_by_role("heading", name=prompt, level=1).wait_for()
    shoot("picture")
    page.get_by_role("button", name=word(lang, "shelf.collect")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(COLLECTION[lang])
    page.keyboard.press("Enter")
    dialog.get_by_role("checkbox").first.wait_for()
    shoot("collect")
    page.keyboard.press("Escape")
    vary(page, lang, shoot)
    page.get_by_role("button", name=word(lang, "job.view_code")).click()
    page.get_by_role("dialog").wait_for()
    shoot("code")
    page.keyboard.press("Escape")
    edit(page, lang, prompt, shoot)
    page.get_by_role("link", name=word(lang, "app.history")).click()
    page.get_by_role("searchbox").wait_for()
    shoot("history")
    page.get_by_role("button", name=word(lang, "shelf.select"), exact=True).click()
    for box in page.get_by_role("article").get_by_role("checkbox").all()[:3]:
        box.check()
    shoot("selecting")
    page.keyboard.press("Escape")
    page.get_by_role("link", name=word(lang, "shelf.collections"), exact=True).click()
    page.get_by_role("link", name=COLLECTION[lang]).wait_for()
    shoot("collections")
    page.get_by_role("link", name=word(lang, "app.settings")).click()
    page.get_by_role("heading", name=word(lang, "settings.usage")).wait_for()
    shoot("settings")


def vary(page: Page, lang: str, shoot: Shot) -> None:
    """Variations of the picture that is open, and the first of them against it."""
    with page.expect_response("**/v1/images/variations") as accepted:
        page.get_by_role("button", name=word(lang, "picture.variations")).click()
    made = accepted.value.headers["location"].rpartition("/")[2]
    page.locator(f'a[href="/i/{made}/0"]').click()
    page.get_by_role("button", name=word(lang, "shelf.compare")).click()
    shoot("compared")


def edit(page: Page, lang: str, prompt: str, shoot: Shot) -> None:
    """The editor, from the picture's page: erase, choose, extend, put another picture in, open it twice."""
    page.get_by_role("button", name=word(lang, "picture.edit")).click()
    editing.stage(page).wait_for()
    editing.drag(page, [(180, 560), (330, 520), (300, 680)])
    editing.prompt_box(page, lang).fill(prompt)
    shoot("editor-erased")
    editing.ask(page, prompt, lang)
    shoot("editor-choosing")
    editing.accept(page, lang)
    page.get_by_role("button", name=word(lang, "editor.extend_right")).click()
    shoot("editor-extending")
    editing.ask(page, prompt, lang)
    shoot("editor-extended")
    editing.accept(page, lang)
    balloon = ("balloon.png", "image/png", drawn(page, "a hot air balloon in the sky"))
    give(editing.stage(page), "drop", balloon, at=editing.spot(page, 300, 250))
    page.get_by_test_id("floating").wait_for()
    shoot("editor-placing")
    page.keyboard.press("Escape")
    editing.saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name=word(lang, "editor.go_on_here")).click()
    page.get_by_role("alert").wait_for()
    shoot("editor-elsewhere")
    other.close()


def drawn(page: Page, prompt: str) -> bytes:
    """A small picture of the server's, as a file."""
    body = {"prompt": prompt, "size": "256x256", "response_format": "b64_json"}
    answer = page.request.post(f"{page.evaluate('location.origin')}/v1/images/generations", data=body)
    return base64.b64decode(answer.json()["data"][0]["b64_json"])


def draw_done(page: Page, prompt: str) -> None:
    """Wait until the newest job with this prompt has all its pictures."""
    page.get_by_role("article", name=prompt).first.get_by_role("link").nth(3).wait_for()


if __name__ == "__main__":
    main()
