"""The web app's sessions: a key for a cookie that scripts cannot read and other pages cannot use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import httpx
import pytest

from egaku.api.authentication import ADMIN_COOKIE, COOKIE
from egaku.api.routes.session import REMEMBERED_SECONDS
from tests.api.conftest import BLANK, make_key
from tests.cli.run import run_cli
from tests.server import ServerProcess

SESSION, ADMIN_SESSION = "/app/session", "/app/admin-session"
KEYS = "/v1/organization/api_keys"


@dataclass(frozen=True)
class Place:
    url: str
    folder: Path
    key: str
    admin: str

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        return httpx.request(method, f"{self.url}{path}", headers=headers, timeout=30)

    def enter(self, key: str, body: object = None, **headers: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}", **headers}
        return httpx.post(f"{self.url}{SESSION}", json=body or {}, headers=headers, timeout=30)

    def administer(self, key: str, body: object = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.post(f"{self.url}{ADMIN_SESSION}", json=body or {}, headers=headers, timeout=30)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("sessions")
    key, admin = make_key(folder), make_key(folder, is_admin=True)
    with ServerProcess([], BLANK, data_dir=folder) as server:
        yield Place(server.url, folder, key, admin)


def cookie_of(answer: httpx.Response, name: str = COOKIE) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])[name]


def as_admin(place: Place, key: str | None = None) -> dict[str, str]:
    """The header of a browser that has an administrator's session."""
    return {"Cookie": f"{ADMIN_COOKIE}={cookie_of(place.administer(key or place.admin), ADMIN_COOKIE).value}"}


def test_a_key_becomes_a_cookie_that_opens_the_api(place: Place) -> None:
    answer = place.enter(place.key)
    assert answer.status_code == 200
    assert answer.json()["key"]["hint"] == place.key[-4:]
    cookie = cookie_of(answer)
    assert cookie["httponly"]
    assert cookie["samesite"] == "strict"
    assert cookie["path"] == "/"
    assert not cookie["max-age"]
    assert place.key not in answer.headers["set-cookie"] + answer.text
    sent = {"Cookie": f"{COOKIE}={cookie.value}"}
    for path in ("/v1/jobs", "/v1/usage", SESSION):
        assert place.ask("GET", path, **sent, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200, path
        assert place.ask("GET", path, **sent).status_code == 200, path


def test_the_cookie_is_secure_where_the_server_is_reached_by_https(place: Place) -> None:
    with ServerProcess(
        [], {**BLANK, "EGAKU_PUBLIC_URL": "https://pictures.example"}, data_dir=place.folder
    ) as server:
        answer = Place(server.url, place.folder, place.key, place.admin).enter(place.key)
    assert cookie_of(answer)["secure"]


def test_remembering_lasts_thirty_days(place: Place) -> None:
    assert cookie_of(place.enter(place.key, {"remember": True}))["max-age"] == str(REMEMBERED_SECONDS)
    refused = place.enter(place.key, {"remember": 1})
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "remember")
    assert "set-cookie" not in refused.headers


def test_a_wrong_key_gets_no_cookie(place: Place) -> None:
    answer = place.enter(f"{place.key[:-1]}!")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_pages_elsewhere_cannot_use_the_cookie(place: Place, site: str) -> None:
    sent = {"Cookie": f"{COOKIE}={cookie_of(place.enter(place.key)).value}", "Sec-Fetch-Site": site}
    assert place.ask("GET", "/v1/jobs", **sent).status_code == 401
    assert place.ask("POST", "/v1/images/generations", **sent).status_code in {401, 403}


