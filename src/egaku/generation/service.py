"""The life of a request, from validated fields to the bytes of the answer.

    decode → recipe → draw, step by step → composite → encode → store → answer

Read `answer` top to bottom; `stream` walks the same stages and sends what there is as it comes. Everything
that costs time runs off the event loop: drawing in worker processes, decoding and encoding in threads.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from egaku.contract.dialects import Operation
from egaku.contract.errors import ApiError, ServerError
from egaku.contract.requests import ImageRequest
from egaku.contract.responses import (
    Picture,
    TypedFacts,
    completed_event,
    error_event,
    images_body,
    partial_event,
)
from egaku.contract.sizes import Size
from egaku.contract.usage import usage
from egaku.engines.base import Job, Pixels, Task
from egaku.generation.sources import Source, Uploaded, read_source
from egaku.generation.workers import WorkerPool
from egaku.imaging.encode import encode
from egaku.imaging.masks import composite
from egaku.imaging.pixels import is_opaque
from egaku.storage.images import ImageStore
from egaku.storage.links import LinkSigner
from egaku.storage.recipes import RecipeStore, pixel_hash

TASKS = {
    Operation.GENERATIONS: Task.GENERATE,
    Operation.EDITS: Task.EDIT,
    Operation.VARIATIONS: Task.VARY,
}

DEFAULT_SIZE = Size(1024, 1024)
RANDOM_SEEDS = 2**32
"""Seeds chosen here are short enough to be typed again."""
FILES_PATH = "/files/"
HEAVY_AT_ONCE = 2
"""Pictures decoded or encoded at the same time: each holds up to 128 MiB while it lasts."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and under which address they see this server."""

    owner: str
    """Key id, or the client's address where no keys are needed."""
    base_url: str
    """Absolute, without a trailing slash."""


@dataclass(slots=True)
class Timing:
    """Seconds spent per stage, summed over the request's pictures. For logs and `bench/overhead`."""

    decode: float = 0.0
    engine: float = 0.0
    hand_over: float = 0.0
    """Waiting for a worker, and pixels there and back."""
    encode: float = 0.0
    record: float = 0.0
    store: float = 0.0
    body: float = 0.0

    def stages(self) -> dict[str, float]:
        """By name, in order."""
        return asdict(self)


@dataclass(slots=True)
class Work:
    """A request under way."""

    request: ImageRequest
    caller: Caller
    jobs: Sequence[Job]
    source: Source | None
    timing: Timing = field(default_factory=Timing)

    @property
    def seed(self) -> int:
        """The caller's, or the one chosen here."""
        return self.jobs[0].seed

    @property
    def size(self) -> Size:
        """Of the pictures delivered."""
        return Size(self.jobs[0].width, self.jobs[0].height)


@dataclass(frozen=True, slots=True)
class Done:
    """One finished picture as a file."""

    file: bytes
    opaque: bool
    pixels: Pixels
    revised_prompt: str | None = None


