"""Drives LangChain's `DallEAPIWrapper` for Python, which joins the URLs of an answer into one string."""

from __future__ import annotations

import asyncio
import importlib

from tests.clients.drivers.outcome import Call, Outcome, Pictures, retries, run

# Imported by name: LangChain lives in this driver's own environment, not in the type checker's.
_wrapper = importlib.import_module("langchain_community.utilities.dalle_image_generator").DallEAPIWrapper


async def perform(call: Call, pictures: Pictures) -> Outcome | None:
    """One run of the wrapper; it takes everything but the prompt when it is made."""
    options = dict(call["fields"])
    prompt = options.pop("prompt")
    wrapper = _wrapper(base_url=call["base_url"], api_key=call["key"], max_retries=retries(call), **options)
    for url in wrapper.run(prompt).split("\n"):
        pictures.add(url=url)
    return None


if __name__ == "__main__":
    asyncio.run(run(perform))
