"""/jobs: the caller's background jobs: look, list, cancel, delete, listen. `Prefer: respond-async` makes one.

What a job looks like and what its events mean: docs/jobs.md.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from egaku.api.authentication import authenticate
from egaku.api.door import Door
from egaku.api.state import AppState, exchange_of, state_of
from egaku.api.urls import base_url
from egaku.contract.errors import ApiError, AuthenticationError, NotFound, PermissionDenied
from egaku.contract.pages import MAX_LIMIT, page_object, parse_page
from egaku.generation.broadcast import Event, Happening, Subscription
from egaku.generation.job_drawing import REQUEST_ID
from egaku.storage.jobs import JobRecord
from egaku.storage.replies import Reply, ReplyStore

JOBS_PATH = "/v1/jobs/"
KEEP_ALIVE_SECONDS = 15.0
LOOK_SECONDS = 0.5
"""How often a stream looks whether the server stops."""
WELCOME_SECONDS = 2.0
"""How often it asks whether its key still counts."""
KEEP_ALIVE = b": keep-alive\n\n"
SSE_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
SHOWN = ("model", "prompt", "n", "quality", "style", "background", "output_format", "seed", "strength")
"""Of the request, as it was understood."""
WHOLE = frozenset({Happening.DONE, Happening.FAILED, Happening.CANCELLED, Happening.RUNNING})
"""Events that carry the whole job."""


def wants_background(request: Request) -> bool:
    """True for `Prefer: respond-async` (RFC 7240)."""
    preferences = ",".join(request.headers.getlist("prefer")).split(",")
    return any(one.partition(";")[0].strip().lower() == "respond-async" for one in preferences)


def job_id_of(owner: str, key: str, request_hash: str) -> str:
    """The id of the job that this Idempotency-Key makes: a retry after a crash finds that one."""
    digest = hashlib.sha256(f"{owner}\n{key}\n{request_hash}".encode())
    return f"job_{digest.hexdigest()[:32]}"


async def job_object(state: AppState, job: JobRecord, base: str) -> dict[str, Any]:
    """A job as the API shows it; its links are signed now."""
    standing = state.jobs.standing(job)
    size = job.fields.get("size")
    data = [
        {
            "index": one.position,
            "url": await state.images.link(one.name, base),
            "revised_prompt": one.revised_prompt,
        }
        for one in job.pictures
    ]
    return {
        "id": job.id,
        "object": "image.job",
        "status": str(job.status),
        "operation": job.operation,
        **{name: job.fields.get(name) for name in SHOWN},
        "size": f"{size[0]}x{size[1]}" if size else "auto",
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "expires_at": job.expires_at,
        "progress": round(standing.progress, 3),
        "position": standing.position,
        "eta_seconds": standing.eta_seconds,
        "data": data,
        "error": job.error,
        "request_id": job.fields.get(REQUEST_ID),
    }


def job_body(value: object) -> bytes:
    """JSON in ASCII: a prompt may hold what UTF-8 cannot."""
    return json.dumps(value, separators=(",", ":")).encode()


async def read_job(request: Request) -> Response:
    """GET /jobs/{id}."""
    job = await _own(request)
    state = state_of(request)
    return _json(await job_object(state, job, base_url(request, state.settings)))


async def list_jobs(request: Request) -> Response:
    """GET /jobs?limit=20&after=job_…: the caller's jobs, newest first."""
    await authenticate(request)
    state, owner = state_of(request), exchange_of(request).owner
    after, limit, _ = parse_page(request.query_params, {})  # newest first, always
    if after is not None and await state.job_records.find(after, owner) is None:
        raise _not_found(after, "after")
    jobs = await state.job_records.page(owner, limit + 1, after)
    base = base_url(request, state.settings)
    data = [await job_object(state, job, base) for job in jobs[:limit]]
    return _json(page_object(data, has_more=len(jobs) > limit))


async def cancel_job(request: Request) -> Response:
    """POST /jobs/{id}/cancel: no further picture; what is finished stays. Harmless on one that has ended."""
    job = await _own(request)
    state = state_of(request)
    await state.jobs.cancel(job)
    ended = await state.job_records.find(job.id, job.owner) or job
    return _json(await job_object(state, ended, base_url(request, state.settings)))


