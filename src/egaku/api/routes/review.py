"""/organization/moderation: what was refused and what people say of it, for administrators.

What is shown of a report is what its sender put in and the decision it is about; nothing else was kept.
"""

from __future__ import annotations

from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate_admin
from egaku.api.bodies import read_json
from egaku.api.state import state_of
from egaku.contract.pages import ORDERED, page_object, parse_page
from egaku.contract.reports import STATUSES, no_such_report, parse_outcome, report_deleted, report_object
from egaku.contract.status import CategoryCount, ModerationSummary
from egaku.moderation.scores import Category
from egaku.storage.reports import Report

BODY_BYTES = 1024


async def list_reports(request: Request) -> Response:
    """GET …/reports?status=open: a page of reports."""
    await authenticate_admin(request)
    page = parse_page(request.query_params, {**ORDERED, "status": STATUSES})
    status, store = page.chosen.get("status"), state_of(request).reports
    after = None
    if page.after is not None and (after := await store.get(page.after)) is None:
        raise no_such_report(page.after, "after")
    found = await store.page(
        reviewed=None if status is None else status == "closed",
        after=after,
        limit=page.limit + 1,
        descending=page.newest_first,
    )
    shown = [report_object(asdict(one)) for one in found[: page.limit]]
    return _json(page_object(shown, has_more=len(found) > page.limit))


async def retrieve_report(request: Request) -> Response:
    """GET …/reports/{id}."""
    await authenticate_admin(request)
    return _json(report_object(asdict(await _find(request))))


async def review_report(request: Request) -> Response:
    """POST …/reports/{id}: close it with `{"outcome": "wrong"}` or "right"; null opens it again."""
    await authenticate_admin(request)
    outcome = parse_outcome(await read_json(request, BODY_BYTES))
    await state_of(request).reports.review(request.path_params["id"], outcome)
    return _json(report_object(asdict(await _find(request))))


async def delete_report(request: Request) -> Response:
    """DELETE …/reports/{id}: forget it and what was sent with it."""
    await authenticate_admin(request)
    identifier = request.path_params["id"]
    if not await state_of(request).reports.delete(identifier):
        raise no_such_report(identifier)
    return _json(report_deleted(identifier))


async def summarize_moderation(request: Request) -> Response:
    """GET …/summary: how much passed and was refused here, and what was reported, by category."""
    await authenticate_admin(request)
    state = state_of(request)
    passed, refused = state.metrics.judged()
    counts = await state.reports.count()

    def reported(outcome: str | None, category: str | None = None) -> int:
        of = [one for one in counts if one.outcome == outcome]
        return sum(one.reports for one in of if category is None or category in one.categories)

    names = dict.fromkeys(
        [*map(str, Category), *refused, *(name for one in counts for name in one.categories)]
    )
    categories: list[CategoryCount] = [
        {
            "category": name,
            "refused": refused[name],
            "open": reported(None, name),
            "wrong": reported("wrong", name),
            "right": reported("right", name),
        }
        for name in names
    ]
    summary: ModerationSummary = {
        "object": "organization.moderation.summary",
        "started_at": state.metrics.started_at,
        "passed": passed,
        "refused": refused.total(),
        "reports": {"open": reported(None), "wrong": reported("wrong"), "right": reported("right")},
        "categories": [
            one for one in categories if any(value for value in one.values() if isinstance(value, int))
        ],
    }
    return _json(summary)


async def _find(request: Request) -> Report:
    identifier = request.path_params["id"]
    report = await state_of(request).reports.get(identifier)
    if report is None:
        raise no_such_report(identifier)
    return report


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
