"""An address that was mistyped: the app says so in the reader's language, and leads back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistyped_address(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page("about:blank", lang, quiet=False)
    answer = page.goto(server.url + "/histroy")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text(word(lang, "app.not_found"))
    page.get_by_role("main").get_by_role("link", name=word(lang, "app.back_home")).click()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.get_by_role("textbox").first).to_be_visible()
