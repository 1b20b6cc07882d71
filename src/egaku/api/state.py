"""What the routes share: made once when the server starts, found on every request."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from egaku.api.limits import ImageLimiter
from egaku.api.submissions import Submissions
from egaku.generation.service import ImageService
from egaku.generation.workers import WorkerPool
from egaku.settings import Settings
from egaku.storage.images import ImageStore
from egaku.storage.keys import Key, KeyStore
from egaku.storage.links import LinkSigner


@dataclass(frozen=True, slots=True)
class AppState:
    """The server's parts."""

    settings: Settings
    pool: WorkerPool
    service: ImageService
    keys: KeyStore
    images: ImageStore
    signer: LinkSigner
    limiter: ImageLimiter
    submissions: Submissions


@dataclass(slots=True)
class Exchange:
    """One request and its answer, as far as headers and the log need to know."""

    request_id: str
    path: str
    """As the client wrote it."""
    deployment: str | None
    client: str
    """The other end's address."""
    key: Key | None = None
    headers: dict[str, str] = field(default_factory=dict)
    """To be added to the answer."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds per stage, for the Server-Timing header."""

    @property
    def owner(self) -> str:
        """Whose pictures and limits these are: the key's, or the address's where no keys are needed."""
        return self.key.id if self.key else f"anonymous@{self.client}"


def state_of(request: Request) -> AppState:
    """The server's parts."""
    state: AppState = request.app.state.egaku
    return state


def exchange_of(request: Request) -> Exchange:
    """The notes on one request."""
    exchange: Exchange = request.scope["egaku.exchange"]
    return exchange
