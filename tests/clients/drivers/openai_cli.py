"""Drives the command line that came with openai-python 0.28: `openai api image.create` and its sisters."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.clients.drivers.outcome import Call, Outcome, Pictures, run

_COMMANDS = {"generate": "image.create", "edit": "image.create_edit", "variation": "image.create_variation"}
_OPTIONS = {"prompt": "-p", "n": "-n", "size": "-s", "response_format": "--response-format"}
_ERROR = re.compile(r"Error:\S* (?P<message>.*) \(HTTP status code: (?P<status>\d+)\)", re.DOTALL)


class CommandError(Exception):
    """The command line ended with an error; its text is parted into status and message."""

    def __init__(self, stderr: str) -> None:
        found = _ERROR.search(stderr)
        super().__init__(found["message"] if found else stderr)
        self.http_status = int(found["status"]) if found else None


async def perform(call: Call, pictures: Pictures) -> Outcome | None:
    """One run of the `openai` command beside this interpreter."""
    program = Path(sys.executable).with_name("openai")
    command = [str(program), "api", _COMMANDS[call["operation"]]]
    for field, value in call["fields"].items():
        command += [_OPTIONS[field], str(value)]
    command += ["-I", call["image"]] if call["image"] else []
    command += ["-M", call["mask"]] if call["mask"] else []
    environment = {
        **os.environ,
        "OPENAI_API_BASE": call["base_url"],
        "OPENAI_API_KEY": call["key"],
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)  # noqa: ASYNC221 - one command at a time is the point
    if done.returncode != 0:
        raise CommandError(done.stderr)
    answer = json.loads(done.stdout)
    for item in answer["data"]:
        pictures.add(url=item.get("url"), b64=item.get("b64_json"))
    return {"created": answer["created"]}


if __name__ == "__main__":
    asyncio.run(run(perform))
