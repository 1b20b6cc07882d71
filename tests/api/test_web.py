"""The web app's files: its page at all its addresses, strict headers, assets kept; a page without it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from egaku.api.app import create_app
from egaku.api.routes import web
from egaku.settings import Settings

PAGE = b"<!doctype html><title>the app</title>" + b" " * 200
SCRIPT = b"export const answer = 42;" * 40


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(web, "FOLDER", tmp_path / "web")
    web.load_files.cache_clear()
    settings = Settings(data_dir=tmp_path / "data", engine="blank", workers=1)
    with TestClient(create_app(settings), base_url="http://localhost:8000") as one:
        yield one
    web.load_files.cache_clear()


@pytest.fixture
def built(client: TestClient, tmp_path: Path) -> TestClient:
    """The same, with a small app built."""
    assets = tmp_path / "web" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "web" / "index.html").write_bytes(PAGE)
    (tmp_path / "web" / "icon.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (assets / "index-abc.js").write_bytes(SCRIPT)
    return client


def test_the_page_is_at_every_address_of_the_app(built: TestClient) -> None:
    for path in (
        "/",
        "/history",
        "/collections/x",
        "/settings",
        "/i/job_1/0",
        "/e/new",
        "/admin",
        "/admin/keys",
    ):
        answer = built.get(path)
        assert (answer.status_code, answer.content) == (200, PAGE), path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"


def test_the_page_allows_nothing_inline_and_nothing_from_elsewhere(built: TestClient) -> None:
    policy = built.get("/").headers["content-security-policy"]
    rules = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy
    assert rules["frame-ancestors"] == "'none'"


def test_assets_are_kept_for_ever_and_sent_compressed(built: TestClient) -> None:
    answer = built.get("/assets/index-abc.js", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.content == SCRIPT
    plain = built.get("/assets/index-abc.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.content == SCRIPT
    assert int(answer.headers["content-length"]) <= len(gzip.compress(SCRIPT)) < len(SCRIPT)


def test_who_has_a_file_already_gets_304(built: TestClient) -> None:
    etag = built.get("/").headers["etag"]
    again = built.get("/", headers={"If-None-Match": f'"other", W/{etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert built.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/assets/..%2Findex.html", "/assets/../../web.py", "/v1/history", "/nowhere"]
)
def test_what_is_not_there_is_answered_as_the_api_does(built: TestClient, path: str) -> None:
    answer = built.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"].startswith("Invalid URL (GET ")


NAVIGATION = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
"""What browsers accept when a person goes to an address."""


@pytest.mark.parametrize(
    "path", ["/nonsense", "/histroy", "/history/x", "/i/job_1", "/collections/a/b", "/V2/a"]
)
def test_a_person_who_mistypes_an_address_gets_the_apps_page(built: TestClient, path: str) -> None:
    answer = built.get(path, headers={"Accept": NAVIGATION})
    assert (answer.status_code, answer.content) == (404, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == web.POLICY
    assert answer.headers["x-frame-options"] == "DENY"
    assert (answer.headers["cache-control"], answer.headers["vary"]) == ("no-store", "Accept")


OF_THE_API = [
    "/v1", "/v1/nonsense", "/v1//nonsense", "/v1/images/nonsense", "/images/nonsense", "/jobs/a/b",
    "/openai", "/openai/nonsense", "/openai/v1/nonsense", "/openai/deployments/x/nonsense", "/files/a/b",
    "/organization/nonsense", "/app/nonsense", "/assets/a/b", "/assets/none.js", "/healthz/x", "/metrics/x",
]  # fmt: skip


@pytest.mark.parametrize("path", OF_THE_API)
def test_below_the_apis_own_paths_errors_stay_json_for_everybody(built: TestClient, path: str) -> None:
    answer = built.get(path, headers={"Accept": NAVIGATION})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert answer.content == built.get(path).content
    assert answer.json()["error"]["message"].startswith(f"Invalid URL (GET {path})")


@pytest.mark.parametrize(
    "accept",
    ["*/*", "", "application/json", "application/json, text/plain, */*", "text/html, application/json"],
)
def test_programs_get_json_at_any_address(built: TestClient, accept: str) -> None:
    answer = built.get("/nonsense", headers={"Accept": accept})
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Invalid URL (GET /nonsense)")
    assert "content-security-policy" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_going_to_an_address_gets_a_page(built: TestClient, method: str) -> None:
    answer = built.request(method, "/nonsense", headers={"Accept": NAVIGATION})
    assert answer.headers["content-type"] == "application/json"


def test_without_a_built_app_a_mistyped_address_is_answered_as_the_api_does(client: TestClient) -> None:
    answer = client.get("/nonsense", headers={"Accept": NAVIGATION})
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Invalid URL (GET /nonsense)")


def test_without_a_built_app_there_is_a_page_to_begin_with(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "curl http://localhost:8000/v1/images/generations" in answer.text
    for path in ("/history", "/icon.svg", "/assets/index.js"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True), ("br, GZIP", True), ("gzip;q=0.1", True),
        ("", False), ("br", False), ("gzip; q=0", False), ("*", False), ("gzipped", False),
    ],
)  # fmt: skip
def test_accept_encoding(header: str, accepted: bool) -> None:
    assert web.accepts_gzip(header) is accepted
