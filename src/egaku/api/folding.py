"""Folding: headers of a part that run over several lines, made one line before the parser sees them.

RFC 2822 let a long header continue on a line that begins with a blank, and some mail-minded clients still do
it. The parser in use takes one line per header. So the stream is watched for the boundary, and the few lines
after each are held back until they are complete; the pictures in between pass through untouched.
"""

from __future__ import annotations

import re

_FOLD = re.compile(rb"\r\n[ \t]+")


_MAX_FALSE_BOUNDARIES = 1000
"""Lines that begin like the boundary and are none. RFC 2046 forbids them; a few are let pass, thousands are
an attempt to keep the parser busy."""


class HeadersTooLong(Exception):
    """A part's headers exceed the limit."""


class BadBoundary(Exception):
    """The content is full of what begins like the boundary."""


class Unfolder:
    """Feed it a multipart body in pieces of any size; it gives back the same body with headers unfolded.

    `limit` bounds the header bytes of one part. What is held back never exceeds the limit or one boundary.
    """

    def __init__(self, boundary: bytes, limit: int) -> None:
        self._delimiter = b"\r\n--" + boundary
        self._limit = limit
        # The first boundary has no line before it: pretend there was one, and take it back in `feed`.
        self._held = bytearray(b"\r\n")
        self._surplus = 2
        self._in_headers = False
        self._ended = False
        self._false_boundaries = 0

    def feed(self, data: bytes) -> bytes:
        """What may be passed on after `data` arrived. Raises HeadersTooLong or BadBoundary."""
        if self._ended:
            return data
        self._held += data
        ready = bytearray()
        while (step := self._headers() if self._in_headers else self._content()) is not None:
            ready += step
        passed = bytes(ready[self._surplus :])
        self._surplus = max(0, self._surplus - len(ready))
        return passed

    def finish(self) -> bytes:
        """What is still held back at the end of the body."""
        return bytes(self._held[self._surplus :])

    def _headers(self) -> bytes | None:
        """Take a complete block of headers, its empty line included."""
        if self._held[:1] == b"\r" and len(self._held) < 2:
            return None
        if self._held.startswith(b"\r\n"):
            end = 2
        else:
            end = self._held.find(b"\r\n\r\n", 0, self._limit + 4) + 4
            if end < 4:
                if len(self._held) >= self._limit + 4:
                    raise HeadersTooLong
                return None
        self._in_headers = False
        return _FOLD.sub(b" ", self._take(end))

    def _content(self) -> bytes | None:
        """Take content up to and including a boundary line, or all that cannot be part of one."""
        start = self._held.find(self._delimiter)
        if start < 0:
            free = len(self._held) - len(self._delimiter) + 1
            return self._take(free) if free > 0 else None
        end = start + len(self._delimiter) + 2
        if len(self._held) < end:
            return self._take(start) if start else None
        after = bytes(self._held[end - 2 : end])
        if after == b"\r\n":
            self._in_headers = True
            return self._take(end)
        if after == b"--":
            self._ended = True
            return self._take(len(self._held))
        self._false_boundaries += 1
        if self._false_boundaries > _MAX_FALSE_BOUNDARIES:
            raise BadBoundary
        # What follows may itself begin a line end: give it another look.
        return self._take(end - 2)

    def _take(self, count: int) -> bytes:
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken
