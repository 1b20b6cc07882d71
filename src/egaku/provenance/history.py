"""History: manifests that come with uploads; read offline, judged, and rid of what may be private."""

from __future__ import annotations

import io
import json
import re
from functools import lru_cache
from typing import Any

import c2pa

from egaku.imaging.sniff import MEDIA_TYPES, sniff

OFFLINE: dict[str, Any] = {
    "builder": {"thumbnail": {"enabled": False}},
    # An upload may name any address as the place of its manifest. Nothing is ever fetched.
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
}
"""Settings of every C2PA context here. That signing works is tried once, when the server starts."""

KEPT = re.compile(r"c2pa\.(actions|ingredient|hash\.\w+)(\.v\d+)?(__\d+)?")
"""Assertions of an upload's manifests that are carried on. Others may hold its place, thumbnail or owner."""
BEARABLE = {
    "signingCredential.untrusted",
    "assertion.dataHash.mismatch",
    "assertion.boxesHash.mismatch",
}
"""Faults of an upload that are worth recording: its signer is unknown here, or its picture was changed.
With any other its manifest itself is broken, and putting it into ours would break ours for some readers."""


@lru_cache(maxsize=8)
def reading(anchors: bytes = b"") -> c2pa.Context:
    """A context that reads offline, trusting the root certificates in `anchors` (PEM)."""
    trust = {"trust": {"user_anchors": anchors.decode("ascii")}} if anchors else {}
    return c2pa.Context(c2pa.Settings.from_dict(OFFLINE | trust))


def is_valid(file: bytes) -> bool:
    """Whether c2pa finds nothing wrong with a picture, whoever signed it."""
    with c2pa.Reader(media_type(file), io.BytesIO(file), context=reading()) as reader:
        return reader.get_validation_state() in {"Valid", "Trusted"}


def media_type(file: bytes) -> str:
    """Of a picture; one that says nothing for anything else."""
    kind = sniff(file)
    return MEDIA_TYPES[kind] if kind else "application/octet-stream"


def remnant(upload: bytes) -> bytes:
    """What `Provenance.sign` needs of an upload as its `parent`: mostly just the bytes that name its kind.

    For callers that would otherwise keep tens of megabytes in memory while a picture is drawn.
    """
    return upload if _may_hold_manifest(upload) else upload[:12]


def _may_hold_manifest(upload: bytes) -> bool:
    """Boxes name themselves in clear (ISO 19566-5)."""
    return b"jumb" in upload and b"c2pa" in upload


def private_parts(upload: bytes) -> list[str] | None:
    """The JUMBF URIs of all assertions of an upload's manifests that are not to be carried on.

    None when it has no manifest, or a broken one. Raises C2paError when it cannot be read.
    """
    if not _may_hold_manifest(upload):
        return None
    with c2pa.Reader(media_type(upload), io.BytesIO(upload), context=reading()) as reader:
        found = json.loads(reader.detailed_json())
        results = reader.get_validation_results() or {}
    if {fault.get("code") for fault in _failures(results)} - BEARABLE:
        return None
    return [
        f"self#jumbf=/c2pa/{label}/c2pa.assertions/{assertion}"
        for label, claim in found.get("manifests", {}).items()
        for assertion in claim.get("assertion_store", {})
        if not KEPT.fullmatch(assertion)
    ]


def _failures(results: dict[str, Any]) -> list[dict[str, Any]]:
    groups = [results.get("activeManifest") or {}]
    groups += [delta.get("validationDeltas") or {} for delta in results.get("ingredientDeltas") or []]
    return [fault for group in groups for fault in group.get("failure") or []]
