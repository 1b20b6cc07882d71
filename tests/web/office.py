"""A server's records as an administrator finds them: keys of all kinds, three months of usage, reports."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.keys import KeyFields
from egaku.settings import DATABASE
from egaku.storage.database import open_database
from egaku.storage.key_uses import KeyUses
from egaku.storage.keys import KeyStore
from egaku.storage.reports import ReportStore
from egaku.storage.tables import usage
from egaku.storage.usage import utc_day

DAY = 86_400
DAYS = 100
KEYS: tuple[KeyFields, ...] = (
    {"name": "Website", "user": "shop team", "images_per_day": 5000, "models": ["dall-e-2", "gpt-image-1"]},
    {"name": "印刷所のワークフロー", "user": "田中", "organization": "org-print", "moderation": "strict"},
    {
        "name": "Classroom 4b",
        "user": "ms.lovelace@school.example",
        "images_per_day": 200,
        "moderation": "strict",
    },
    {"name": "Chat bot", "images_per_minute": 20, "max_concurrent": 4},
    {"name": "Ann's laptop", "user": "ann", "images_per_month": 3000},
    {"name": "Nightly covers", "max_concurrent": 2, "models": ["dall-e-3"]},
    {"name": "Home Assistant", "images_per_minute": 6, "images_per_day": 40, "images_per_month": 600},
    {
        "name": "a key with a name that is much longer than anybody would think sensible, and no spaces: "
        + "x" * 60
    },
    {"name": "Guests", "images_per_day": 10, "moderation": "low"},
)
"""Of who draws; the first draw most, the last have never drawn."""
NEVER = 1
REPORTS = (
    (
        "prompt",
        ["sexual"],
        "a nude statue in a museum hall, marble",
        "A life drawing class; statues are statues.",
    ),
    ("prompt", ["violence"], "侍が斬り合う浮世絵、血しぶき", "歴史の教材に使います。"),
    ("upload", ["sexual"], None, "It is a photograph of a beach with nobody on it."),
    ("prompt", ["hate", "harassment"], "a poster against <b>everybody</b> & nobody", ""),
    ("result", ["sexual"], "two swimmers at dawn, watercolor", "Both wear swimsuits."),
    (
        "prompt",
        ["violence", "violence/graphic"],
        "zombies in a foggy graveyard, cartoon " * 12,
        "Halloween.\nFor children.",
    ),
)
OUTCOMES = ("wrong", "right", "wrong", None, "right", "wrong", None, None)


@dataclass(frozen=True)
class Office:
    """What was made."""

    admin: str
    """The administrator's secret."""
    keys: tuple[str, ...]
    """Ids of the keys that draw, those of KEYS in their order."""
    images: int
    """Drawn in the last 30 days."""


def furnish(folder: Path) -> Office:
    """Fill the records of a server that does not run yet. Works beside Playwright's own event loop."""
    with ThreadPoolExecutor() as thread:
        return thread.submit(asyncio.run, _furnish(folder)).result()


async def _furnish(folder: Path) -> Office:
    database = await asyncio.to_thread(open_database, folder / DATABASE)
    try:
        store = KeyStore(database)
        admin, _ = await store.create("boss", is_admin=True)
        await store.create("deputy", is_admin=True)
        made = [(await store.create(str(one["name"]), fields=one))[1].id for one in KEYS]
        now = time.time()
        for age, key in enumerate(made[:-NEVER]):
            uses = KeyUses(database, lambda age=age: now - 7 * 60 * age**4)  # type: ignore[misc]  # a default
            uses.note(key)
            await uses.flush()
        images = await _draw(database, made[:-NEVER], now)
        await _report(database, made)
        return Office(admin, tuple(made), images)
    finally:
        await database.dispose()


async def _draw(database: AsyncEngine, keys: list[str], now: float) -> int:
    """Usage of DAYS days, more of it on some; today a little."""
    dice, rows, recent = random.Random(7), [], 0
    for age in range(DAYS):
        for rank, key in enumerate([*keys, "anonymous@127.0.0.1"]):
            for model, size, operation, share in (
                ("dall-e-2", "512x512", "generations", 5),
                ("dall-e-2", "256x256", "variations", 1),
                ("gpt-image-1", "1024x1024", "generations", 4),
                ("gpt-image-1", "1536x1024", "edits", 2),
                ("dall-e-3", "1024x1792", "generations", 1),
            ):
                weekend = 0.4 if (int(now / DAY) - age) % 7 < 2 else 1
                images = int(dice.random() * share * weekend * 60 / (rank + 1) * (DAYS - age * 0.6) / DAYS)
                if images:
                    recent += images if age < 30 else 0
                    rows.append(
                        {"day": utc_day(now - age * DAY), "owner": key, "model": model, "size": size,
                         "operation": operation, "images": images, "requests": images // 4 + 1}
                    )  # fmt: skip
    async with database.begin() as connection:
        await connection.execute(insert(usage), rows)
    return recent


async def _report(database: AsyncEngine, keys: list[str]) -> None:
    clock = time.time() - 3 * DAY
    for number, outcome in enumerate(OUTCOMES * 2):
        where, categories, prompt, note = REPORTS[number % len(REPORTS)]
        clock += 11_000
        store = ReportStore(database, lambda: clock)  # noqa: B023  used before it changes
        report = await store.add(
            keys[number % 3] if number % 4 else "anonymous@127.0.0.1",
            f"req_{number:032x}",
            where=where,
            categories=categories,
            policy="strict" if number % 3 else "standard",
            note=note,
            prompt=prompt,
        )
        if outcome:
            await store.review(report.id, outcome)
