"""/metrics: what happened is counted, in bounded series, and read by those who may."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from tools import dashboard

from egaku.api.metrics import Metrics
from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.cli.run import run_cli
from tests.server import ServerProcess

METRIC = re.compile(r"\b(?:egaku|process)_[a-z_]+")


def read(text: str, name: str) -> float:
    """The value of one series, 0 where there is none."""
    line = next((line for line in text.splitlines() if line.startswith(f"{name} ")), f"{name} 0")
    return float(line.rpartition(" ")[2])


def test_counted(blank: ServerProcess) -> None:
    with httpx.Client(base_url=blank.url, timeout=60) as client:
        before = client.get("/metrics").text
        body = {"prompt": "a", "size": "256x256", "n": 2}
        assert client.post(GENERATIONS, json=body).status_code == 200
        assert client.post(GENERATIONS, json={"prompt": ""}).status_code == 400
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=1.0.0")
    after = answer.text

    def grown(name: str) -> float:
        return read(after, name) - read(before, name)

    assert grown('egaku_requests_total{endpoint="create_images",status="200"}') == 1
    assert grown('egaku_requests_total{endpoint="create_images",status="400"}') == 1
    assert grown('egaku_images_total{model="dall-e-2",operation="generations",size="256x256"}') == 2
    assert grown("egaku_batch_size_sum") == 2
    assert grown("egaku_step_seconds_count") >= 2
    assert grown('egaku_stage_seconds_count{stage="engine"}') == 1
    assert grown('egaku_errors_total{code="invalid_request_error"}') == 1
    assert read(after, "egaku_workers_able") >= 1
    assert read(after, "egaku_queue_waiting") == 0


def test_a_client_cannot_make_series(blank: ServerProcess) -> None:
    with httpx.Client(base_url=blank.url, timeout=60) as client:
        client.get("/metrics")
        before = client.get("/metrics").text
        for number in range(30):
            client.get(f"/v1/x{number}")
            client.request(f"VERB{number}", "/v1/models")
            client.post(GENERATIONS, json={"prompt": "a", "size": "256x256", "model": f"m{number}"})
            client.post(GENERATIONS, json={"prompt": "a", "size": f"{number}x1"})
        after = client.get("/metrics").text
    # A handful may appear for the first time: a 404, a 405, an error's code.
    assert after.count("\n") - before.count("\n") < 60


def test_with_keys_only_an_admin_reads(tmp_path: Path) -> None:
    key = make_key(tmp_path)
    admin = run_cli("keys", "create", "ops", "--admin", data_dir=tmp_path).out.strip()
    with ServerProcess(env=BLANK, data_dir=tmp_path) as server:
        statuses = [
            httpx.get(
                f"{server.url}/metrics", headers={"Authorization": f"Bearer {one}"} if one else {}
            ).status_code
            for one in ("", key, admin)
        ]
    assert statuses == [401, 403, 200]


def test_the_dashboard_asks_for_what_there_is() -> None:
    assert dashboard.FILE.read_text() == dashboard.text()
    metrics = Metrics()
    known = {sample.name for family in metrics.registry.collect() for sample in family.samples}
    known |= {family.name for family in metrics.registry.collect()}
    gauges = {"egaku_queue_waiting", "egaku_drawing", "egaku_workers_alive", "egaku_workers_able"}
    asked = set(METRIC.findall(json.dumps(dashboard.dashboard())))
    assert len(asked) > 15
    stems = {
        name.removesuffix("_total").removesuffix("_bucket").removesuffix("_sum").removesuffix("_count")
        for name in asked
    }
    assert stems - known - gauges == set()


@pytest.mark.parametrize("where", ["prompt", "upload", "result"])
def test_judgements(where: str) -> None:
    metrics = Metrics()
    metrics.moderated(where, [])
    metrics.moderated(where, ["sexual", "violence"])
    text = metrics.text().decode()
    assert read(text, f'egaku_moderation_total{{category="none",decision="passed",where="{where}"}}') == 1
    assert read(text, f'egaku_moderation_total{{category="sexual",decision="refused",where="{where}"}}') == 1
