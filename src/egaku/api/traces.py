"""One OpenTelemetry span per request, sent where `--traces-url` says; nothing is imported otherwise.

A span is made when its request has ended, so that tracing costs the request itself nothing. Attributes are
named as in OpenTelemetry's conventions for HTTP servers; none holds a path, query, prompt, key or address.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from egaku import __version__

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

PROPAGATED = frozenset({b"traceparent", b"tracestate"})
SERVER_ERRORS = 500


class TracingUnavailable(Exception):
    """Traces are wanted but their packages are not installed; the text says which."""


class Traces:
    """Sends spans; without an address, does nothing."""

    def __init__(self, url: str | None) -> None:
        self._provider = _provider(url) if url else None

    def request(
        self,
        endpoint: str,
        status: int,
        seconds: float,
        *,
        request_id: str,
        headers: list[tuple[bytes, bytes]],
        stages: Mapping[str, float],
        error: str | None,
    ) -> None:
        """Send one request that has just ended. `headers` as ASGI has them: the caller's trace goes on."""
        if self._provider is None:
            return
        from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415  optional
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415  optional
            TraceContextTextMapPropagator,
        )

        carrier = {name.decode(): value.decode("latin-1") for name, value in headers if name in PROPAGATED}
        ended = time.time_ns()
        span = self._provider.get_tracer("egaku", __version__).start_span(
            endpoint,
            context=TraceContextTextMapPropagator().extract(carrier),
            kind=SpanKind.SERVER,
            attributes={
                "http.route": endpoint,
                "http.response.status_code": status,
                "egaku.request_id": request_id,
                **{f"egaku.stage.{name}_ms": took * 1000 for name, took in stages.items()},
                **({"error.type": error} if error else {}),
            },
            start_time=ended - round(seconds * 1e9),
        )
        if status >= SERVER_ERRORS or not status:
            span.set_status(Status(StatusCode.ERROR))
        span.end(ended)

    def close(self) -> None:
        """Send what is left. Blocking."""
        if self._provider is not None:
            self._provider.shutdown()


def _provider(url: str) -> TracerProvider:
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415  optional
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415  optional
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415  optional
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415  optional
    except ImportError as error:
        raise TracingUnavailable("traces need more packages: pip install 'egaku[traces]'") from error
    provider = TracerProvider(
        resource=Resource.create({"service.name": "egaku", "service.version": __version__})
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(url)))
    return provider
