"""A request as JSON and back: nothing lost, whatever the dialect and the words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from egaku.contract.dialects import Operation
from egaku.contract.requests import FileFacts, parse_request
from egaku.generation.job_fields import from_fields, to_fields

ROWS: list[tuple[Operation, dict[str, Any]]] = [
    (Operation.GENERATIONS, {"prompt": "猫 \ud800 \x00", "unknown": 1}),
    (Operation.GENERATIONS, {"prompt": "a", "model": "dall-e-3", "style": "vivid", "size": "1792x1024"}),
    (Operation.GENERATIONS, {"prompt": "a", "model": "gpt-image-1", "n": 3, "output_format": "webp"}),
    (Operation.GENERATIONS, {"prompt": "a", "model": "anything", "seed": 2**53 - 1}),
    (Operation.EDITS, {"prompt": "a", "model": "gpt-image-1", "size": "auto"}),
    (Operation.VARIATIONS, {"strength": 0.25, "n": 2}),
]


@pytest.mark.parametrize(("operation", "values"), ROWS, ids=str)
def test_there_and_back(operation: Operation, values: dict[str, Any]) -> None:
    images = [] if operation is Operation.GENERATIONS else [FileFacts("image", 100, "image/png")]
    request = parse_request(operation, values, form=False, images=images)
    stored = json.loads(json.dumps(to_fields(request)))
    assert from_fields(stored) == request
    assert from_fields({**stored, "of a later version": 1}) == request
