"""Writes the Grafana dashboard, docs/grafana.json, from one table of panels.

    python -m tools.dashboard

Import the file in Grafana and choose a Prometheus data source that scrapes `/metrics`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "docs" / "grafana.json"
SOURCE = {"type": "prometheus", "uid": "${source}"}
WIDTH, HEIGHT = 8, 7
"""Of a panel, in Grafana's grid of 24 columns."""
RATE = "$__rate_interval"


@dataclass(frozen=True)
class Panel:
    """One graph: its title, the unit of its axis in Grafana's names, and queries by legend."""

    title: str
    unit: str
    queries: dict[str, str]


def quantiles(metric: str, by: str = "") -> dict[str, str]:
    """Median, 95th and 99th percentile of a histogram."""
    labels = f"le, {by}" if by else "le"
    legend = f" {{{{{by}}}}}" if by else ""
    return {
        f"p{round(part * 100)}{legend}": (
            f"histogram_quantile({part}, sum by ({labels}) (rate({metric}_bucket[{RATE}])))"
        )
        for part in (0.5, 0.95, 0.99)
    }


def rate(metric: str, by: str) -> dict[str, str]:
    """A counter per second, by one label."""
    return {f"{{{{{by}}}}}": f"sum by ({by}) (rate({metric}_total[{RATE}]))"}


PANELS = (
    Panel("Requests", "reqps", rate("egaku_requests", "status")),
    Panel(
        "Time to answer",
        "s",
        {
            legend: query.replace("_bucket[", '_bucket{endpoint="create_images"}[')
            for legend, query in quantiles("egaku_request_seconds").items()
        },
    ),
    Panel("Pictures", "ops", rate("egaku_images", "operation")),
    Panel("Queue", "short", {"waiting": "egaku_queue_waiting", "drawing": "egaku_drawing"}),
    Panel("Time in the queue", "s", quantiles("egaku_queue_seconds")),
    Panel("Workers", "short", {"alive": "egaku_workers_alive", "able": "egaku_workers_able"}),
    Panel("Time in the engine", "s", quantiles("egaku_draw_seconds")),
    Panel("One step", "s", quantiles("egaku_step_seconds")),
    Panel("Batch size", "short", quantiles("egaku_batch_size")),
    Panel(
        "Stages, mean",
        "s",
        {
            "{{stage}}": f"sum by (stage) (rate(egaku_stage_seconds_sum[{RATE}])) "
            f"/ sum by (stage) (rate(egaku_stage_seconds_count[{RATE}]))"
        },
    ),
    Panel("Errors by code", "reqps", rate("egaku_errors", "code")),
    Panel("Refused by the queue", "reqps", rate("egaku_queue_refusals", "reason")),
    Panel(
        "Lost and tried again",
        "ops",
        {
            "retried: {{cause}}": f"sum by (cause) (rate(egaku_jobs_retried_total[{RATE}]))",
            "failed: {{cause}}": f"sum by (cause) (rate(egaku_jobs_failed_total[{RATE}]))",
            "workers: {{cause}}": f"sum by (cause) (rate(egaku_workers_lost_total[{RATE}]))",
        },
    ),
    Panel(
        "Refused by moderation",
        "reqps",
        {"{{category}}": f'sum by (category) (rate(egaku_moderation_total{{decision="refused"}}[{RATE}]))'},
    ),
    Panel("Memory of the server", "bytes", {"resident": "process_resident_memory_bytes"}),
)


def dashboard() -> dict[str, Any]:
    """The whole dashboard, as Grafana imports it."""
    return {
        "title": "egaku",
        "uid": "egaku",
        "schemaVersion": 39,
        "time": {"from": "now-1h", "to": "now"},
        "refresh": "10s",
        "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus"}]},
        "panels": [_panel(number, panel) for number, panel in enumerate(PANELS)],
    }


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    columns = 24 // WIDTH
    place = {
        "x": number % columns * WIDTH,
        "y": number // columns * HEIGHT,
        "w": WIDTH,
        "h": HEIGHT,
    }
    targets = [
        {"refId": chr(ord("A") + index), "datasource": SOURCE, "expr": query, "legendFormat": legend}
        for index, (legend, query) in enumerate(panel.queries.items())
    ]
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": targets,
    }


def text() -> str:
    """The file's content."""
    return json.dumps(dashboard(), indent=1) + "\n"


def main() -> None:
    """Write it."""
    FILE.write_text(text())


if __name__ == "__main__":
    main()
