"""Many ways to write one path: with and without `/v1`, doubled slashes, Azure's deployments.

    /v1/images/generations   /images/generations   /v1//images/generations/   /openai/v1/images/generations
    /openai/deployments/{deployment}/images/generations   /openai/images/generations
all mean `/images/generations`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DOUBLED = re.compile(r"/{2,}")
_AZURE = re.compile(r"/openai/deployments/(?P<deployment>[^/]+)(?P<rest>/.*)")
_PREFIX = re.compile(
    r"(/openai)?(/v1)?(?P<rest>/(images|jobs|models|moderations|organization|usage)(/.*|:.*)?)", re.DOTALL
)


class CanonicalPath(NamedTuple):
    """A path as the routes know it, and the Azure deployment named in it."""

    path: str
    deployment: str | None = None


def canonical_path(path: str) -> CanonicalPath:
    """The one form of a request path; paths of other parts of the server come back unchanged."""
    path = _DOUBLED.sub("/", path)
    if len(path) > 1:
        path = path.rstrip("/")
    if match := _AZURE.fullmatch(path):
        return CanonicalPath(match["rest"], match["deployment"])
    if match := _PREFIX.fullmatch(path):
        return CanonicalPath(match["rest"])
    return CanonicalPath(path)
