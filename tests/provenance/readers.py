"""Two readers of C2PA that share no code: c2pa-rs, which also signs, and Encypher's verifier."""

from __future__ import annotations

import io
import json
import os
from typing import Any

os.environ["ENCYPHER_C2PA_TELEMETRY"] = "off"  # read when the library first judges a file

import c2pa
import encypher_c2pa

from egaku.imaging.sniff import MEDIA_TYPES, sniff
from egaku.provenance.history import reading


def states(file: bytes, root: bytes = b"") -> tuple[str, str]:
    """What both call a file: Trusted with the right `root`, Valid without, else Invalid."""
    kind = sniff(file)
    assert kind
    with c2pa.Reader(MEDIA_TYPES[kind], io.BytesIO(file), context=reading(root)) as reader:
        first = str(reader.get_validation_state())
    report = encypher_c2pa.verify(
        file, MEDIA_TYPES[kind], trust_pem=root.decode() or None, no_default_trust=True, online=False
    )
    return first, str(report["validation_state"])


def store(file: bytes) -> dict[str, Any]:
    """The manifest store, as c2pa-rs shows it in full."""
    kind = sniff(file)
    assert kind
    with c2pa.Reader(MEDIA_TYPES[kind], io.BytesIO(file), context=reading()) as reader:
        found: dict[str, Any] = json.loads(reader.detailed_json())
    return found


def actions(file: bytes) -> list[dict[str, Any]]:
    """The active manifest's actions."""
    found = store(file)
    claim = found["manifests"][found["active_manifest"]]
    listed: list[dict[str, Any]] = claim["assertion_store"]["c2pa.actions.v2"]["actions"]
    return listed
