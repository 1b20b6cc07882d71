"""Drives openai-python 1.x and later: `OpenAI().images` and `AsyncOpenAI().images`, streaming included."""

from __future__ import annotations

import asyncio
import inspect
import sys
from typing import Any

import openai

from tests.clients.drivers.outcome import Call, Outcome, Pictures, retries, run, upload

_METHODS = {"generate": "generate", "edit": "edit", "variation": "create_variation"}
_CLIENT: Any = openai.OpenAI if sys.argv[1] == "sync" else openai.AsyncOpenAI


async def perform(call: Call, pictures: Pictures) -> Outcome | None:
    """One call through a fresh client; retries are off so that each fault is seen once."""
    client = _client(call)
    try:
        return await _perform(client, call, pictures)
    finally:
        await _settled(client.close())


def _client(call: Call) -> Any:
    if call["input"] == "azure":
        azure: Any = openai.AzureOpenAI if sys.argv[1] == "sync" else openai.AsyncAzureOpenAI
        return azure(
            azure_endpoint=call["root_url"],
            azure_deployment="dall-e-2",
            api_key=call["key"],
            api_version="2024-10-21",
            max_retries=retries(call),
        )
    return _CLIENT(base_url=call["base_url"], api_key=call["key"], max_retries=retries(call))


async def _perform(client: Any, call: Call, pictures: Pictures) -> Outcome | None:
    if call["operation"] == "models":
        return {"models": [model.id for model in (await _settled(client.models.list())).data]}
    if call["operation"] == "model":
        return {"models": [(await _settled(client.models.retrieve(call["fields"]["model"]))).id]}
    fields = dict(call["fields"])
    if call["operation"] == "moderate":
        judged = await _settled(client.moderations.create(**fields))
        return {"model": judged.model, "flagged": [result.flagged for result in judged.results]}
    if isinstance(call["image"], list):
        fields["image"] = [upload(path, call["input"]) for path in call["image"]]
    elif call["image"] is not None:
        fields["image"] = upload(call["image"], call["input"])
    if call["mask"] is not None:
        fields["mask"] = upload(call["mask"], call["input"])
    if "prompt" not in fields and call["operation"] == "generate":
        # The SDK itself insists on a prompt; a caller who sends none has to say so this way.
        fields = {"prompt": openai.NOT_GIVEN, **fields}
    answer = await _settled(getattr(client.images, _METHODS[call["operation"]])(**fields))
    if call["fields"].get("stream"):
        return await _events(answer, pictures)
    for item in answer.data:
        pictures.add(url=item.url, b64=item.b64_json, revised_prompt=item.revised_prompt)
    return {
        "created": answer.created,
        **answer.model_dump(include={"usage", "background", "size", "quality"}),
    }


async def _events(stream: Any, pictures: Pictures) -> Outcome:
    """Every event of a stream, each with its picture kept."""
    events = [event async for event in stream] if hasattr(stream, "__aiter__") else list(stream)
    for event in events:
        pictures.add(b64=event.b64_json)
    return {
        "events": [event.type for event in events],
        "indices": [event.partial_image_index for event in events if hasattr(event, "partial_image_index")],
        "usage": events[-1].usage.model_dump(),
    }


async def _settled(value: Any) -> Any:
    """The value itself from the synchronous client, its result from the asynchronous one."""
    return await value if inspect.isawaitable(value) else value


if __name__ == "__main__":
    asyncio.run(run(perform))
