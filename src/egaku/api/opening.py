"""Everything a server needs, opened in order when it starts and closed in the opposite order when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.api.limits import Limiter
from egaku.api.metrics import Metrics
from egaku.api.retries import Retries
from egaku.api.routes.jobs import forget_accepted
from egaku.api.state import AppState, is_anonymous
from egaku.api.submissions import Submissions
from egaku.api.traces import Traces, TracingUnavailable
from egaku.api.turnstile import Turnstile
from egaku.contract.errors import ApiError
from egaku.generation.broadcast import Broadcast
from egaku.generation.gate import Gate
from egaku.generation.jobs import JobRunner
from egaku.generation.service import ImageService
from egaku.generation.together import end
from egaku.generation.workers import EngineUnusable, WorkerPool
from egaku.moderation.decisions import Decisions
from egaku.moderation.judges import Moderation, open_moderation
from egaku.provenance.credentials import CredentialFault
from egaku.provenance.opening import open_provenance
from egaku.settings import DataDirUnusable, Settings
from egaku.storage.buckets import BucketImages
from egaku.storage.database import check_database, open_database, tidy_database
from egaku.storage.failures import StoreUnusable
from egaku.storage.health import StoreChecks
from egaku.storage.images import ImageStore, LocalImages, keep_by_kind
from egaku.storage.jobs import JobStore
from egaku.storage.key_uses import KeyUses
from egaku.storage.keys import KeyStore
from egaku.storage.links import LinkSigner, load_secret
from egaku.storage.pictures import PictureStore
from egaku.storage.quotas import QuotaStore
from egaku.storage.recipes import RecipeStore
from egaku.storage.redis_windows import RedisWindow
from egaku.storage.replies import ReplyStore
from egaku.storage.reports import ReportStore
from egaku.storage.servers import ServerStore, server_identity
from egaku.storage.sweeper import Sweep, seldom, sweep_forever
from egaku.storage.usage import UsageStore
from egaku.storage.windows import MemoryWindow, Window

IDENTITY = "server-id"
SECRET = "link-secret"  # noqa: S105  a file name
IMAGES = "images"
PATIENCE_SECONDS = 10.0
"""How long the start waits for the engine before it listens anyway."""

JUDGED_AT_ONCE = 2
"""Requests of one owner to be judged only: each may hold 32 texts, and the judge of words is one."""

START_FAULTS = (
    DataDirUnusable, EngineUnusable, StoreUnusable, CredentialFault, TracingUnavailable, ValueError, OSError,
)  # fmt: skip
"""What opening raises when a setting or the machine is at fault; the text says which."""


@contextlib.asynccontextmanager
async def open_state(settings: Settings) -> AsyncIterator[AppState]:
    """The server's parts, ready to use. Raises START_FAULTS."""
    async with contextlib.AsyncExitStack() as closing:
        metrics, traces = Metrics(), Traces(settings.traces_url)
        closing.push_async_callback(asyncio.to_thread, traces.close)
        database = await asyncio.to_thread(open_database, settings.database)
        closing.push_async_callback(database.dispose)
        window: Window = RedisWindow(settings.redis_url) if settings.redis_url else MemoryWindow()
        closing.push_async_callback(window.close)
        signer = LinkSigner(load_secret(settings.data_path(SECRET)), settings.link_seconds)
        images = _images(settings, signer)
        provenance = await asyncio.to_thread(open_provenance, settings)
        pool = await closing.enter_async_context(_pool(settings, metrics))
        moderation = await closing.enter_async_context(
            open_moderation(settings, counted=metrics.moderated, failed=metrics.judge_failed)
        )
        _watch(metrics, pool, moderation)
        await _started(pool)
        await _loaded(moderation)
        recipes, usage = RecipeStore(database, settings.keep_seconds), UsageStore(database)
        pictures, quotas = PictureStore(database, settings.keep_seconds), QuotaStore(database)
        decisions, keys, key_uses = Decisions(), KeyStore(database), KeyUses(database)
        service = ImageService(
            pool,
            images=images,
            recipes=recipes,
            pictures=pictures,
            usage=usage,
            gate=Gate(moderation, decisions),
            provenance=provenance,
            events=metrics,
        )
        identity = closing.enter_context(server_identity(settings.data_path(IDENTITY)))
        records = JobStore(database, identity, settings.job_seconds)
        replies = ReplyStore(database, images, identity, settings.reply_seconds)
        retries = Retries(replies)
        closing.push_async_callback(retries.close)
        limiter = Limiter(settings, window, quotas)
        runner = JobRunner(
            service,
            records,
            ServerStore(database, identity),
            images,
            Broadcast(),
            at_once=settings.workers + 1,
            max_jobs=settings.max_jobs,
            forget=partial(forget_accepted, replies),
            room=partial(_room, limiter, keys),
            serves=partial(_serves, keys),
        )
        jobs = await closing.enter_async_context(runner)
        sweeps: dict[str, Sweep] = {
            "recipes": recipes.sweep,
            "quotas": quotas.sweep,
            "jobs": jobs.sweep,
            "pictures": partial(pictures.sweep, images.delete),
            "replies": replies.sweep,
            "images": seldom(images.sweep),
            "pages": partial(tidy_database, database),
        }
        await closing.enter_async_context(_in_background(usage.flush_forever()))
        await closing.enter_async_context(_in_background(key_uses.flush_forever()))
        await closing.enter_async_context(_in_background(sweep_forever(sweeps)))
        closing.enter_context(_lasting())
        yield AppState(
            settings=settings,
            pool=pool,
            service=service,
            keys=keys,
            key_uses=key_uses,
            images=images,
            stores=_checks(database, images),
            signer=signer,
            submissions=Submissions(),
            decisions=decisions,
            reports=ReportStore(database),
            limiter=limiter,
            turnstile=Turnstile(),
            judging=Turnstile(JUDGED_AT_ONCE),
            metrics=metrics,
            traces=traces,
            moderation=moderation,
            usage=usage,
            pictures=pictures,
            jobs=jobs,
            job_records=records,
            retries=retries,
        )


