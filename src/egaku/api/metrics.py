"""What the server counts about itself, for Prometheus. No label holds a prompt, a key or an address.

Every label's values come from our own lists, so that no client can make the number of series grow.
"""

from __future__ import annotations

import time
from collections import Counter as Counts
from collections.abc import Callable, Mapping, Sequence

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0, generate_latest

from egaku.generation.events import Cause, PoolEvents, Refusal, ServiceEvents

REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
STAGE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64)
SIZES = frozenset({"256x256", "512x512", "1024x1024", "1024x1536", "1536x1024", "1024x1792", "1792x1024"})
OTHER = "other"

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0


class Metrics(PoolEvents, ServiceEvents):
    """All counters of one server; the pool and the service report to it."""

    def __init__(self) -> None:
        self.started_at = int(time.time())
        # A second series per counter with the time it began: nobody reads them. No types in the library.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._requests = Counter(
            "egaku_requests", "Requests answered.", ["endpoint", "status"], registry=registry
        )
        self._seconds = Histogram(
            "egaku_request_seconds",
            "Time to the answer's last byte.",
            ["endpoint"],
            buckets=REQUEST_SECONDS,
            registry=registry,
        )
        self._stages = Histogram(
            "egaku_stage_seconds",
            "Time of one stage of a request, summed over its pictures.",
            ["stage"],
            buckets=STAGE_SECONDS,
            registry=registry,
        )
        self._errors = Counter(
            "egaku_errors", "Requests refused or failed, by the error's code.", ["code"], registry=registry
        )
        self._images = Counter(
            "egaku_images", "Pictures delivered.", ["operation", "model", "size"], registry=registry
        )
        self._batch = Histogram(
            "egaku_batch_size", "Jobs handed to a worker together.", buckets=BATCH_SIZES, registry=registry
        )
        self._waited = Histogram(
            "egaku_queue_seconds", "Time in the queue.", buckets=REQUEST_SECONDS, registry=registry
        )
        self._step = Histogram(
            "egaku_step_seconds", "One step of an engine.", buckets=STAGE_SECONDS, registry=registry
        )
        self._drawn = Histogram(
            "egaku_draw_seconds",
            "A picture's time in its engine.",
            buckets=REQUEST_SECONDS,
            registry=registry,
        )
        self._failed = Counter("egaku_jobs_failed", "Pictures given up.", ["cause"], registry=registry)
        self._retried = Counter("egaku_jobs_retried", "Pictures tried again.", ["cause"], registry=registry)
        self._overran = Counter("egaku_jobs_overran", "Pictures that took too long.", registry=registry)
        self._lost = Counter(
            "egaku_workers_lost", "Workers that ended unasked.", ["cause"], registry=registry
        )
        self._refused = Counter(
            "egaku_queue_refusals", "Pictures the queue did not take.", ["reason"], registry=registry
        )
        self._moderated = Counter(
            "egaku_moderation", "Judgements.", ["where", "decision", "category"], registry=registry
        )
        self._judges_failed = Counter(
            "egaku_judge_failures",
            "Times a moderation judge could not be asked.",
            ["judge"],
            registry=registry,
        )

    def watch(self, name: str, help_text: str, read: Callable[[], float]) -> None:
        """A gauge that is read when it is asked for."""
        Gauge(f"egaku_{name}", help_text, registry=self.registry).set_function(read)

    def answered(
        self, endpoint: str, status: int, seconds: float, stages: Mapping[str, float], code: str | None
    ) -> None:
        """One request, whatever came of it. `code` is the error's, if it was one."""
        self._requests.labels(endpoint, str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)
        for stage, took in stages.items():
            self._stages.labels(stage).observe(took)
        if code is not None:
            self._errors.labels(code).inc()

    def delivered(self, operation: str, model: str, size: str, images: int) -> None:
        """Pictures that went out. `model` is the name usage is counted under; free sizes count as one."""
        self._images.labels(operation, model, size if size in SIZES else OTHER).inc(images)

    def moderated(self, where: str, flagged: Sequence[str]) -> None:
        """One judgement of words (`prompt`) or a picture (`upload`, `result`)."""
        if not flagged:
            self._moderated.labels(where, "passed", "none").inc()
        for category in flagged:
            self._moderated.labels(where, "refused", category).inc()

    def judge_failed(self, judge: str) -> None:
        """A judge could not be asked."""
        self._judges_failed.labels(judge).inc()

    def text(self) -> bytes:
        """Everything, in Prometheus' text format 1.0.0."""
        return generate_latest(self.registry)

    def errors(self) -> Counts[str]:
        """Requests refused or failed since the start, by code."""
        return Counts({labels["code"]: count for labels, count in _counted(self._errors)})

    def judged(self) -> tuple[int, Counts[str]]:
        """What moderation let through since the start, and what it refused, by category."""
        passed, refused = 0, Counts[str]()
        for labels, count in _counted(self._moderated):
            if labels["decision"] == "passed":
                passed += count
            else:
                refused[labels["category"]] += count
        return passed, refused

    # What the pool tells.

    def batch_started(self, jobs: int, waited: float) -> None:
        """Count a batch."""
        self._batch.observe(jobs)
        self._waited.observe(waited)

    def stepped(self, seconds: float, jobs: int) -> None:
        """Count a step."""
        self._step.observe(seconds)

    def drawn(self, seconds: float) -> None:
        """Count a picture's time."""
        self._drawn.observe(seconds)

    def failed(self, cause: Cause) -> None:
        """Count a loss."""
        self._failed.labels(cause).inc()

    def overran(self) -> None:
        """Count an overrun."""
        self._overran.inc()

    def retried(self, cause: Cause) -> None:
        """Count another attempt."""
        self._retried.labels(cause).inc()

    def worker_lost(self, cause: Cause) -> None:
        """Count a worker's end."""
        self._lost.labels(cause).inc()

    def refused(self, why: Refusal) -> None:
        """Count a refusal."""
        self._refused.labels(why).inc()


def _counted(counter: Counter) -> list[tuple[dict[str, str], int]]:
    """A counter's series: labels and count."""
    samples = [sample for metric in counter.collect() for sample in metric.samples]
    return [(sample.labels, int(sample.value)) for sample in samples]
