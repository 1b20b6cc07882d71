"""The zoo and mutated forms over HTTP: an answer for each, at once, and the server no heavier after it."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.api.forms import PLAIN, form, mutated, part
from tests.imaging import files, zoo
from tests.server import ServerProcess

TALKATIVE = re.compile(r"0x[0-9a-f]{6,}|Traceback|site-packages|/home/|/tmp/|<_io|sqlite3|sk-")


def family(pid: int) -> Iterator[int]:
    """`pid` and all its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def resident(pid: int) -> int:
    """Bytes of memory that `pid` and its descendants hold."""
    kilobytes = 0
    for process in family(pid):
        status = Path(f"/proc/{process}/status").read_text()
        kilobytes += int(status.split("VmRSS:")[1].split()[0])
    return kilobytes * 1024


def refusal(answer: httpx.Response) -> str:
    """The sentence of an error with all its keys, and nothing in it that is nobody's business."""
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert not TALKATIVE.search(answer.text)
    return str(error["message"])


@pytest.mark.campaign
@pytest.mark.parametrize("model", ["dall-e-2", "gpt-image-1"])
def test_zoo_through_every_door(blank: ServerProcess, client: httpx.Client, model: str) -> None:
    """As an image to edit, as a mask, and as an image to vary."""
    good = files.saved(files.with_alpha(files.gradient(16, 16)), "PNG", "RGBA")
    statuses: Counter[int] = Counter()
    slowest, before = 0.0, 0
    for round_ in range(2):
        for specimen in zoo.specimens():
            doors = {
                "edits": {"image": specimen.data},
                "edits?mask": {"image": good, "mask": specimen.data},
                "variations": {"image": specimen.data},
            }
            for door, pictures in doors.items():
                fields = {"prompt": "x"} if door != "variations" else {}
                began = time.perf_counter()
                answer = client.post(
                    f"/v1/images/{door.partition('?')[0]}",
                    data={"model": model, **fields},
                    files={name: ("picture.png", data) for name, data in pictures.items()},
                )
                slowest = max(slowest, time.perf_counter() - began)
                statuses[answer.status_code] += 1
                if answer.status_code != 200:
                    assert answer.status_code in {400, 404}, (specimen.name, door, answer.text)
                    assert refusal(answer)
        if round_ == 0:
            before = resident(blank.pid)
    assert slowest < 1
    assert resident(blank.pid) - before < 64 * 2**20
    assert statuses[400] > 100
    assert statuses[200] > 50 or model == "dall-e-2"


@pytest.mark.campaign
def test_mutated_forms(blank: ServerProcess, client: httpx.Client) -> None:
    """5,000 broken bodies."""
    random = Random(20221103)
    good = files.saved(files.with_alpha(files.gradient(16, 16)), "PNG", "RGBA")
    seeds = (
        form(part("image", good, filename="a.png"), part("prompt", "a cat"), part("size", "256x256")),
        form(part("prompt", "a cat"), part("n", "2"), part("image", good), part("mask", good)),
        form(part("model", "gpt-image-1"), part("image[]", good), part("image[]", good), part("prompt", "x")),
        b"".join(part(f"image[{i}]", str(i)) for i in range(100)),
    )
    statuses: Counter[int] = Counter()
    slowest, before = 0.0, 0
    for number in range(5_000):
        if number == 500:
            before = resident(blank.pid)
        body = mutated(random, random.choice(seeds))
        began = time.perf_counter()
        answer = client.post("/v1/images/edits", content=body, headers={"content-type": PLAIN})
        slowest = max(slowest, time.perf_counter() - began)
        statuses[answer.status_code] += 1
        if answer.status_code != 200:
            assert answer.status_code == 400, (body, answer.text)
            assert refusal(answer)
    assert slowest < 1
    assert resident(blank.pid) - before < 64 * 2**20
    assert client.get("/readyz").status_code == 200
    assert statuses[200] > 100
