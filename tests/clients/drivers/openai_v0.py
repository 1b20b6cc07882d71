"""Drives openai-python 0.28, the SDK of the 2023 guide: `openai.Image.create` and its `acreate` twins."""

from __future__ import annotations

import asyncio
import importlib
import sys
from typing import Any

from tests.clients.drivers.outcome import Call, Outcome, Pictures, run, upload

# Imported by name: the type checker sees the current SDK in its environment, where these names are gone.
openai: Any = importlib.import_module("openai")

_METHODS = {"generate": "create", "edit": "create_edit", "variation": "create_variation"}


async def perform(call: Call, pictures: Pictures) -> Outcome | None:
    """One call through the SDK's module functions, with the key and base each call names."""
    openai.api_base, openai.api_key = call["base_url"], call["key"]
    if call["operation"] == "models":
        listed = openai.Model.list() if sys.argv[1] == "sync" else await openai.Model.alist()
        return {"models": [model["id"] for model in listed["data"]]}
    if call["operation"] == "model":
        name = call["fields"]["model"]
        model = openai.Model.retrieve(name) if sys.argv[1] == "sync" else await openai.Model.aretrieve(name)
        return {"models": [model["id"]]}
    fields = dict(call["fields"])
    if call["operation"] == "moderate":
        moderation = openai.Moderation
        judged = moderation.create(**fields) if sys.argv[1] == "sync" else await moderation.acreate(**fields)
        return {"model": judged["model"], "flagged": [result["flagged"] for result in judged["results"]]}
    if call["input"] == "azure":
        # The API of 2023-06-01-preview: the SDK submits, then polls until the picture is there.
        fields |= {"api_base": call["root_url"], "api_type": "azure", "api_version": "2023-06-01-preview"}
    for name in ("image", "mask"):
        if call[name] is not None:
            fields[name] = upload(call[name], call["input"])
    method = _METHODS[call["operation"]]
    if sys.argv[1] == "sync":
        answer = getattr(openai.Image, method)(**fields)
    else:
        answer = await getattr(openai.Image, "a" + method)(**fields)
    for item in answer["data"]:
        pictures.add(url=item.get("url"), b64=item.get("b64_json"), revised_prompt=item.get("revised_prompt"))
    return {
        key: answer[key] for key in ("created", "usage", "background", "size", "quality") if key in answer
    }


if __name__ == "__main__":
    asyncio.run(run(perform))
