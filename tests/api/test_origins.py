"""Which web pages and host names may change something: every combination against a written rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from egaku.api.origins import place
from tests.api.answers import GENERATIONS, VARIATIONS
from tests.api.conftest import BLANK
from tests.api.sockets import say, status
from tests.pictures import png
from tests.server import ServerProcess

OWN_HOSTS = ["localhost", "127.0.0.1", "studio.localhost"]
FOREIGN_HOSTS = ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test"]
OWN_ORIGINS = ["", "http://{host}"]
FOREIGN_ORIGINS = ["null", "http://evil.test", "http://localhost:1", "https://{host}"]
OWN_SITES = ["", "same-origin"]
FOREIGN_SITES = ["same-site", "cross-site"]
TYPES = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]


def change(client: httpx.Client, content_type: str, headers: dict[str, str]) -> httpx.Response:
    """A request that draws one small picture when it is served."""
    headers = {name: value for name, value in headers.items() if value}
    if content_type == "multipart/form-data":
        files = {"image": ("a.png", png(32, 32), "image/png")}
        return client.post(VARIATIONS, files=files, data={"size": "256x256"}, headers=headers)
    body = '{"prompt": "a", "size": "256x256"}'
    return client.post(GENERATIONS, content=body, headers={**headers, "Content-Type": content_type})


def drawn(client: httpx.Client) -> int:
    """Pictures charged to this client so far."""
    headers = client.get("/healthz").headers
    return int(headers["x-ratelimit-limit-images"]) - int(headers["x-ratelimit-remaining-images"])


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    with ServerProcess([], {**BLANK, "EGAKU_WORKERS": "1"}) as process:
        yield process


@pytest.fixture(scope="module")
def page(server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as session:
        yield session


def test_all_combinations(server: ServerProcess, page: httpx.Client) -> None:
    """Served: an own host name, no other origin's page, no other site. What body it is changes nothing then.

    576 cases; a refusal is 403 in the API's shape and draws nothing.
    """
    before, served, unexpected = drawn(page), 0, []
    hosts, origins = [*OWN_HOSTS, *FOREIGN_HOSTS], [*OWN_ORIGINS, *FOREIGN_ORIGINS]
    cases = list(itertools.product(hosts, origins, [*OWN_SITES, *FOREIGN_SITES], TYPES))
    assert len(cases) == 576
    for name, origin, site, content_type in cases:
        host = f"{name}:{server.port}"
        headers = {"Host": host, "Origin": origin.format(host=host), "Sec-Fetch-Site": site}
        answer = change(page, content_type, headers)
        expected = 200 if name in OWN_HOSTS and origin in OWN_ORIGINS and site in OWN_SITES else 403
        served += expected == 200
        if answer.status_code != expected:
            unexpected.append((name, origin, site, content_type, answer.status_code))
        elif expected == 403:
            assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
    assert unexpected == []
    assert drawn(page) - before == served == 48


FORM, JSON = "multipart/form-data", "application/json"
SINGLE = [
    ("a file:// page or a typed address cannot send forms", FORM, {"Sec-Fetch-Site": "none"}, 403),
    ("but what only scripts can send came from no page", JSON, {"Sec-Fetch-Site": "none"}, 200),
    ("an old browser's form from elsewhere", FORM, {"Referer": "http://evil.test/x"}, 403),
    ("an old browser's form from here", FORM, {"Referer": "http://{host}/"}, 200),
    ("Node's fetch, which every openai-node since 5 uses", FORM, {"Sec-Fetch-Mode": "cors"}, 200),
    ("Python's SDK", FORM, {"User-Agent": "OpenAI/Python 1.0", "X-Stainless-Lang": "python"}, 200),
    ("a word no browser uses", JSON, {"Sec-Fetch-Site": "elsewhere"}, 403),
    ("an origin in capitals", JSON, {"Origin": "HTTP://{host}"}, 200),
    ("an extension", JSON, {"Origin": "chrome-extension://abcdef"}, 403),
]


@pytest.mark.parametrize(("content_type", "headers", "expected"), [row[1:] for row in SINGLE], ids=str)
def test_single_cases(
    server: ServerProcess, page: httpx.Client, content_type: str, headers: dict[str, str], expected: int
) -> None:
    host = f"127.0.0.1:{server.port}"
    filled = {name: value.format(host=host) for name, value in headers.items()}
    assert change(page, content_type, filled).status_code == expected


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"Host": "evil.test"}, "Host"),
        ({"Origin": "null"}, "Origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "Sec-Fetch-Site"),
    ],
)
def test_a_refusal_names_the_header(page: httpx.Client, headers: dict[str, str], named: str) -> None:
    error = change(page, JSON, headers).json()["error"]
    assert error["message"].startswith(f"Refused because of the {named} header: ")
    assert error["code"] == "origin_not_allowed"


def test_reading_across_sites(page: httpx.Client) -> None:
    """A link from another site may be followed; a page there may not read what it leads to."""
    assert page.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert page.get("/v1/models", headers={"Origin": "http://evil.test"}).status_code == 403
    asked = {"Origin": "http://evil.test", "Access-Control-Request-Method": "POST"}
    refused = page.options(GENERATIONS, headers=asked)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


def test_pictures_are_shown_on_any_page(page: httpx.Client) -> None:
    link = change(page, JSON, {}).json()["data"][0]["url"]
    answer = page.get(link, headers={"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /v1/models HTTP/1.1",
        b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nHost: localhost",
        b"GET /v1/models HTTP/1.1\r\nHost: a b",
        b"GET /v1/models HTTP/1.1\r\nHost: ",
        b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nOrigin: http://localhost",
    ],
)
def test_malformed(server: ServerProcess, head: bytes) -> None:
    assert status(say(server.port, head + b"\r\nConnection: close\r\n\r\n")) == 400


def test_probes_of_the_last_century(server: ServerProcess) -> None:
    """HTTP/1.0 knows no Host; load balancers still ask so."""
    assert status(say(server.port, b"GET /readyz HTTP/1.0\r\n\r\n")) == 200


HOSTILE_HOSTS = [
    part + tail
    for part in (
        "evil.test",
        "127.0.0.1@evil.test",
        "evil.test#",
        "evil.test/v1",
        "evil.test?",
        "[::1",
        "::1",
        "%6c",
    )
    for tail in ("", ":80", ":", ":x", ":-1", ":99999999", "\\", "\t")
]


def test_no_host_opens_what_a_key_closes(keyed: ServerProcess) -> None:
    """CVE-2026-48710: what a Host says must not change which route is guarded. 64 of them, no key."""
    assert len(HOSTILE_HOSTS) >= 60
    for host in HOSTILE_HOSTS:
        head = f"GET /v1/models HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        assert status(say(keyed.port, head)) in (400, 401), host


def test_with_keys_any_name_but_not_any_page(keyed: ServerProcess, key: str) -> None:
    """A browser adds Basic passwords and cookies by itself, so a key proves no good will."""
    bearer = {"Authorization": f"Bearer {key}", "Host": "draw.example.org"}
    with httpx.Client(base_url=keyed.url, timeout=30) as client:
        assert change(client, JSON, bearer).status_code == 200
        assert change(client, FORM, bearer).status_code == 200
        assert change(client, JSON, {**bearer, "Origin": "http://draw.example.org"}).status_code == 200
        for foreign in ({"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
            assert change(client, FORM, {**bearer, **foreign}).status_code == 403


APP = "https://app.example"


@pytest.fixture(scope="module")
def friendly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Allows one page elsewhere, one more name, and is known to the world by another."""
    args = ["--allowed-origins", f"{APP},tauri://localhost", "--allowed-hosts", "Draw.example"]
    args += ["--public-url", "https://art.example/base"]
    folder: Path = tmp_path_factory.mktemp("friendly")
    with (
        ServerProcess(args, {**BLANK, "EGAKU_WORKERS": "1"}, data_dir=folder) as process,
        httpx.Client(base_url=process.url, timeout=30) as client,
    ):
        yield client


