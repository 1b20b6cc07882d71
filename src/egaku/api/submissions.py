"""Answers waiting to be fetched, for clients that submit and poll."""

from __future__ import annotations

import uuid
from collections import OrderedDict

KEPT_BYTES = 64 * 2**20
"""Of all answers together; the oldest make room."""


class Submissions:
    """Answers by owner and id, in memory: they wait seconds, and a lost one is drawn again."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._bytes = 0

    def put(self, owner: str, answer: bytes) -> str:
        """Keep one answer; its id."""
        identifier = str(uuid.uuid4())
        self._answers[owner, identifier] = answer
        self._bytes += len(answer)
        while self._bytes > KEPT_BYTES and len(self._answers) > 1:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest)
        return identifier

    def find(self, owner: str, identifier: str) -> bytes | None:
        """The answer of that id, if it is this owner's."""
        return self._answers.get((owner, identifier))
