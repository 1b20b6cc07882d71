"""The life of a request, from validated fields to the bytes of the answer. The stages, in order:

    prepare   room in the queue → words judged → uploads decoded → uploads judged → recipe found → jobs
    picture   drawn, step by step → result judged → developed: composite, encode, mark provenance
    keep      rows and recipes written, files stored; of pictures stored nowhere, the recipes

`answer` and `stream` hand the pictures over while the caller waits; `jobs.JobRunner` walks the same stages
for work that outlives its connection. Everything that costs time runs off the event loop: drawing in worker
processes, decoding and encoding in threads.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from egaku.contract.errors import ApiError, ServerError
from egaku.contract.models import counted_model
from egaku.contract.requests import ImageRequest
from egaku.contract.responses import (
    Picture,
    TypedFacts,
    completed_event,
    error_event,
    images_body,
    partial_event,
)
from egaku.contract.usage import usage
from egaku.engines.base import Job, Pixels
from egaku.generation.development import Developed, Mark, develop, place
from egaku.generation.events import ServiceEvents
from egaku.generation.gate import Gate, ResultFlagged, is_own_art
from egaku.generation.sources import Source, Uploaded, read_source
from egaku.generation.together import together
from egaku.generation.work import Caller, Done, Timing, Work, jobs_of
from egaku.generation.workers import WorkerPool
from egaku.provenance.signer import Provenance, SigningFailed
from egaku.storage.images import ImageStore, Kind, new_name
from egaku.storage.pictures import NewPicture, PictureStore
from egaku.storage.recipes import Recipe, RecipeStore, pixel_hash
from egaku.storage.usage import UsageStore

HEAVY_AT_ONCE = 2
"""Pictures decoded or encoded at the same time: each holds up to 128 MiB while it lasts."""

T = TypeVar("T")
OnPreview = Callable[[Pixels], None]
OnProgress = Callable[[float], None]

log = structlog.get_logger(__name__)


class ImageService:
    """Walks requests through their life."""

    def __init__(
        self,
        pool: WorkerPool,
        *,
        images: ImageStore,
        recipes: RecipeStore,
        pictures: PictureStore,
        usage: UsageStore,
        gate: Gate,
        provenance: Provenance,
        events: ServiceEvents | None = None,
    ) -> None:
        self._pool = pool
        self._images = images
        self._recipes = recipes
        self._pictures = pictures
        self._usage = usage
        self._gate = gate
        self._provenance = provenance
        self._events = events or ServiceEvents()
        self._heavy = asyncio.Semaphore(HEAVY_AT_ONCE)

    # Stage 1: everything that can still refuse the request.

    async def prepare(
        self,
        request: ImageRequest,
        caller: Caller,
        images: Sequence[Uploaded] = (),
        mask: Uploaded | None = None,
        *,
        patient: bool = False,
        judged: bool = False,
    ) -> Work:
        """Words and pictures judged (unless they were), uploads decoded, room in the queue unless `patient`.

        Raises ApiError.
        """
        if not patient:
            self._pool.check_room(request.n, caller.owner)
        timing, started = Timing(), time.perf_counter()
        if not judged:
            await self._gate.words(request, caller)
        timing.moderate = time.perf_counter() - started
        started = time.perf_counter()
        source = await self._off_loop(lambda: read_source(request, images, mask)) if images else None
        timing.decode = time.perf_counter() - started
        if source is not None and not judged:
            started = time.perf_counter()
            await self._gate.upload(request, caller, source.upload)
            timing.moderate += time.perf_counter() - started
        recipe = await self._recipe(caller, source)
        return Work(request, caller, jobs_of(request, source, recipe), source, patient, timing)

    # Stage 2: one picture.

    async def picture(
        self,
        work: Work,
        job: Job,
        previews: int = 0,
        on_preview: OnPreview = lambda _: None,
        on_progress: OnProgress = lambda _: None,
    ) -> Done:
        """One job: drawn, judged, put into the source where there is one, encoded.

        Cancelling it stops the drawing at the next step. Raises ApiError.
        """
        started = time.perf_counter()
        drawn = await self._pool.draw(
            job, previews, on_preview, on_progress, owner=work.caller.owner, patient=work.patient
        )
        drawing = drawn.drawing
        work.timing.engine += drawn.seconds
        work.timing.hand_over += time.perf_counter() - started - drawn.seconds
        await self._judge(work, job, drawing.pixels)
        hashed = drawing.recipe is not None
        mark = self._mark(work, drawing.revised_prompt)
        developed, key = await self._developed(work, job, drawing.pixels, mark, hashed=hashed)
        recipe = None
        if drawing.recipe is not None and self._pool.info is not None:
            recipe = Recipe(self._pool.info.name, key, drawing.recipe)
        return Done(developed.file, developed.opaque, drawing.revised_prompt, recipe)

    async def _judge(self, work: Work, job: Job, drawn: Pixels) -> None:
        """Raises ResultFlagged, Overloaded."""
        if not is_own_art(job, self._pool.info):
            started = time.perf_counter()
            await self._gate.result(work, await self._off_loop(lambda: place(job, drawn)))
            work.timing.moderate += time.perf_counter() - started

    async def may_show(self, work: Work, job: Job, preview: Pixels) -> bool:
        """Whether an unfinished picture may be shown; the finished one decides. Raises Overloaded."""
        try:
            await self._judge(work, job, preview)
        except ResultFlagged:
            return False
        return True

    def _mark(self, work: Work, revised_prompt: str | None) -> Mark | None:
        info, source = self._pool.info, work.source
        if info is None:
            return None
        return Mark(self._provenance, info, source.parent if source else None, revised_prompt or "")

    async def _developed(
        self, work: Work, job: Job, drawn: Pixels, mark: Mark | None, *, hashed: bool = False
    ) -> tuple[Developed, str]:
        def run() -> tuple[Developed, str]:
            developed = develop(work.request, job, drawn, mark)
            return developed, pixel_hash(developed.pixels) if hashed else ""

        started = time.perf_counter()
        try:
            return await self._off_loop(run)
        except SigningFailed as error:
            # Never sent unsigned in silence: drawing it again costs less than a picture nobody can place.
            log.error("picture not signed", reason=type(error).__name__)  # noqa: TRY400  no values in logs
            raise ServerError from None
        finally:
            work.timing.encode += time.perf_counter() - started

    # Stage 3: what stays when the answer is given.

    async def remember(self, work: Work, done: Sequence[Done]) -> None:
        """Keep how pictures were made that are stored nowhere. A failing database costs only that."""
        made = [one.recipe for one in done if one.recipe is not None]
        if not made:
            return
        started = time.perf_counter()
        try:
            await self._recipes.put(work.caller.owner, made)
        except (SQLAlchemyError, ApiError) as error:
            log.warning("recipe not kept", reason=type(error).__name__)
        work.timing.record += time.perf_counter() - started

    async def keep(self, work: Work, done: Sequence[Done]) -> list[str]:
        """Store files for links, and beside them whose they are and how they were made; their names.

        Raises StorageUnavailable, StorageFull.
        """
        extension = work.request.output_format
        named = [
            NewPicture(new_name(Kind.ANSWER, extension), len(one.file), recipe=one.recipe) for one in done
        ]
        files = [
            self._images.put(one.file, extension, new.name) for new, one in zip(named, done, strict=True)
        ]
        started = time.perf_counter()
        # Side by side: of a pair that a crash tears apart, a row alone does no harm and a file goes by age.
        names, _ = await asyncio.gather(together(files), self._pictures.add(work.caller.owner, named))
        work.timing.store += time.perf_counter() - started
        return names

    def count(self, work: Work) -> None:
        """Add a finished request to its owner's usage."""
        request, info = work.request, self._pool.info
        model = counted_model(request.model, info.name if info else self._pool.engine)
        operation, size, images = str(request.operation), str(work.size), len(work.jobs)
        self._usage.add(work.caller.owner, model=model, size=size, operation=operation, images=images)
        self._events.delivered(operation, model, size, images)

    # Handing over.

    async def answer(self, work: Work) -> bytes:
        """The whole body. Cancelling it stops the drawing at the next step. Raises ApiError."""
        request = work.request
        created = int(time.time())
        done = await self._all_but_flagged(work)
        if request.response_format == "url":
            names = await self.keep(work, done)
            pictures = [
                Picture(
                    url=await self._images.link(name, work.caller.base_url),
                    revised_prompt=revised(request, one.revised_prompt),
                )
                for name, one in zip(names, done, strict=True)
            ]
        else:
            await self.remember(work, done)
            pictures = [
                Picture(data=one.file, revised_prompt=revised(request, one.revised_prompt)) for one in done
            ]
        typed = request.dialect.reports_usage
        facts = _facts(work, all(one.opaque for one in done), len(done)) if typed else None
        started = time.perf_counter()
        body = images_body(created, pictures, facts)
        work.timing.body = time.perf_counter() - started
        self.count(work)
        return body

    async def _all_but_flagged(self, work: Work) -> list[Done]:
        """All pictures but those that moderation withholds. Raises ResultFlagged when that is all of them."""

        async def one(job: Job) -> Done | ResultFlagged:
            try:
                return await self.picture(work, job)
            except ResultFlagged as flagged:
                return flagged

        results = await together([one(job) for job in work.jobs])
        done = [result for result in results if isinstance(result, Done)]
        work.withheld = len(results) - len(done)
        for result in results:
            if not done and isinstance(result, ResultFlagged):
                raise result
        return done

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
            self.count(work)
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
            flagged = await together([self._events_of(work, job, events) for job in work.jobs])
            refusals = [one for one in flagged if one is not None]
            if len(refusals) == len(work.jobs):
                raise refusals[0]
        finally:
            events.put_nowait(None)

    async def _events_of(
        self, work: Work, job: Job, events: asyncio.Queue[bytes | None]
    ) -> ResultFlagged | None:
        """Put one picture's events into the queue; the refusal when it is withheld."""
        request, created = work.request, int(time.time())
        previews: asyncio.Queue[Pixels | None] = asyncio.Queue()

        async def send_partials() -> None:
            # One after the other: encoded side by side, a later one could overtake.
            number = job.index * request.partial_images
            while (pixels := await previews.get()) is not None:
                if not await self.may_show(work, job, pixels):
                    continue
                partial, _ = await self._developed(work, job, pixels, self._mark(work, None))
                facts = _facts(work, partial.opaque, None)
                events.put_nowait(partial_event(request.operation, partial.file, number, created, facts))
                number += 1

        partials = asyncio.create_task(send_partials())
        try:
            one = await self.picture(work, job, request.partial_images, previews.put_nowait)
            previews.put_nowait(None)
            await partials
        except ResultFlagged as flagged:
            return flagged
        finally:
            partials.cancel()
        await self.remember(work, [one])
        # n pictures share one request: each event counts its own tokens.
        events.put_nowait(completed_event(request.operation, one.file, created, _facts(work, one.opaque, 1)))
        return None

    async def _recipe(self, caller: Caller, source: Source | None) -> str | None:
        if source is None or self._pool.info is None:
            return None
        try:
            return await self._recipes.find(caller.owner, self._pool.info.name, source.upload)
        except (SQLAlchemyError, ApiError) as error:
            log.warning("recipe not read", reason=type(error).__name__)
            return None

    async def _off_loop(self, run: Callable[[], T]) -> T:
        async with self._heavy:
            return await asyncio.to_thread(run)


def revised(request: ImageRequest, prompt: str | None) -> str | None:
    """The revised prompt where the dialect has one."""
    return prompt if request.dialect.revises_prompt else None


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