class ImageService:
    """Walks requests through their life."""

    def __init__(
        self, pool: WorkerPool, images: ImageStore, recipes: RecipeStore, signer: LinkSigner
    ) -> None:
        self._pool = pool
        self._images = images
        self._recipes = recipes
        self._signer = signer
        self._heavy = asyncio.Semaphore(HEAVY_AT_ONCE)

    async def prepare(
        self,
        request: ImageRequest,
        caller: Caller,
        images: Sequence[Uploaded] = (),
        mask: Uploaded | None = None,
    ) -> Work:
        """Everything that can still refuse the request: pictures decoded and judged, room in the queue.

        Raises ApiError.
        """
        self._pool.check_room(request.n)
        started = time.perf_counter()
        source = await self._off_loop(lambda: read_source(request, images, mask)) if images else None
        recipe = await self._recipe(caller, source)
        jobs = jobs_of(request, source, recipe)
        work = Work(request, caller, jobs, source)
        work.timing.decode = time.perf_counter() - started
        return work

    async def answer(self, work: Work) -> bytes:
        """The whole body. Cancelling it stops the drawing at the next step. Raises ApiError."""
        request = work.request
        created = int(time.time())
        done = await _together([self._picture(work, job) for job in work.jobs])
        if request.response_format == "url":
            pictures = [await self._link(work, one) for one in done]
        else:
            pictures = [Picture(data=one.file, revised_prompt=_revised(request, one)) for one in done]
        facts = _facts(work, all(one.opaque for one in done), len(done)) if _is_typed(request) else None
        started = time.perf_counter()
        body = images_body(created, pictures, facts)
        work.timing.body = time.perf_counter() - started
        return body

    async def stream(self, work: Work) -> AsyncGenerator[bytes]:
        """Server-sent events: partial pictures as they come, one completed event per picture.

        Raises ApiError as long as there was no event; after that the failure is an event itself.
        """
        events: asyncio.Queue[bytes | None] = asyncio.Queue()
        painting = asyncio.create_task(self._paint_events(work, events))
        begun = False
        try:
            while (event := await events.get()) is not None:
                begun = True
                yield event
            await painting
        except ApiError as error:
            if not begun:
                raise
            error.keys = work.request.dialect.wording.keys
            yield error_event(error.body())
        finally:
            painting.cancel()

    async def _paint_events(self, work: Work, events: asyncio.Queue[bytes | None]) -> None:
        """Draw all jobs, putting their events into the queue; None ends it."""
        try:
            await _together([self._events_of(work, job, events) for job in work.jobs])
        finally:
            events.put_nowait(None)

    async def _events_of(self, work: Work, job: Job, events: asyncio.Queue[bytes | None]) -> None:
        request, created = work.request, int(time.time())
        previews: asyncio.Queue[Pixels | None] = asyncio.Queue()

        async def send_partials() -> None:
            # One after the other: encoded side by side, a later one could overtake.
            number = job.index * request.partial_images
            while (pixels := await previews.get()) is not None:
                done = await self._developed(work, job, pixels)
                facts = _facts(work, done.opaque, None)
                events.put_nowait(partial_event(request.operation, done.file, number, created, facts))
                number += 1

        partials = asyncio.create_task(send_partials())
        try:
            one = await self._picture(work, job, request.partial_images, previews.put_nowait)
            previews.put_nowait(None)
            await partials
        finally:
            partials.cancel()
        # n pictures share one request: each event counts its own tokens.
        events.put_nowait(completed_event(request.operation, one.file, created, _facts(work, one.opaque, 1)))

    async def _picture(
        self,
        work: Work,
        job: Job,
        previews: int = 0,
        on_preview: Callable[[Pixels], None] = lambda _: None,
    ) -> Done:
        """One job: drawn, put into the source where there is one, encoded, its recipe kept."""
        started = time.perf_counter()
        drawn = await self._pool.draw(job, previews, on_preview)
        drawing = drawn.drawing
        work.timing.engine += drawn.seconds
        work.timing.hand_over += time.perf_counter() - started - drawn.seconds
        done = await self._developed(work, job, drawing.pixels)
        if drawing.recipe is not None:
            started = time.perf_counter()
            await self._remember(work.caller, done.pixels, drawing.recipe)
            work.timing.record += time.perf_counter() - started
        return replace(done, revised_prompt=drawing.revised_prompt)

    async def _developed(self, work: Work, job: Job, drawn: Pixels) -> Done:
        started = time.perf_counter()
        done = await self._off_loop(lambda: develop(work.request, job, drawn))
        work.timing.encode += time.perf_counter() - started
        return done

    async def _link(self, work: Work, done: Done) -> Picture:
        """Store one file; the picture as a signed link to it."""
        started = time.perf_counter()
        try:
            name = await asyncio.to_thread(self._images.put, done.file, work.request.output_format)
        except OSError as error:
            log.error("image not stored", reason=type(error).__name__)  # noqa: TRY400  no values in logs
            raise ServerError from None
        work.timing.store += time.perf_counter() - started
        url = work.caller.base_url + self._signer.sign(FILES_PATH + name)
        return Picture(url=url, revised_prompt=_revised(work.request, done))

    async def _recipe(self, caller: Caller, source: Source | None) -> str | None:
        if source is None or self._pool.info is None:
            return None
        try:
            return await self._recipes.find(caller.owner, self._pool.info.name, source.upload)
        except SQLAlchemyError as error:
            log.warning("recipe not read", reason=type(error).__name__)
            return None

    async def _remember(self, caller: Caller, pixels: Pixels, recipe: str) -> None:
        """Keep how it was made. The picture is good without it, so a failing database costs only that."""
        if self._pool.info is None:
            return
        try:
            key = await asyncio.to_thread(pixel_hash, pixels)
            await self._recipes.put(caller.owner, self._pool.info.name, {key: recipe})
        except SQLAlchemyError as error:
            log.warning("recipe not kept", reason=type(error).__name__)

    async def _off_loop(self, run: Callable[[], T]) -> T:
        async with self._heavy:
            return await asyncio.to_thread(run)


async def _together(parts: Sequence[Awaitable[T]]) -> list[T]:
    """All results in order; the first failure, or our own cancellation, ends the others."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def jobs_of(request: ImageRequest, source: Source | None, recipe: str | None = None) -> list[Job]:
    """One job per picture asked for, with a seed chosen where the caller gave none."""
    size = source.size if source else request.size or DEFAULT_SIZE
    first = Job(
        task=TASKS[request.operation],
        width=size.width,
        height=size.height,
        seed=secrets.randbelow(RANDOM_SEEDS) if request.seed is None else request.seed,
        prompt=request.prompt,
        quality=request.quality,
        style=request.style,
        background=request.background,
        image=source.pixels if source else None,
        hole=source.hole if source else None,
        strength=request.strength,
        recipe=recipe,
    )
    return [replace(first, index=index) for index in range(request.n)]


def develop(request: ImageRequest, job: Job, drawn: Pixels) -> Done:
    """Pixels to file. Outside the hole, the source's own pixels go in to the bit."""
    placed = drawn
    if job.hole is not None and job.image is not None:
        placed = composite(job.image, drawn, job.hole)
    compression = None if request.output_format == "png" else request.output_compression
    file = encode(_flattened(placed, request), request.output_format, compression)
    return Done(file, is_opaque(placed), placed)


def _flattened(pixels: Pixels, request: ImageRequest) -> Pixels:
    """JPEG has no alpha: what an upload left transparent outside the hole shows white there."""
    if request.output_format != "jpeg" or is_opaque(pixels):
        return pixels
    alpha = pixels[..., 3:].astype("uint16")
    flat = pixels.copy()
    flat[..., :3] = (pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
    flat[..., 3] = 255
    return flat


def _is_typed(request: ImageRequest) -> bool:
    return request.dialect.reports_usage


def _revised(request: ImageRequest, done: Done) -> str | None:
    return done.revised_prompt if request.dialect.revises_prompt else None


def _facts(work: Work, opaque: bool, pictures: int | None) -> TypedFacts:
    """What was resolved; with usage for that many pictures unless None."""
    request = work.request
    quality = "high" if request.quality == "auto" else request.quality
    counted = None
    if pictures is not None:
        inputs = [work.source.upload_size] if work.source else []
        counted = usage(request.prompt, inputs, work.size, quality, pictures)
    return TypedFacts(
        background="opaque" if opaque else "transparent",
        output_format=request.output_format,
        quality=quality,
        size=str(work.size),
        usage=counted,
    )
