"""Cutting a prompt into the clauses it is judged by.

A style tail of thirty harmless words drowns two harmful ones in any embedding of the whole, so every clause
is judged as well, and the highest score counts.
"""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"[,;:!?|\n\t()\[\]{}<>、。，．！？；：「」『』（）・…]+|\.(?=\s|$)| [-–—]+ |--+")

WINDOW = 160
"""Longest clause, in characters; longer ones are read through overlapping windows."""

OVERLAP = 40


def _windows(clause: str) -> list[str]:
    """A long clause in overlapping pieces, cut at spaces where it has any."""
    pieces, start = [], 0
    while len(clause) - start > WINDOW:
        end = clause.rfind(" ", start + WINDOW // 2, start + WINDOW)
        end = end if end > 0 else start + WINDOW
        pieces.append(clause[start:end])
        start = end - OVERLAP
    return [*pieces, clause[start:]]


def clauses(text: str) -> list[str]:
    """Clauses of a text, in order, without repetition or empty ones; each at most `WINDOW` characters."""
    cut = (clause.strip(" '\"*_`~#/") for clause in _BOUNDARY.split(text))
    return list(dict.fromkeys(piece for clause in cut if clause for piece in _windows(clause)))
