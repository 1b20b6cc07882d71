"""Reports that a moderation decision was wrong: what was decided, and what its reporter chose to send."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.reports import OUTCOMES
from egaku.storage.keys import random_text
from egaku.storage.tables import reports

DAY_SECONDS = 86_400
IN_ORDER = (reports.c.created_at, reports.c.id)
"""Oldest first."""
ID = re.compile(r"report_[A-Za-z0-9]{1,32}")
"""PostgreSQL cannot even be asked about any text."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report."""

    id: str
    owner: str
    request_id: str
    where: str
    """What was refused: `prompt`, `upload` or `result`."""
    categories: Sequence[str]
    policy: str
    note: str
    prompt: str | None
    """Only if its reporter sent it along."""
    created_at: int
    reviewed_at: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class ReportCount:
    """How many reports there are on decisions of one kind."""

    categories: Sequence[str]
    outcome: str | None
    """None: still open."""
    reports: int


class ReportStore:
    """Reports in the database."""

    def __init__(self, database: AsyncEngine, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def add(
        self,
        owner: str,
        request_id: str,
        *,
        where: str,
        categories: Sequence[str],
        policy: str,
        note: str,
        prompt: str | None,
    ) -> Report:
        """Keep one report."""
        report = Report(
            f"report_{random_text(24)}",
            owner,
            request_id,
            where,
            tuple(categories),
            policy,
            note,
            prompt,
            int(self._now()),
        )
        decision = {"where": where, "categories": list(categories), "policy": policy}
        row = {
            "id": report.id,
            "owner": owner,
            "request_id": request_id,
            "decision": json.dumps(decision),
            "note": note,
            "prompt": prompt,
            "created_at": report.created_at,
        }
        async with self._database.begin() as connection:
            await connection.execute(insert(reports).values(row))
        return report

    async def count_today(self, owner: str) -> int:
        """How many an owner has sent in the last 24 hours."""
        since = int(self._now()) - DAY_SECONDS
        query = select(func.count()).where(reports.c.owner == owner, reports.c.created_at > since)
        async with self._database.connect() as connection:
            return int(await connection.scalar(query) or 0)

    async def page(
        self, *, reviewed: bool | None, after: Report | None, limit: int, descending: bool = False
    ) -> list[Report]:
        """Up to `limit` reports by age, beginning behind `after`; closed ones, open ones, or all for None."""
        query = select(reports)
        if reviewed is not None:
            query = query.where(
                reports.c.reviewed_at.is_not(None) if reviewed else reports.c.reviewed_at.is_(None)
            )
        if after is not None:
            made, identifier = IN_ORDER
            behind = (
                or_(made < after.created_at, and_(made == after.created_at, identifier < after.id))
                if descending
                else or_(made > after.created_at, and_(made == after.created_at, identifier > after.id))
            )
            query = query.where(behind)
        order = [column.desc() if descending else column.asc() for column in IN_ORDER]
        async with self._database.connect() as connection:
            rows = await connection.execute(query.order_by(*order).limit(limit))
            return [_report(row) for row in rows]

    async def get(self, identifier: str) -> Report | None:
        """The report with this id."""
        if not ID.fullmatch(identifier):
            return None
        async with self._database.connect() as connection:
            row = (await connection.execute(select(reports).where(reports.c.id == identifier))).first()
            return _report(row) if row else None

    async def count(self) -> list[ReportCount]:
        """All reports, by the categories of their decisions and by outcome."""
        columns = (reports.c.decision, reports.c.outcome)
        query = select(*columns, func.count()).group_by(*columns)
        found: Counter[tuple[tuple[str, ...], str | None]] = Counter()
        async with self._database.connect() as connection:
            # A decision says more than its categories, so several rows may be one kind.
            for decision, outcome, count in await connection.execute(query):
                found[tuple(json.loads(decision)["categories"]), outcome] += count
        return [ReportCount(categories, outcome, count) for (categories, outcome), count in found.items()]

    async def review(self, identifier: str, outcome: str | None) -> bool:
        """Close a report with one of `OUTCOMES`, reopen it with None; False when there is no such report."""
        if outcome is not None and outcome not in OUTCOMES:
            raise ValueError(f"outcome is one of {', '.join(OUTCOMES)}")
        if not ID.fullmatch(identifier):
            return False
        reviewed_at = None if outcome is None else int(self._now())
        query = update(reports).where(reports.c.id == identifier)
        async with self._database.begin() as connection:
            done = await connection.execute(query.values(outcome=outcome, reviewed_at=reviewed_at))
            return done.rowcount > 0

    async def delete(self, identifier: str) -> bool:
        """Forget a report and what was sent with it; False when there is no such report."""
        if not ID.fullmatch(identifier):
            return False
        async with self._database.begin() as connection:
            done = await connection.execute(delete(reports).where(reports.c.id == identifier))
            return done.rowcount > 0

    async def list(self, *, reviewed: bool = False) -> list[Report]:
        """Open reports, oldest first; with those already reviewed if wanted."""
        query = select(reports).order_by(*IN_ORDER)
        if not reviewed:
            query = query.where(reports.c.reviewed_at.is_(None))
        async with self._database.connect() as connection:
            return [_report(row) for row in await connection.execute(query)]


def _report(row: Row[Any]) -> Report:
    decision = json.loads(row.decision)
    return Report(
        row.id,
        row.owner,
        row.request_id,
        decision["where"],
        tuple(decision["categories"]),
        decision["policy"],
        row.note,
        row.prompt,
        row.created_at,
        row.reviewed_at,
        row.outcome,
    )
