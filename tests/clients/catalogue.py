"""The clients of the table: how each is run, what its user sees of an error, what it cannot do and why."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.clients.case import Case

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
NODE_DIR = HERE / "node"
NODE_READY = NODE_DIR / "node_modules" / ".ready"

FACTS = frozenset({"status", "message", "type", "param", "code"})

UPLOADS = "upload-* fault-not-png fault-4mb fault-wide fault-exploded"
PYTHON_TYPES = ("upload-path upload-bytes upload-bytesio upload-tuple", "a Python type")
NODE_TYPES = (
    "upload-buffer upload-nameless upload-tofile upload-tofile-buffer upload-blob fault-exploded",
    "a Node type",
)
SHELL = ("upload-chunked key-basic key-azure path-form", "a request made by hand, tried with curl")
NO_AZURE = ("path-azure", "has no Azure client")
NEEDS_KEY = ("fault-no-key", "refuses to start without a key")
NEEDS_PROMPT = ("fault-no-prompt", "insists on a prompt before it sends anything")
NO_VARIATIONS = (f"variation-* {UPLOADS}", "has no variations")
ONLY_GENERATES = (
    f"edit-* variation-* {UPLOADS} fault-opaque fault-mask gpt-edit-* gpt-stream-edit",
    "generates pictures only",
)
NO_STREAMS = ("gpt-stream gpt-stream-*", "does not read streams")
NO_MODELS = ("models-*", "does not list models")
NO_MODERATION = ("moderation-*", "has no moderation")
SPLITS = ("fault-n-11 fault-n-0 fault-hopeless dalle3-n gpt-n", "spreads n over several requests")
NO_RETRIES = ("fault-hopeless", "never retries, or by rules of its own")
ALWAYS_BASE64 = ("generate-url generate-url-2 dalle3-url", "always asks for base64")


@dataclass(frozen=True, kw_only=True)
class Client:
    """One column of the table."""

    id: str
    title: str
    runtime: Path | None
    """The interpreter; None when this machine has none."""
    driver: tuple[str, ...]
    """What the interpreter runs."""
    ready: Path
    """A file that exists once `make setup-clients` has prepared this client."""
    errors: Mapping[int, str]
    """The class of error its user meets, by status."""
    lacks: tuple[tuple[str, str], ...] = ()
    """Patterns of case ids, each with the reason why they do not apply; the first match counts."""
    shows: frozenset[str] = FACTS
    """Which facts of an error reach the user."""
    forms: bool = True
    """Whether the user can tell a url from base64."""
    extras: bool = True
    """Whether the user sees `usage` and `revised_prompt`."""

    def reason(self, case: Case) -> str | None:
        """Why this case does not apply to this client; None when it does."""
        for patterns, reason in self.lacks:
            if any(fnmatchcase(case.id, pattern) for pattern in patterns.split()):
                return reason
        return None

    @property
    def missing(self) -> str | None:
        """What has to be installed before this client can run; None when nothing has."""
        if self.runtime is None:
            return "Node.js is not installed"
        if not (self.runtime.exists() and self.ready.exists()):
            return f"{self.title} is not set up; run `make setup-clients`"
        return None


def _environment(name: str) -> Path:
    return REPOSITORY / ".venvs" / name / "bin" / "python"


def _ready(name: str) -> Path:
    return REPOSITORY / ".venvs" / name / ".ready"


def _python(driver: str, *arguments: str) -> tuple[str, ...]:
    return ("-m", f"tests.clients.drivers.{driver}", *arguments)


def _node(driver: str, *arguments: str) -> tuple[str, ...]:
    return (str(NODE_DIR / "drivers" / f"{driver}.mjs"), *arguments)


def _same_class(name: str) -> dict[int, str]:
    return dict.fromkeys((400, 401, 404, 429), name)


OURS = Path(sys.executable)
V0 = _environment("openai-0.28")
NODE = Path(found) if (found := shutil.which("node")) else None
CURL = Path(shutil.which("curl") or "/curl is not installed")

V0_ERRORS = {
    400: "InvalidRequestError",
    401: "AuthenticationError",
    404: "InvalidRequestError",
    429: "RateLimitError",
}
V1_ERRORS = {
    400: "BadRequestError",
    401: "AuthenticationError",
    404: "NotFoundError",
    429: "RateLimitError",
}
V0_LACKS = (
    ("upload-path upload-tuple", "takes open files, bytes and BytesIO only"),
    NODE_TYPES,
    SHELL,
    NEEDS_KEY,
    NO_STREAMS,
    NO_RETRIES,
    ("gpt-edit-list", "sends one image"),
)
V1_LACKS = (NODE_TYPES, SHELL, NEEDS_KEY)
NODE4_LACKS = (
    PYTHON_TYPES,
    SHELL,
    NEEDS_KEY,
    ("upload-buffer upload-nameless", "sends a bare Buffer as one field per byte: see 'exploded Buffer'"),
)

CLIENTS: list[Client] = [
    Client(
        id="py0",
        title="openai-python 0.28.1",
        runtime=V0,
        driver=_python("openai_v0", "sync"),
        ready=_ready("openai-0.28"),
        errors=V0_ERRORS,
        lacks=V0_LACKS,
    ),
    Client(
        id="py0-async",
        title="openai-python 0.28.1, async",
        runtime=V0,
        driver=_python("openai_v0", "async"),
        ready=_ready("openai-0.28"),
        errors=V0_ERRORS,
        lacks=V0_LACKS,
    ),
    Client(
        id="py0-cli",
        title="openai-python 0.28.1, command line",
        runtime=V0,
        driver=_python("openai_cli"),
        ready=_ready("openai-0.28"),
        errors=_same_class("CommandError"),
        shows=frozenset({"status", "message"}),
        lacks=(
            ("upload-path upload-bytes upload-bytesio upload-tuple", "takes file names only"),
            NO_MODERATION,
            ("generate-named generate-unknown dalle3-* gpt-* models-*", "has no option for a model"),
            NODE_TYPES,
            SHELL,
            NO_AZURE,
            NEEDS_KEY,
            NEEDS_PROMPT,
            NO_RETRIES,
        ),
    ),
    Client(
        id="py1",
        title="openai-python 1.109.1",
        runtime=_environment("openai-1"),
        driver=_python("openai_v1", "sync"),
        ready=_ready("openai-1"),
        errors=V1_ERRORS,
        lacks=V1_LACKS,
    ),
    Client(
        id="py3",
        title="openai-python 3",
        runtime=OURS,
        driver=_python("openai_v1", "sync"),
        ready=OURS,
        errors=V1_ERRORS,
        lacks=V1_LACKS,
    ),
    Client(
        id="py3-async",
        title="openai-python 3, async",
        runtime=OURS,
        driver=_python("openai_v1", "async"),
        ready=OURS,
        errors=V1_ERRORS,
        lacks=V1_LACKS,
    ),
    Client(
        id="node3",
        title="npm openai 3.3.0",
        runtime=NODE,
        driver=_node("openai3"),
        ready=NODE_READY,
        errors=_same_class("Error"),
        lacks=(
            PYTHON_TYPES,
            SHELL,
            NO_AZURE,
            NO_STREAMS,
            NO_RETRIES,
            ("fault-no-key", "without a key it sends the word 'undefined' as one"),
            ("upload-tofile upload-tofile-buffer upload-blob fault-exploded", "came with 4.x"),
            ("gpt-edit-*", "its forms have no model field"),
        ),
    ),
    Client(
        id="node4",
        title="npm openai 4.104.0",
        runtime=NODE,
        driver=_node("openai4", "openai4"),
        ready=NODE_READY,
        errors=V1_ERRORS,
        lacks=(
            ("gpt-stream gpt-stream-plain gpt-stream-edit", "hands a stream over undecoded"),
            *NODE4_LACKS,
        ),
    ),
    Client(
        id="node7",
        title="npm openai 7.57.0",
        runtime=NODE,
        driver=_node("openai4", "openai"),
        ready=NODE_READY,
        errors=V1_ERRORS,
        lacks=NODE4_LACKS,
    ),
    Client(
        id="curl",
        title="curl",
        runtime=OURS,
        driver=_python("curl"),
        ready=CURL,
        errors=_same_class("BodyError"),
        lacks=(PYTHON_TYPES, NODE_TYPES, NO_RETRIES),
    ),
    Client(
        id="ai-openai",
        title="AI SDK 6, @ai-sdk/openai",
        runtime=NODE,
        driver=_node("ai_sdk", "openai"),
        ready=NODE_READY,
        errors=_same_class("APICallError"),
        forms=False,
        lacks=(
            ALWAYS_BASE64,
            ("edit-*", "asks for no base64 on edits and accepts nothing else, url being the API's default"),
            ("gpt-quality gpt-format", "checks its options itself"),
            NO_VARIATIONS,
            NO_RETRIES,
            SPLITS,
            SHELL,
            NO_AZURE,
            NEEDS_KEY,
            NEEDS_PROMPT,
            NO_STREAMS,
            NO_MODELS,
            NO_MODERATION,
        ),
    ),
    Client(
        id="ai-compatible",
        title="AI SDK 6, @ai-sdk/openai-compatible",
        runtime=NODE,
        driver=_node("ai_sdk", "compatible"),
        ready=NODE_READY,
        errors=_same_class("APICallError"),
        forms=False,
        extras=False,
        lacks=(
            ALWAYS_BASE64,
            (
                "gpt-generate gpt-webp gpt-transparent gpt-quality",
                "sends `response_format` whenever it generates, which gpt-image refuses",
            ),
            NO_VARIATIONS,
            NO_RETRIES,
            SPLITS,
            SHELL,
            NO_AZURE,
            NEEDS_KEY,
            NEEDS_PROMPT,
            NO_STREAMS,
            NO_MODELS,
            NO_MODERATION,
        ),
    ),
    Client(
        id="langchain-py",
        title="LangChain DallEAPIWrapper, Python",
        runtime=_environment("langchain"),
        driver=_python("langchain_dalle"),
        ready=_ready("langchain"),
        errors=V1_ERRORS,
        extras=False,
        lacks=(
            ("generate-b64 generate-b64-2 dalle3-wide gpt-*", "reads urls only"),
            ONLY_GENERATES,
            SHELL,
            NO_AZURE,
            NEEDS_KEY,
            NEEDS_PROMPT,
            NO_MODELS,
            NO_MODERATION,
        ),
    ),
    Client(
        id="langchain-js",
        title="LangChain DallEAPIWrapper, JavaScript",
        runtime=NODE,
        driver=_node("langchain"),
        ready=NODE_READY,
        errors=V1_ERRORS,
        extras=False,
        lacks=(
            ("gpt-*", "sends `style` and `response_format`, which gpt-image refuses"),
            SPLITS,
            ONLY_GENERATES,
            SHELL,
            NO_AZURE,
            NEEDS_KEY,
            NEEDS_PROMPT,
            NO_MODELS,
            NO_MODERATION,
        ),
    ),
]
