"""What the routes share: made once when the server starts, found on every request."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from egaku.api.door import address_group
from egaku.api.limits import Charge, Limiter
from egaku.api.metrics import Metrics
from egaku.api.retries import Retries
from egaku.api.submissions import Submissions
from egaku.api.traces import Traces
from egaku.api.turnstile import Turnstile
from egaku.generation.jobs import JobRunner
from egaku.generation.service import ImageService
from egaku.generation.workers import WorkerPool
from egaku.moderation.decisions import Decisions
from egaku.moderation.judges import Moderation
from egaku.settings import Settings
from egaku.storage.health import StoreChecks
from egaku.storage.images import ImageStore
from egaku.storage.jobs import JobStore
from egaku.storage.key_uses import KeyUses
from egaku.storage.keys import Key, KeyStore
from egaku.storage.links import LinkSigner
from egaku.storage.pictures import PictureStore
from egaku.storage.reports import ReportStore
from egaku.storage.usage import UsageStore

ANONYMOUS = "anonymous@"


@dataclass(frozen=True, slots=True)
class AppState:
    """The server's parts."""

    settings: Settings
    pool: WorkerPool
    service: ImageService
    keys: KeyStore
    key_uses: KeyUses
    images: ImageStore
    stores: StoreChecks
    signer: LinkSigner
    limiter: Limiter
    turnstile: Turnstile
    judging: Turnstile
    """Of requests to be judged only."""
    usage: UsageStore
    pictures: PictureStore
    jobs: JobRunner
    job_records: JobStore
    retries: Retries
    submissions: Submissions
    decisions: Decisions
    reports: ReportStore
    metrics: Metrics
    traces: Traces
    moderation: Moderation


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
    error: str | None = None
    """The code of the error it is answered with, if it is one: a name of ours, never a client's words."""
    charge: Charge | None = None
    """What it was counted for: refunded and released by the envelope."""
    headers: dict[str, str] = field(default_factory=dict)
    """To be added to the answer."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds per stage, for the Server-Timing header."""

    @property
    def owner(self) -> str:
        """Whose pictures and limits these are: the key's, or the address's where no keys are needed."""
        return self.key.id if self.key else f"{ANONYMOUS}{address_group(self.client)}"


def is_anonymous(owner: str) -> bool:
    """Whether an owner is an address, and not a key."""
    return owner.startswith(ANONYMOUS)


def state_of(request: Request) -> AppState:
    """The server's parts."""
    state: AppState = request.app.state.egaku
    return state


def exchange_of(request: Request) -> Exchange:
    """The notes on one request."""
    exchange: Exchange = request.scope["egaku.exchange"]
    return exchange
