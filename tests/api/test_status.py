"""GET /v1/organization/status: what /readyz and /metrics say, for a page to show."""

from __future__ import annotations

import time
from pathlib import Path

import httpx

from egaku import __version__
from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.server import ServerProcess

STATUS = "/v1/organization/status"


def test_status(tmp_path: Path) -> None:
    admin, key = make_key(tmp_path, is_admin=True), make_key(tmp_path, 3)
    began = int(time.time())
    with (
        ServerProcess(
            [], {**BLANK, "EGAKU_IMAGES_PER_DAY": "77", "EGAKU_MAX_CONCURRENT": "9"}, data_dir=tmp_path
        ) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        headers = {"Authorization": f"Bearer {admin}"}
        drawing = {"Authorization": f"Bearer {key}"}
        deadline = time.monotonic() + 60
        while (found := client.get(STATUS, headers=headers).json())["workers"]["able"] < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert began <= found.pop("started_at") <= time.time()
        assert found == {
            "object": "organization.status",
            "version": __version__,
            "engine": "blank",
            "ready": True,
            "checks": {"engine": "ok", "records": "ok", "pictures": "ok"},
            "judges": found["judges"],
            "queue": {"waiting": 0, "places": found["queue"]["places"], "drawing": 0},
            "workers": {"wanted": 2, "alive": 2, "able": 2},
            "errors": found["errors"],
            "limits": {
                "images_per_minute": 1_000_000,
                "images_per_day": 77,
                "images_per_month": None,
                "max_concurrent": 9,
                "organization": found["limits"]["organization"],
                "moderation": "off",
            },
        }
        ready = client.get("/readyz").json()
        assert (found["checks"], found["judges"]) == (ready["checks"], ready["judges"])
        body = {"prompt": "a", "size": "256x256", "n": 2}
        codes = [client.post(GENERATIONS, json=body, headers=drawing).status_code for _ in range(3)]
        assert codes == [200, 429, 429]
        assert client.post(GENERATIONS, json={"prompt": ""}, headers=drawing).status_code == 400
        counted = {one["code"]: one["count"] for one in client.get(STATUS, headers=headers).json()["errors"]}
        assert (counted["rate_limit_exceeded"], counted["invalid_request_error"]) == (2, 1)


def test_a_sick_store_is_seen(tmp_path: Path) -> None:
    """The page is there to look at exactly then."""
    admin = make_key(tmp_path, is_admin=True)
    with ServerProcess([], BLANK, data_dir=tmp_path) as server:
        images = tmp_path / "images"
        images.rename(tmp_path / "away")
        images.write_text("in the way")
        headers, deadline = {"Authorization": f"Bearer {admin}"}, time.monotonic() + 30
        while (found := httpx.get(f"{server.url}{STATUS}", headers=headers, timeout=30).json())["ready"]:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert found["checks"]["pictures"] != "ok"
        assert found["checks"]["records"] == "ok"
