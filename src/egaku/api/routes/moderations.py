"""POST /moderations: what the server's own filter thinks of texts and pictures. Nothing is drawn or kept."""

from __future__ import annotations

import asyncio
from functools import partial

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate
from egaku.api.bodies import read_json
from egaku.api.leaving import unless_gone
from egaku.api.state import exchange_of, state_of
from egaku.contract.errors import TYPED_KEYS, ApiError, InvalidRequest
from egaku.contract.moderations import (
    MAX_BODY_BYTES,
    ModerationRequest,
    Part,
    Picture,
    answer,
    parse_moderation,
    result,
)
from egaku.imaging.decode import decode
from egaku.imaging.errors import ImageFault
from egaku.imaging.pixels import Pixels
from egaku.moderation.judges import Moderation
from egaku.moderation.scores import Policy

FORMATS = frozenset({"png", "jpeg", "webp"})


async def create_moderation(request: Request) -> Response:
    """Judge each input by the caller's policy; under `off`, which judges nothing, by `standard`."""
    await authenticate(request)
    state, key = state_of(request), exchange_of(request).key
    policy = Policy((key and key.moderation) or state.settings.moderation)
    policy = Policy.STANDARD if policy is Policy.OFF else policy
    try:
        # A turn before the body is read: what waits takes no memory, nor the judges' time from others.
        async with state.judging.turn(exchange_of(request).owner):
            wanted = await asyncio.to_thread(parse_moderation, await read_json(request, MAX_BODY_BYTES))
            results = await unless_gone(request, _all_judged(state.moderation, wanted, policy))
    except ApiError as error:
        error.keys = TYPED_KEYS
        raise
    return Response(orjson.dumps(answer(wanted, results)), media_type="application/json")


async def _all_judged(
    moderation: Moderation, wanted: ModerationRequest, policy: Policy
) -> list[dict[str, object]]:
    return [await _judged(moderation, parts, wanted, policy) for parts in wanted.inputs]


async def _judged(
    moderation: Moderation, parts: tuple[Part, ...], wanted: ModerationRequest, policy: Policy
) -> dict[str, object]:
    texts = [part for part in parts if isinstance(part, str)]
    scores = await moderation.scores(texts, ())
    for part in parts:
        if isinstance(part, Picture):
            # One at a time: a decoded picture takes up to 64 MiB.
            pixels = await asyncio.to_thread(partial(_pixels, part))
            scores = scores.combine(await moderation.scores((), (pixels,)))
    flagged = moderation.verdict(scores, policy).flagged
    values = {str(category): value for category, value in scores.values.items()}
    applied = {str(category): kinds for category, kinds in scores.applied.items()}
    return result(values, applied, flagged, omni=wanted.is_omni)


def _pixels(picture: Picture) -> Pixels:
    try:
        return decode(picture.data, FORMATS).pixels
    except ImageFault as fault:
        raise InvalidRequest(
            f"Invalid '{picture.name}': {fault.sentence}", param=picture.name, code="invalid_image"
        ) from None
