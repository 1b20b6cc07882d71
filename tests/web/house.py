"""A server's office: the server, its furnished records, its administrator, and ways around the admin page."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.api.conftest import make_key
from tests.server import ServerProcess
from tests.web.office import Office
from tests.web.words import word

API = "/v1/organization"
GENERATIONS = "/v1/images/generations"


@dataclass(frozen=True)
class House:
    """A furnished server, and its administrator."""

    server: ServerProcess
    office: Office

    def api(self, method: str, path: str, key: str | None = None, **request: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key or self.office.admin}"}
        return httpx.request(method, f"{self.server.url}{path}", headers=headers, timeout=60, **request)

    def drawing_key(self, name: str = "temp") -> str:
        """The secret of a new key that draws."""
        secret: str = self.api("POST", f"{API}/api_keys", json={"name": name}).json()["value"]
        return secret

    def report(self, note: str, prompt: str) -> str:
        """A report on the refusal of this prompt, by its id."""
        key = self.drawing_key()
        refused = self.api("POST", GENERATIONS, key, json={"prompt": prompt, "size": "256x256"})
        assert refused.status_code == 400
        body = {"request_id": refused.headers["x-request-id"], "note": note, "prompt": prompt}
        identifier: str = self.api("POST", "/v1/moderations/reports", key, json=body).json()["id"]
        return identifier


def first_key(folder: Path, *, is_admin: bool) -> str:
    """A key, made beside Playwright's own event loop."""
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as thread:
        return thread.submit(make_key, folder, is_admin=is_admin).result()


def sign_in(page: Page, key: str, lang: str) -> None:
    page.get_by_label(word(lang, "admin.key_label")).fill(key)
    page.keyboard.press("Enter")


def at(open_page: Callable[..., Page], house: House, lang: str, path: str = "", **context: Any) -> Page:
    """A page of the administration, signed in."""
    page = open_page(f"{house.server.url}/admin{path}", lang, quiet=False, **context)
    sign_in(page, house.office.admin, lang)
    expect(page.get_by_role("heading", name=word(lang, "admin.title"), level=1)).to_be_visible()
    return page


def row_of(page: Page, name: str) -> Locator:
    """A key's line."""
    heading = page.get_by_role("heading", name=name, level=3, exact=True)
    return page.get_by_role("listitem").filter(has=heading)
