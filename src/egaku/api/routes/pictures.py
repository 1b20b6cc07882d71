"""DELETE /files/{name}: a picture's owner removes it before its time. Its link dies with it."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate
from egaku.api.state import exchange_of, state_of
from egaku.contract.errors import NotFound
from egaku.generation.broadcast import Event, Happening
from egaku.storage.images import linkable


async def delete_picture(request: Request) -> Response:
    """File first, then its row; listeners are told. 404 for a name that is unknown or somebody else's."""
    await authenticate(request)
    state, name, owner = state_of(request), request.path_params["name"], exchange_of(request).owner
    picture = await state.pictures.find(owner, name) if linkable(name) else None
    if picture is None:
        raise NotFound("No such picture.", code="picture_not_found")
    await state.images.delete(name)
    await state.pictures.forget([name])
    if picture.job is not None and picture.position is not None:
        await state.job_records.omit(picture.job, picture.position)
        gone = Event(Happening.IMAGE_DELETED, picture.job, {"index": picture.position})
        state.jobs.broadcast.tell(owner, gone)
    body = {"id": name, "object": "image.picture", "deleted": True}
    return Response(orjson.dumps(body), media_type="application/json")
