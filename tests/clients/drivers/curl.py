"""Drives curl: JSON bodies, `-F` forms, and the habits a shell brings along."""

from __future__ import annotations

import asyncio
import json
import subprocess
from typing import Any

from tests.clients.drivers.outcome import Call, Outcome, Pictures, run

_PATHS = {
    "generate": "images/generations",
    "edit": "images/edits",
    "variation": "images/variations",
    "moderate": "moderations",
}


class BodyError(Exception):
    """An answer with a status of 400 or more, its body taken apart."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        error = body["error"]
        super().__init__(error["message"])
        self.status_code, self.body = status, error
        self.param, self.code = error["param"], error["code"]


async def perform(call: Call, pictures: Pictures) -> Outcome | None:
    """One run of curl; the status comes after the body, on a line of its own."""
    command = [
        *("curl", "--silent", "--show-error", "--max-time", "60", "--write-out", "\n%{http_code}"),
        *_key(call),
        *_request(call),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)  # noqa: ASYNC221 - one command at a time is the point
    text, _, status = done.stdout.rpartition("\n")
    if int(status) >= 400:
        raise BodyError(int(status), json.loads(text))
    if call["fields"].get("stream"):
        return _events(text, pictures)
    answer = json.loads(text)
    if call["operation"] == "models":
        return {"models": [model["id"] for model in answer["data"]]}
    if call["operation"] == "model":
        return {"models": [answer["id"]]}
    if call["operation"] == "moderate":
        return {"model": answer["model"], "flagged": [result["flagged"] for result in answer["results"]]}
    for item in answer["data"]:
        pictures.add(url=item.get("url"), b64=item.get("b64_json"), revised_prompt=item.get("revised_prompt"))
    return {key: value for key, value in answer.items() if key != "data"}


def _key(call: Call) -> list[str]:
    if call["key"] is None:
        return []
    if call["input"] == "basic":
        return ["--user", ":" + call["key"]]
    if call["input"] in ("api-key", "azure"):
        return ["--header", "api-key: " + call["key"]]
    return ["--header", "Authorization: Bearer " + call["key"]]


def _request(call: Call) -> list[str]:
    base = call["base_url"]
    if call["operation"] == "models":
        return [f"{base}/models"]
    if call["operation"] == "model":
        return [f"{base}/models/{call['fields']['model']}"]
    url = f"{base}/{_PATHS[call['operation']]}"
    if call["input"] == "azure":
        url = f"{call['root_url']}/openai/deployments/dall-e-2/images/generations?api-version=2024-10-21"
    if call["image"] is None and call["operation"] in ("generate", "moderate"):
        header = [] if call["input"] == "urlencoded" else ["--header", "Content-Type: application/json"]
        return [url, *header, "--data", json.dumps(call["fields"])]
    return [url, *_form(call)]


def _form(call: Call) -> list[str]:
    images = call["image"] if isinstance(call["image"], list) else [call["image"]] * bool(call["image"])
    name = "image[]" if isinstance(call["image"], list) else "image"
    parts = [f"{name}=@{path}" for path in images]
    parts += [f"mask=@{call['mask']}"] if call["mask"] else []
    texts = [f"{field}={_text(value)}" for field, value in call["fields"].items()]
    header = ["--header", "Transfer-Encoding: chunked"] if call["input"] == "chunked" else []
    arguments = header
    for part in parts:
        arguments += ["--form", part]
    for text in texts:
        arguments += ["--form-string", text]
    return arguments


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _events(text: str, pictures: Pictures) -> Outcome:
    """The events of a stream, taken apart by hand: `event:` and `data:` lines, a blank line between."""
    names, usage = [], None
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        data = json.loads(lines["data"])
        assert lines["event"] == data["type"]
        names.append(data["type"])
        pictures.add(b64=data["b64_json"])
        usage = data.get("usage")
    return {"events": names, "usage": usage}


if __name__ == "__main__":
    asyncio.run(run(perform))