def _images(settings: Settings, signer: LinkSigner) -> ImageStore:
    # Large kept replies are stored among the uploads of jobs.
    keep = keep_by_kind(settings.keep_seconds, max(settings.job_seconds, settings.reply_seconds))
    if settings.images_url:
        return BucketImages(settings.images_url, keep, settings.link_seconds)
    return LocalImages(settings.data_path(IMAGES), keep, signer)


def _pool(settings: Settings, metrics: Metrics) -> WorkerPool:
    return WorkerPool(
        settings.engine,
        settings.workers,
        settings.max_waiting,
        settings.draw_seconds,
        stall_seconds=settings.stall_seconds,
        events=metrics,
    )


async def _room(limiter: Limiter, keys: KeyStore, owner: str, images: int) -> Callable[[], None] | None:
    """Room among an owner's images under way, by the server's own limit while the database cannot say."""
    key = None
    with contextlib.suppress(ApiError, SQLAlchemyError):
        key = await keys.get(owner)
    lease = limiter.room(owner, key, images)
    return lease.release if lease else None


async def _serves(keys: KeyStore, owner: str) -> bool:
    """Whether an owner's jobs are still drawn: not those of a key that was revoked since.

    While the database cannot say, they are: what is drawn cannot be kept before it can.
    """
    try:
        return is_anonymous(owner) or await keys.get(owner) is not None
    except (ApiError, SQLAlchemyError):
        return True


def _checks(database: AsyncEngine, images: ImageStore) -> StoreChecks:
    return StoreChecks({"records": partial(check_database, database), "pictures": images.check})


def _watch(metrics: Metrics, pool: WorkerPool, moderation: Moderation) -> None:
    metrics.watch("queue_waiting", "Pictures that no worker has taken yet.", lambda: pool.waiting)
    metrics.watch("drawing", "Pictures being drawn.", lambda: pool.drawing)
    metrics.watch("workers_alive", "Drawing processes that run.", lambda: pool.alive)
    metrics.watch("workers_able", "Drawing processes that get on with their work.", lambda: pool.able)
    metrics.watch(
        "judges_down",
        "Moderation judges that could not be asked.",
        lambda: sum(judge.down_since is not None for judge in moderation.health().values()),
    )


@contextlib.asynccontextmanager
async def _in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run a task for as long as the server does, and see it end."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        await end([task])


@contextlib.contextmanager
def _lasting() -> Iterator[None]:
    """What is there now stays: the garbage collector need not look through it again and again.

    A full collection of the opened server stops the event loop for 70 to 140 ms, and every few hundred
    requests under way bring one about.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _started(pool: WorkerPool) -> None:
    """Give the engine a moment, so that the server listens when it can draw.

    Raises EngineUnusable when it never will. A slow one goes on loading; `/readyz` says when it is there.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            await pool.wait_ready()


async def _loaded(moderation: Moderation) -> None:
    """Likewise for the judges, which load beside it: the first prompt should not wait for them."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            while moderation.loading():  # noqa: ASYNC110  judges load in threads, which know no events
                await asyncio.sleep(0.02)
