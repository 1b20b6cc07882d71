"""Keys over HTTP: made, listed, changed and revoked by administrators, in OpenAI's shapes; by nobody else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import OpenAI

from egaku.api.routes.admin import admin_routes
from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.cli.run import run_cli
from tests.server import ServerProcess

KEYS, ADMIN_KEYS = "/v1/organization/api_keys", "/v1/organization/admin_api_keys"
GOOD = {"prompt": "a", "size": "256x256"}
LIMITS = {
    "images_per_minute": 7,
    "images_per_day": 70,
    "images_per_month": 700,
    "max_concurrent": 3,
    "models": ["dall-e-2"],
    "organization": "org-x",
    "user": "ann",
    "moderation": "strict",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("admin")


@pytest.fixture(scope="module")
def admin_key(folder: Path) -> str:
    return make_key(folder, is_admin=True)


@pytest.fixture(scope="module")
def server(folder: Path, admin_key: str) -> Iterator[ServerProcess]:
    """Has an admin key and no other."""
    with ServerProcess([], BLANK, data_dir=folder) as server:
        yield server


@pytest.fixture(scope="module")
def admin(server: ServerProcess, admin_key: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {admin_key}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=60) as client:
        yield client


def as_key(server: ServerProcess, key: str) -> httpx.Client:
    """Speaks to the server with this key."""
    return httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def make(admin: httpx.Client, **fields: Any) -> dict[str, Any]:
    """A key made over HTTP."""
    answer = admin.post(KEYS, json={"name": "x", **fields})
    assert answer.status_code == 200
    made: dict[str, Any] = answer.json()
    return made


def test_a_key_from_birth_to_death(admin: httpx.Client, server: ServerProcess) -> None:
    """Made with every limit, used, changed, revoked; each step takes effect at once."""
    made = make(admin, name="a phone", **LIMITS)
    secret = made.pop("value")
    assert made == {
        "object": "organization.project.api_key",
        "id": made["id"],
        "name": "a phone",
        "redacted_value": f"sk-egaku-...{secret[-4:]}",
        "created_at": made["created_at"],
        "last_used_at": None,
        "expires_at": None,
        "owner": {
            "type": "user",
            "user": {"id": "ann", "name": "ann", "created_at": made["created_at"], "role": "member"},
        },
        "owner_project_access": "active",
        **LIMITS,
    }
    assert admin.get(f"{KEYS}/{made['id']}").json() == made
    with as_key(server, secret) as client:
        drawn = client.post(GENERATIONS, json=GOOD)
        assert (drawn.status_code, drawn.headers["x-ratelimit-limit-images"]) == (200, "7")
        assert drawn.headers["openai-organization"] == "org-x"
        used = admin.get(f"{KEYS}/{made['id']}").json()["last_used_at"]
        assert made["created_at"] <= used <= time.time()
        assert client.post(GENERATIONS, json={"prompt": "a", "model": "gpt-image-1"}).status_code == 403
        changed = admin.post(f"{KEYS}/{made['id']}", json={"images_per_minute": 9, "models": None})
        assert changed.json()["last_used_at"] >= used
        expected = {**made, "images_per_minute": 9, "models": None}
        assert {**changed.json(), "last_used_at": None} == expected
        assert client.get("/v1/models").headers["x-ratelimit-limit-images"] == "9"
        gone = admin.delete(f"{KEYS}/{made['id']}")
        assert gone.json() == {
            "object": "organization.project.api_key.deleted",
            "id": made["id"],
            "deleted": True,
        }
        assert client.get("/v1/models").status_code == 401
    for method in ("GET", "POST", "DELETE"):
        again = admin.request(method, f"{KEYS}/{made['id']}", json={"name": "x"})
        assert (again.status_code, again.json()["error"]["param"]) == (404, "key_id")


def test_pages(admin: httpx.Client) -> None:
    made = [make(admin, name=f"k{number}")["id"] for number in range(5)]
    for order in ("asc", "desc"):
        seen: list[str] = []
        query: dict[str, Any] = {"limit": 2, "order": order}
        while True:
            page = admin.get(KEYS, params=query).json()
            seen += [key["id"] for key in page["data"]]
            assert (page["first_id"], page["last_id"]) == (page["data"][0]["id"], page["data"][-1]["id"])
            assert all("value" not in key for key in page["data"])
            if not page["has_more"]:
                break
            query["after"] = page["last_id"]
        assert [one for one in seen if one in made] == (made if order == "asc" else made[::-1])
        assert len(seen) == len(set(seen))
    nothing = admin.get(KEYS, params={"after": "key_nobody"}).json()
    assert nothing == {"object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False}


@pytest.mark.parametrize(
    ("query", "param"),
    [("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("order=up", "order"), ("a=b", "a")],
)
def test_wrong_pages(admin: httpx.Client, query: str, param: str) -> None:
    answer = admin.get(f"{KEYS}?{query}")
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "name"),
        ({"name": "x", "images_per_day": -1}, "images_per_day"),
        ({"name": "x", "is_admin": True}, "is_admin"),
        ({"name": "x", "moderation": "none"}, "moderation"),
        ([], None),
    ],
)
def test_wrong_bodies(admin: httpx.Client, body: Any, param: str | None) -> None:
    answer = admin.post(KEYS, json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)
    assert admin.post(KEYS, content=b"{" * 70_000).status_code == 400
    assert admin.post(ADMIN_KEYS, json={"name": "x", "images_per_day": 1}).json()["error"]["param"] == (
        "images_per_day"
    )


def test_admin_keys_with_the_official_sdk(server: ServerProcess, admin_key: str) -> None:
    with OpenAI(
        api_key="none", admin_api_key=admin_key, base_url=f"{server.url}/v1", max_retries=0
    ) as client:
        keys = client.admin.organization.admin_api_keys
        made = keys.create(name="deputy")
        assert made.value.startswith("sk-egaku-")
        assert made.owner.role == "owner"
        found = keys.retrieve(made.id)
        assert (found.object, found.name) == ("organization.admin_api_key", "deputy")
        assert {made.id} < {key.id for key in keys.list(limit=1)}
        with as_key(server, made.value) as deputy:
            assert deputy.get(KEYS).status_code == 200
            assert keys.delete(made.id).deleted
            assert deputy.get(KEYS).status_code == 401


def test_kinds_do_not_mix(admin: httpx.Client) -> None:
    """A key that draws is not found among those that administer, nor the other way round."""
    drawing = make(admin)["id"]
    administering = admin.post(ADMIN_KEYS, json={"name": "x"}).json()["id"]
    for path in (f"{ADMIN_KEYS}/{drawing}", f"{KEYS}/{administering}"):
        for method in ("GET", "POST", "DELETE"):
            assert admin.request(method, path, json={"name": "x"}).status_code == 404
    assert drawing not in {key["id"] for key in admin.get(f"{ADMIN_KEYS}?limit=100").json()["data"]}


def test_admin_keys_do_not_draw(admin: httpx.Client) -> None:
    for answer in (admin.post(GENERATIONS, json=GOOD), admin.get("/v1/models"), admin.get("/v1/usage")):
        assert answer.status_code == 403
        error = answer.json()["error"]
        assert error["code"] == "insufficient_permissions"
        assert "admin API keys cannot be used" in error["message"]


def test_ordinary_keys_do_not_administer(admin: httpx.Client, server: ServerProcess) -> None:
    with as_key(server, make(admin)["value"]) as client:
        for route in (*admin_routes(KEYS), *admin_routes(ADMIN_KEYS)):
            for method in route.methods or ():
                answer = client.request(method, route.path.replace("{id}", "x"), json={"name": "x"})
                assert answer.status_code == 403, (method, route.path)


def test_an_open_server_administers_for_nobody(client: httpx.Client) -> None:
    """Where drawing needs no key, making one still does."""
    for path in (KEYS, ADMIN_KEYS):
        for headers in ({}, {"Authorization": "Bearer any"}):
            assert client.post(path, json={"name": "x"}, headers=headers).status_code == 401
            assert client.get(path, headers=headers).status_code == 401


def test_the_last_use_outlives_the_server(tmp_path: Path) -> None:
    """Shown at once by the server that saw it; on record when it has stopped."""
    boss, key = make_key(tmp_path, is_admin=True), make_key(tmp_path)
    with ServerProcess([], BLANK, data_dir=tmp_path) as server:
        with as_key(server, boss) as client:
            (before,) = client.get(KEYS).json()["data"]
            assert before["last_used_at"] is None
        with as_key(server, key) as client:
            assert client.get("/v1/models").status_code == 200
    listed = {
        one["name"] + one["hint"]: one for one in run_cli("keys", "list", "--json", data_dir=tmp_path).json()
    }
    for secret in (boss, key):
        assert time.time() - 120 < listed[f"tests{secret[-4:]}"]["last_used_at"] <= time.time()
    table = run_cli("keys", "list", data_dir=tmp_path, env={"COLUMNS": "170"}).out
    assert "last used" in table
