"""Verify: what a file's C2PA manifest says, who signed it, and whether anything was changed since.

Works on any file c2pa reads, whoever made it. Reads offline: a manifest kept elsewhere is not fetched.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import c2pa

from egaku.provenance import framing
from egaku.provenance.history import reading
from egaku.provenance.manifest import SOURCE_TYPES

MAX_DEPTH = 16
"""Manifests followed from one ingredient to the next."""
STORE = re.compile(rb"jumb\0\0..jumdc2(pa|ma)", re.DOTALL)
"""How a manifest store, or a manifest in it, begins (ISO 19566-5; C2PA 2.4, "Use of JUMBF")."""
UNTRUSTED = "signingCredential.untrusted"
"""The one fault that says nothing against the file: nobody here knows the signer."""

SENTENCES = {
    "assertion.dataHash.mismatch": "the file was changed after it was signed",
    "assertion.hashedURI.mismatch": "a statement in the manifest was changed after it was signed",
    "assertion.missing": "a statement of the manifest is missing",
    "assertion.undeclared": "a statement was added to the manifest",
    "claimSignature.mismatch": "the signature does not fit the manifest",
    "claimSignature.missing": "the signature is missing",
    "claimSignature.outsideValidity": "the certificate was not valid when the file was signed",
    "signingCredential.invalid": "the signer's certificate is not fit for signing",
    "signingCredential.expired": "the signer's certificate has expired",
    "ingredient.manifest.mismatch": "the manifest of a source was changed after it was signed",
}


class Standing(StrEnum):
    """The verdict on a file."""

    VALID = "valid"
    INVALID = "invalid"
    NONE = "none"
    """No manifest, or nothing that can be read."""


class Signer(StrEnum):
    """How well the signer is known."""

    OWN = "this server"
    TRUSTED = "trusted certificate"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One manifest in words."""

    generator: str
    """What wrote it, such as `egaku 0.4.0`."""
    engine: str
    """What made the picture, as far as it is said."""
    action: str
    """`created`, `edited`, … : the last of C2PA's actions that made something."""
    when: str
    source_type: str
    """IPTC's term, or what stands in its place."""
    signed_by: str
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A picture that went into another."""

    relationship: str
    """`parentOf`: it was edited; `inputTo`: it was something to start from; `componentOf`."""
    statement: Statement | None
    """Its own manifest, if it had one."""
    faults: list[str]
    """What was wrong with it when it was taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything there is to say about a file."""

    standing: Standing
    signer: Signer | None = None
    statement: Statement | None = None
    faults: list[str] = field(default_factory=list)
    """C2PA's codes of what is wrong, each with a sentence."""


def verify(file: bytes, *, own: bytes = b"", trusted: bytes = b"") -> Report:
    """Judge a file. `own` and `trusted` are root certificates (PEM): this server's, and others known here."""
    try:
        with c2pa.Reader(None, io.BytesIO(file), context=reading(own)) as reader:
            found = json.loads(reader.json())
    except (c2pa.C2paError.ManifestNotFound, c2pa.C2paError.NotSupported) as error:
        if STORE.search(file):
            return Report(standing=Standing.INVALID, faults=["damaged: its manifest is not where it belongs"])
        missing = isinstance(error, c2pa.C2paError.ManifestNotFound)
        reason = "no manifest" if missing else "not a kind of file that can hold a manifest"
        return Report(standing=Standing.NONE, faults=[reason])
    except c2pa.C2paError as error:
        return Report(standing=Standing.INVALID, faults=[f"unreadable manifest: {_plain(error)}"])
    faults = _faults(found)
    statement = _statement(found, found["active_manifest"], MAX_DEPTH)
    if not faults and statement and statement.generator.startswith("egaku "):
        faults = _framing_faults(file)
    if faults:
        return Report(standing=Standing.INVALID, statement=statement, faults=faults)
    return Report(standing=Standing.VALID, signer=_signer(found, file, own, trusted), statement=statement)


def _signer(found: Mapping[str, Any], file: bytes, own: bytes, trusted: bytes) -> Signer:
    if own and found["validation_state"] == "Trusted":
        return Signer.OWN
    if trusted:
        with c2pa.Reader(None, io.BytesIO(file), context=reading(trusted)) as reader:
            if reader.get_validation_state() == "Trusted":
                return Signer.TRUSTED
    return Signer.UNKNOWN


def _faults(found: Mapping[str, Any]) -> list[str]:
    """What is wrong with the manifest and with how it took in its sources; not what was wrong with those."""
    results = found.get("validation_results", {})
    groups = [results.get("activeManifest", {})]
    groups += [delta.get("validationDeltas", {}) for delta in results.get("ingredientDeltas", [])]
    entries = [entry for group in groups for entry in group.get("failure", [])]
    faults = _worded(entries)
    if not faults and found.get("validation_state") == "Invalid":
        faults = ["invalid"]
    return faults


def _framing_faults(file: bytes) -> list[str]:
    """Changes in what no signature covers. Only egaku's own files are known to the byte."""
    try:
        framing.check(file)
    except framing.Loose as loose:
        return [f"framing: {loose}"]
    return []


def _worded(entries: list[dict[str, Any]]) -> list[str]:
    codes = {str(entry.get("code")): entry for entry in entries if entry.get("code") != UNTRUSTED}
    return [
        f"{_plain(code)}: {SENTENCES.get(code) or _plain(entry.get('explanation', ''))}"
        for code, entry in codes.items()
    ]


def _statement(found: Mapping[str, Any], label: str, depth: int) -> Statement | None:
    claim = found.get("manifests", {}).get(label)
    if not isinstance(claim, dict) or not depth:
        return None
    made = _making(claim)
    agent = made.get("softwareAgent", "")
    generator: dict[str, Any] = next(iter(claim.get("claim_generator_info") or []), {})
    signature = claim.get("signature_info", {})
    names = (signature.get("common_name"), signature.get("issuer"))
    return Statement(
        generator=_plain(f"{generator.get('name', '')} {generator.get('version', '')}".strip())
        or _plain(claim.get("claim_generator", "")),
        engine=_plain(agent.get("name", "") if isinstance(agent, dict) else agent),
        action=_plain(made.get("action", "")).removeprefix("c2pa."),
        when=_plain(made.get("when") or signature.get("time") or ""),
        source_type=_plain(made.get("digitalSourceType", "")).removeprefix(SOURCE_TYPES),
        signed_by=_plain(", ".join(name for name in names if name)),
        sources=[_source(found, one, depth) for one in claim.get("ingredients", [])],
    )


def _source(found: Mapping[str, Any], one: Mapping[str, Any], depth: int) -> Source:
    label = one.get("active_manifest")
    results = (one.get("validation_results") or {}).get("activeManifest") or {}
    return Source(
        relationship=_plain(one.get("relationship", "")),
        statement=_statement(found, label, depth - 1) if label else None,
        faults=_worded(results.get("failure", [])),
    )


def _making(claim: Mapping[str, Any]) -> dict[str, Any]:
    """The last action that says how something was made, else the last at all."""
    actions: list[dict[str, Any]] = [
        action
        for assertion in claim.get("assertions", [])
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in assertion.get("data", {}).get("actions", [])
    ]
    typed = [action for action in actions if action.get("digitalSourceType")]
    return (typed or actions or [{}])[-1]


def _plain(value: object) -> str:
    """One line for a terminal: a stranger's manifest may hold anything."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(value))[:500]