async def delete_job(request: Request) -> Response:
    """DELETE /jobs/{id}: cancelled if need be, then gone with its uploads, its pictures and its words."""
    job = await _own(request)
    await state_of(request).jobs.delete(job)
    return _json({"id": job.id, "object": "image.job", "deleted": True})


async def forget_accepted(replies: ReplyStore, job: JobRecord) -> None:
    """What is kept for a job's Idempotency-Key repeats the prompt; from now on it says: no such job."""
    gone = _not_found(job.id)
    reply = Reply(gone.status, {"content-type": "application/json"}, gone.body())
    await replies.replace(job.owner, f"{JOBS_PATH}{job.id}", reply)


async def stream_jobs(request: Request) -> Response:
    """GET /jobs/events: all that happens to the caller's jobs, as server-sent events."""
    await authenticate(request)
    return JobEvents(request)


class JobEvents(StreamingResponse):
    """One listener's stream: a snapshot, what happens from then on, a snapshot again if it was too much."""

    def __init__(self, request: Request) -> None:
        self._request, self._state = request, state_of(request)
        self._owner = exchange_of(request).owner
        self._base = base_url(request, self._state.settings)
        super().__init__((), media_type="text/event-stream", headers=SSE_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._state.jobs.broadcast.subscribe(self._owner) as subscription:
            self.body_iterator = self._frames(subscription, scope.get("egaku.door"))
            await super().__call__(scope, receive, send)

    async def _frames(self, subscription: Subscription, door: Door | None) -> AsyncIterator[bytes]:
        yield b"retry: 2000\n\n"
        silent, asked = 0.0, time.monotonic()
        while not (subscription.closed or (door and door.draining)):
            events = await subscription.take(LOOK_SECONDS)
            if time.monotonic() - asked >= WELCOME_SECONDS:
                if not await self._welcome():
                    return
                asked = time.monotonic()
            silent = silent + LOOK_SECONDS if events == [] else 0.0
            if events is None:
                yield await self._snapshot()
            for event in events or ():
                if frame := await self._frame(event):
                    yield frame
            if silent >= KEEP_ALIVE_SECONDS:
                silent = 0.0
                yield KEEP_ALIVE

    async def _welcome(self) -> bool:
        """Whether the caller would still be let in: not with a key that was revoked meanwhile."""
        try:
            await authenticate(self._request)
        except (AuthenticationError, PermissionDenied):
            return False
        except (ApiError, SQLAlchemyError):
            return True  # the records are away, and will say later
        return exchange_of(self._request).owner == self._owner

    async def _snapshot(self) -> bytes:
        jobs = await self._state.job_records.page(self._owner, MAX_LIMIT)
        shown = [await job_object(self._state, job, self._base) for job in jobs]
        return _frame("snapshot", {"jobs": shown})

    async def _frame(self, event: Event) -> bytes | None:
        if event.what in WHOLE:
            job = await self._state.job_records.find(event.job, self._owner)
            if job is None:  # deleted meanwhile, which is told next
                return None
            return _frame(event.what, {"id": job.id, "job": await job_object(self._state, job, self._base)})
        data = dict(event.data)
        if name := data.pop("name", None):
            data["url"] = await self._state.images.link(name, self._base)
        return _frame(event.what, {"id": event.job, **data})


def _frame(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), job_body(data))


async def _own(request: Request) -> JobRecord:
    """The caller's job of the path's id. Raises NotFound, for other people's too."""
    await authenticate(request)
    identifier = request.path_params["id"]
    job = await state_of(request).job_records.find(identifier, exchange_of(request).owner)
    if job is None:
        raise _not_found(identifier)
    return job


def _not_found(identifier: str, param: str | None = None) -> NotFound:
    shown = "".join(letter if letter.isprintable() else "?" for letter in identifier[:64])
    return NotFound(f"No such job: {shown}", param=param, code="job_not_found")


def _json(value: object) -> Response:
    return Response(job_body(value), media_type="application/json")
