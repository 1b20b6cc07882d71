"""One background job from where it stands to its end: what is missing is drawn, stored and committed.

Whoever takes a job up, after whatever, writes the same pictures under the same names, and leaves alone those
that are finished. Nobody hears of a picture before its row is committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog

from egaku.contract.errors import ApiError, Overloaded, ServerError, StorageFull, StorageUnavailable
from egaku.engines.base import Job
from egaku.generation.broadcast import Broadcast, Event, Happening
from egaku.generation.gate import ResultFlagged
from egaku.generation.job_fields import from_fields
from egaku.generation.job_progress import Progress
from egaku.generation.service import ImageService
from egaku.generation.sources import Uploaded
from egaku.generation.together import together
from egaku.generation.work import Caller, Work
from egaku.storage.images import ImageStore
from egaku.storage.jobs import JobPicture, JobRecord, JobStore, Status

MOST_STARTS = 10
"""A job that was begun so often without an end has taken servers down with it."""
PREVIEWS = 3
"""Per picture, while somebody listens."""
MASK = "mask"
POLICY, REQUEST_ID = "moderation_policy", "request_id"
"""Kept with a job's request: by whose rules its results are judged, and what a refusal is found by."""

End = tuple[Status, Mapping[str, Any] | None]
"""How a job ended, and the error object where there is one."""

log = structlog.get_logger(__name__)


class JobGone(Exception):
    """It was cancelled or deleted while it was drawn, or another server took it over."""


class JobDrawing:
    """Draws jobs, one at a call."""

    def __init__(
        self, service: ImageService, store: JobStore, images: ImageStore, broadcast: Broadcast
    ) -> None:
        self._service = service
        self._store = store
        self._images = images
        self._broadcast = broadcast

    async def draw(self, job: JobRecord, parts: list[float]) -> End:
        """Draw what is missing, noting in `parts` how far each picture is; how it ended.

        Raises StorageUnavailable, StorageFull and Overloaded when it is to be tried again, JobGone when it is
        not to be drawn any more.
        """
        if job.starts > MOST_STARTS:
            log.error("job given up", starts=job.starts)
            return Status.FAILED, ServerError().payload()["error"]
        try:
            work = await self._prepared(job)
            finished = {one.position for one in job.pictures}
            parts[:] = [float(position in finished) for position in range(len(job.names))]
            self._broadcast.tell(job.owner, Event(Happening.RUNNING, job.id, {"started_at": job.started_at}))
            missing = [
                (one, name)
                for one in work.jobs
                if (name := job.names[one.index]) and one.index not in finished
            ]
            flagged = await together([self._draw_one(job, work, one, name, parts) for one, name in missing])
            refusals = [one for one in flagged if one is not None]
            if len(refusals) == len(work.jobs):
                return Status.FAILED, _shown(refusals[0], job)
            self._service.count(work)
        except (StorageUnavailable, StorageFull, Overloaded, JobGone, asyncio.CancelledError):
            raise
        except ApiError as error:
            return Status.FAILED, _shown(error, job)
        except Exception as error:  # noqa: BLE001  one job's trouble is not the others'
            log.error("job failed", kind=type(error).__name__)  # noqa: TRY400  no values in logs
            return Status.FAILED, ServerError().payload()["error"]
        return Status.SUCCEEDED, None

    async def _prepared(self, job: JobRecord) -> Work:
        images, mask = [], None
        for stored in job.inputs:
            data = await self._images.read(stored.file)
            if data is None:
                raise ServerError
            upload = Uploaded(stored.part, partial(bytes, data))
            if stored.part == MASK:
                mask = upload
            else:
                images.append(upload)
        request = from_fields(job.fields)
        caller = Caller(job.owner, "", job.fields[POLICY], job.fields[REQUEST_ID])
        return await self._service.prepare(request, caller, images, mask, patient=True, judged=True)

    async def _draw_one(
        self, job: JobRecord, work: Work, one: Job, name: str, parts: list[float]
    ) -> ResultFlagged | None:
        """One picture: drawn, stored, and committed before anybody hears of it; or the refusal of it."""
        progress = Progress(
            job.id,
            one.index,
            step=partial(self._step, job, parts, one.index),
            tell=partial(self._broadcast.tell, job.owner),
            may_show=partial(self._service.may_show, work, one),
        )
        try:
            done = await self._service.picture(
                work,
                one,
                PREVIEWS if self._broadcast.watched(job.owner) else 0,
                progress.preview,
                progress.step,
            )
        except ResultFlagged as flagged:
            return flagged
        finally:
            progress.close()
        picture = JobPicture(one.index, name, done.revised_prompt)
        await self._unbroken(self._images.put(done.file, work.request.output_format, picture.name))
        if not await self._store.add_picture(job, picture, len(done.file), done.recipe):
            await self._images.delete(picture.name)
            raise JobGone
        progress.finish()
        data = {"index": picture.position, "name": picture.name, "revised_prompt": picture.revised_prompt}
        self._broadcast.tell(job.owner, Event(Happening.IMAGE, job.id, data))
        return None

    def _step(self, job: JobRecord, parts: list[float], index: int, done: float) -> None:
        """A picture of a job is so far."""
        parts[index] = done
        if self._broadcast.watched(job.owner):
            whole = sum(parts) / len(parts)
            data = {"index": index, "progress": round(done, 3), "job_progress": round(whole, 3)}
            self._broadcast.tell(job.owner, Event(Happening.PROGRESS, job.id, data))

    @staticmethod
    async def _unbroken(storing: Any) -> None:
        """A write that is not left behind when its job is cancelled: deletion must come after it."""
        task = asyncio.ensure_future(storing)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise


def _shown(error: ApiError, job: JobRecord) -> Mapping[str, Any]:
    """The error object, as the job's dialect has it."""
    error.keys = from_fields(job.fields).dialect.wording.keys
    return error.payload()["error"]