def test_a_page_of_another_origin_is_refused_with_the_cookie_too(place: Place) -> None:
    sent = {"Cookie": f"{COOKIE}={cookie_of(place.enter(place.key)).value}"}
    answer = place.ask("GET", "/v1/jobs", Origin="http://localhost:9999", **sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin_not_allowed")


def test_a_key_in_a_header_goes_before_the_cookie(place: Place) -> None:
    sent = {"Cookie": f"{COOKIE}={cookie_of(place.enter(place.key)).value}"}
    assert place.ask("GET", "/v1/jobs", Authorization="Bearer wrong", **sent).status_code == 401


def test_a_session_alone_makes_no_new_one(place: Place) -> None:
    sent = {"Cookie": f"{COOKIE}={cookie_of(place.enter(place.key)).value}"}
    answer = httpx.post(f"{place.url}{SESSION}", json={"remember": True}, headers=sent, timeout=30)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


def test_a_session_ends_with_its_key(place: Place) -> None:
    key = make_key(place.folder)
    sent = {"Cookie": f"{COOKIE}={cookie_of(place.enter(key)).value}"}
    assert place.ask("GET", "/v1/jobs", **sent).status_code == 200
    assert run_cli("keys", "revoke", key, data_dir=place.folder).code == 0
    assert place.ask("GET", "/v1/jobs", **sent).status_code == 401


def test_leaving_takes_the_cookie_back(place: Place) -> None:
    answer = place.ask("DELETE", SESSION)
    assert answer.status_code == 204
    assert (cookie_of(answer).value, cookie_of(answer)["max-age"]) == ("", "0")


def test_an_admin_key_becomes_a_cookie_of_its_own(place: Place) -> None:
    answer = place.administer(place.admin)
    assert answer.status_code == 200
    assert (answer.json()["key"]["hint"], answer.json()["key"]["name"]) == (place.admin[-4:], "tests")
    cookie = cookie_of(answer, ADMIN_COOKIE)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
    assert not cookie["max-age"]
    assert place.admin not in answer.headers["set-cookie"] + answer.text
    sent = as_admin(place)
    for path in (KEYS, "/v1/organization/status", "/metrics"):
        assert place.ask("GET", path, **sent).status_code == 200, path
        assert place.ask("GET", path, **sent, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200, path
    assert place.ask("GET", ADMIN_SESSION, **sent).json() == {
        "object": "session",
        "key": answer.json()["key"],
        "any_admin_key": True,
    }


def test_an_administrators_session_does_not_draw_and_a_drawing_one_does_not_administer(place: Place) -> None:
    """Whatever cookie a token is put into: what counts is whose it is."""
    drawing, administering = (
        cookie_of(place.enter(place.key)).value,
        as_admin(place)["Cookie"].partition("=")[2],
    )
    tries = {
        (COOKIE, administering): (403, 401),
        (ADMIN_COOKIE, administering): (401, 200),
        (COOKIE, drawing): (200, 401),
        (ADMIN_COOKIE, drawing): (401, 403),
    }
    for (name, token), expected in tries.items():
        sent = {"Cookie": f"{name}={token}"}
        found = tuple(place.ask("GET", path, **sent).status_code for path in ("/v1/usage", KEYS))
        assert found == expected, name


def test_both_sessions_live_side_by_side(place: Place) -> None:
    both = {"Cookie": f"{COOKIE}={cookie_of(place.enter(place.key)).value}; {as_admin(place)['Cookie']}"}
    assert place.ask("GET", SESSION, **both).json()["key"]["hint"] == place.key[-4:]
    assert place.ask("GET", ADMIN_SESSION, **both).json()["key"]["hint"] == place.admin[-4:]
    left = place.ask("DELETE", ADMIN_SESSION, **both)
    assert (left.status_code, cookie_of(left, ADMIN_COOKIE).value) == (204, "")
    assert COOKIE not in SimpleCookie(left.headers["set-cookie"])


def test_keys_that_do_not_administer_get_no_cookie(place: Place) -> None:
    for key, status, code in (
        (place.key, 403, "insufficient_permissions"),
        ("sk-wrong", 401, "invalid_api_key"),
    ):
        answer = place.administer(key)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
        assert "set-cookie" not in answer.headers
        assert place.ask("GET", ADMIN_SESSION, Authorization=f"Bearer {key}").status_code == status
    assert place.enter(place.admin).status_code == 403


def test_administrators_are_not_remembered(place: Place) -> None:
    answer = place.administer(place.admin, {"remember": True})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "remember")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_pages_elsewhere_cannot_administer(place: Place, site: str) -> None:
    """Reading and changing; by any kind of body a form can send."""
    sent = {**as_admin(place), "Sec-Fetch-Site": site}
    for path in (KEYS, "/v1/organization/moderation/reports", "/metrics"):
        assert place.ask("GET", path, **sent).status_code == 401
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        asked = httpx.post(
            f"{place.url}{KEYS}",
            content=b'{"name": "mine"}',
            headers={**sent, "Content-Type": kind},
            timeout=30,
        )
        assert asked.status_code in {401, 403}, kind
    assert place.ask("DELETE", f"{KEYS}/key_x", **sent).status_code in {401, 403}


def test_another_origin_cannot_administer(place: Place) -> None:
    sent = as_admin(place)
    for origin in ("http://localhost:9999", "null", "https://evil.example"):
        for method in ("GET", "POST", "DELETE"):
            answer = place.ask(method, f"{KEYS}/key_x", Origin=origin, **sent)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin_not_allowed")


def test_an_administrators_session_ends_with_the_key(place: Place) -> None:
    key = make_key(place.folder, is_admin=True)
    sent = as_admin(place, key)
    assert place.ask("GET", KEYS, **sent).status_code == 200
    assert run_cli("keys", "revoke", key, data_dir=place.folder).code == 0
    assert place.ask("GET", KEYS, **sent).status_code == 401
    assert place.ask("GET", ADMIN_SESSION, **sent).json()["key"] is None


def test_a_server_says_whether_anybody_administers(tmp_path: Path) -> None:
    """Open, with a drawing key, with an admin key: three answers to a page that has no session."""
    with ServerProcess([], BLANK, data_dir=tmp_path) as server:
        open_place = Place(server.url, tmp_path, "", "")
        nobody = {"object": "session", "key": None, "any_admin_key": False}
        assert open_place.ask("GET", ADMIN_SESSION).json() == nobody
        make_key(tmp_path)
        assert open_place.ask("GET", ADMIN_SESSION).json() == nobody
        make_key(tmp_path, is_admin=True)
        assert open_place.ask("GET", ADMIN_SESSION).json() == {**nobody, "any_admin_key": True}