def test_an_allowed_page(friendly: httpx.Client) -> None:
    """What openai-node does in a browser: ask first, then post, then read the headers."""
    asked = {
        "Origin": APP,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-stainless-lang",
        "Access-Control-Request-Private-Network": "true",
    }
    answer = friendly.options(GENERATIONS, headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == APP
    assert answer.headers["access-control-allow-headers"] == asked["Access-Control-Request-Headers"]
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-private-network"] == "true"
    assert "access-control-allow-credentials" not in answer.headers
    for kind in (JSON, FORM):
        served = change(friendly, kind, {"Origin": APP, "Sec-Fetch-Site": "cross-site"})
        assert (served.status_code, served.headers["access-control-allow-origin"]) == (200, APP)
        assert "Origin" in served.headers["vary"]
        assert "x-request-id" in served.headers["access-control-expose-headers"]
    missing = friendly.get("/nowhere", headers={"Origin": APP})
    assert (missing.status_code, missing.headers["access-control-allow-origin"]) == (404, APP)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "tauri://localhost"}, 200),
        ({"Origin": "https://app.example.evil.test"}, 403),
        ({"Origin": "http://app.example"}, 403),
        ({"Origin": "https://app.example:444"}, 403),
        ({"Host": "draw.example:9"}, 200),
        ({"Host": "art.example", "Origin": "https://art.example"}, 200),
        ({"Host": "draw.example", "Origin": "https://draw.example"}, 403),
        ({"Host": "other.example"}, 403),
    ],
    ids=str,
)
def test_allowed_names(friendly: httpx.Client, headers: dict[str, str], expected: int) -> None:
    assert change(friendly, JSON, headers).status_code == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://A.example", ("http", "a.example", 80)),
        ("https://a.example:443", ("https", "a.example", 443)),
        ("http://[::1]:8000", ("http", "::1", 8000)),
        ("tauri://localhost", ("tauri", "localhost", None)),
        ("null", None),
        ("", None),
        ("http://", None),
        ("http://a:x", None),
        ("http://[", None),
    ],
)
def test_place(url: str, expected: object) -> None:
    assert place(url) == expected
