"""Earlier descriptions: recalled by keys, found in a list, forgotten, or never remembered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import STORED, choose_small, prompt_box, stored_keys, wait_until
from tests.web.words import LANGUAGES, word

PROMPTS = ("a red kite", "雪の森のキツネ", "A blue teapot")


def send(page: Page, prompt: str, lang: str) -> None:
    prompt_box(page, lang).fill(prompt)
    with page.expect_response("**/v1/images/generations"):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_recalled_found_and_forgotten(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    choose_small(page, lang, count="1")
    for prompt in PROMPTS:
        send(page, prompt, lang)
    wait_until(page, f"() => ({STORED})(['prompts', 'getAllKeys']).then(keys => keys.length === 3)")
    page.reload()
    box = prompt_box(page, lang)
    box.fill("half a thou")
    for key, text in (
        ("ArrowUp", PROMPTS[2]), ("ArrowUp", PROMPTS[1]), ("ArrowUp", PROMPTS[0]), ("ArrowUp", PROMPTS[0]),
        ("ArrowDown", PROMPTS[1]), ("ArrowDown", PROMPTS[2]), ("ArrowDown", "half a thou"),
    ):  # fmt: skip
        page.keyboard.press(f"Alt+{key}")
        expect(box).to_have_value(text)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text(word(lang, "create.recalled", number=1, total=3))).to_be_attached()
    page.get_by_role("button", name=word(lang, "create.earlier")).click()
    dialog = page.get_by_role("dialog", name=word(lang, "shelf.prompts"))
    listed = dialog.get_by_role("listitem")
    expect(listed).to_have_text([PROMPTS[2], PROMPTS[1], PROMPTS[0]])
    dialog.get_by_role("searchbox").fill("ｷﾂﾈ")
    expect(listed).to_have_text([PROMPTS[1]])
    listed.get_by_role("button").click()
    expect(box).to_have_value(PROMPTS[1])
    page.get_by_role("button", name=word(lang, "create.earlier")).click()
    dialog.get_by_role("button", name=word(lang, "shelf.prompts_clear")).click()
    expect(dialog.get_by_text(word(lang, "shelf.prompts_none"))).to_be_visible()
    assert stored_keys(page, "prompts") == []


def test_not_remembered_when_switched_off(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(f"{server.url}/settings")
    page.get_by_role("checkbox", name=word("en", "shelf.prompts_remember")).uncheck()
    page.get_by_role("link", name=word("en", "app.create")).click()
    choose_small(page, count="1")
    send(page, "a secret garden", "en")
    expect(page.get_by_role("button", name=word("en", "create.earlier"))).to_have_count(0)
    assert stored_keys(page, "prompts") == []
