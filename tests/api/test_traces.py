"""Traces: one span per request reaches a real OTLP receiver, without anybody's words."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK
from tests.server import ServerProcess

CANARY = "canary-in-a-trace"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


class Receiver(BaseHTTPRequestHandler):
    """Takes traces as a collector does."""

    bodies: list[bytes] = []  # noqa: RUF012  shared by all requests on purpose

    def do_POST(self) -> None:
        """Keep the body."""
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/traces"
    server.shutdown()
    thread.join()
    server.server_close()


def spans() -> list[Span]:
    """Everything received, flat."""
    requests = [ExportTraceServiceRequest.FromString(body) for body in Receiver.bodies]
    scopes = [scope for one in requests for group in one.resource_spans for scope in group.scope_spans]
    return [span for scope in scopes for span in scope.spans]


def test_spans_arrive(collector: str) -> None:
    with ServerProcess(env={**BLANK, "EGAKU_TRACES_URL": collector}) as server:
        good = httpx.post(
            f"{server.url}{GENERATIONS}",
            json={"prompt": CANARY, "size": "256x256", "user": CANARY},
            headers={"traceparent": PARENT, "Authorization": f"Bearer {CANARY}"},
        )
        httpx.post(f"{server.url}{GENERATIONS}", json={"prompt": "", CANARY: CANARY})
        httpx.get(f"{server.url}/v1/{CANARY}?{CANARY}")
    deadline = time.monotonic() + 20
    while len(spans()) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    first, second, third = sorted(spans(), key=lambda span: span.end_time_unix_nano)
    values = {one.key: one.value for one in first.attributes}
    assert first.name == "create_images"
    assert first.trace_id.hex() == TRACE
    assert values["http.response.status_code"].int_value == 200
    assert values["egaku.request_id"].string_value == good.headers["x-request-id"]
    assert values["egaku.stage.engine_ms"].double_value > 0
    assert first.end_time_unix_nano > first.start_time_unix_nano
    assert [
        {one.key: one.value for one in span.attributes}["error.type"].string_value for span in (second, third)
    ]
    assert CANARY.encode() not in b"".join(Receiver.bodies)
