"""Signer: a picture file to the same picture with its origin in it, signed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import c2pa
import numpy as np

from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode
from egaku.imaging.sniff import MEDIA_TYPES
from egaku.provenance import history
from egaku.provenance.credentials import CredentialFault, Credentials, own_credentials, read_credentials
from egaku.provenance.embed import embed
from egaku.provenance.manifest import Origin, ingredient, manifest
from egaku.provenance.parameters import Parameters, infotext

MAX_BYTES = 24_000
"""Bytes a manifest may add; an upload's own history is left out when it would take more."""
TRIAL = Origin(act="generate", engine="egaku", digital_source="algorithmicMedia")


class SigningFailed(Exception):
    """The picture could not be signed. Its text names the kind of fault only."""


class Provenance:
    """Marks pictures. Safe to use from several threads; never on the event loop."""

    def __init__(self, credentials: Credentials | None, *, embed_parameters: bool = False) -> None:
        """Without credentials nothing is signed. Raises CredentialFault when they cannot sign."""
        self.signs = credentials is not None
        self._embed_parameters = embed_parameters
        if credentials is None:
            return
        try:
            info = c2pa.C2paSignerInfo(credentials.algorithm, credentials.chain, credentials.key, None)
            self._context = c2pa.Context(
                c2pa.Settings.from_dict(history.OFFLINE), c2pa.Signer.from_info(info)
            )
            self._prove()
        except (c2pa.C2paError, SigningFailed):
            raise CredentialFault(
                f"{credentials.origin} cannot sign pictures: C2PA wants a certificate issued by another one, "
                "for digital signatures, with an extended key usage such as emailProtection, and no CA itself"
            ) from None

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        on: bool = True,
        certificate: Path | None = None,
        key: Path | None = None,
        embed_parameters: bool = False,
    ) -> Provenance:
        """As the settings say: with the operator's certificate, or with one made in `folder`.

        Raises CredentialFault naming the file at fault, OSError when `folder` cannot be written.
        """
        if (certificate is None) != (key is None):
            raise CredentialFault("EGAKU_PROVENANCE_CERTIFICATE and EGAKU_PROVENANCE_KEY go together")
        if not on:
            return cls(None, embed_parameters=embed_parameters)
        brought = read_credentials(certificate, key) if certificate and key else own_credentials(folder)
        return cls(brought, embed_parameters=embed_parameters)

    def sign(
        self,
        file: bytes,
        format: Format,  # noqa: A002  the word of the field, as in imaging.encode
        origin: Origin,
        *,
        parent: bytes | None = None,
        parameters: Parameters | None = None,
    ) -> bytes:
        """`file` with its origin in XMP and in a signed manifest; its pixels stay as they are.

        `parent` is the upload an edit or a variation started from. A manifest of its own is judged and
        carried on, without what may be private in it; nothing else of it is. `parameters` are written only
        when the settings allow it. Raises SigningFailed.
        """
        text = infotext(parameters) if self._embed_parameters and parameters is not None else None
        if not self.signs:
            return embed(file, format, text=text)
        marked = embed(file, format, origin=origin, text=text)
        if parent is not None:
            signed = self._with_history(marked, format, origin, parent)
            if signed is not None:
                return signed
        claim = manifest(origin, has_parent=parent is not None)
        if parent is not None:
            claim["ingredients"] = [ingredient(origin, history.media_type(parent))]
        try:
            return self._signed(marked, format, claim)
        except c2pa.C2paError as error:
            raise SigningFailed(type(error).__name__.removeprefix("_C2pa")) from None

    def _with_history(self, marked: bytes, format_: Format, origin: Origin, parent: bytes) -> bytes | None:
        """Signed with the upload's own manifests before it; None when none are there or fit to carry."""
        try:
            private = history.private_parts(parent)
            if private is None:
                return None
            claim = manifest(origin, has_parent=True, redactions=private)
            made = ingredient(origin, history.media_type(parent))
            signed = self._signed(marked, format_, claim, made, parent)
            fits = len(signed) - len(marked) <= MAX_BYTES
            return signed if fits and history.is_valid(signed) else None
        except c2pa.C2paError:
            return None

    def _signed(
        self,
        marked: bytes,
        format_: Format,
        claim: dict[str, Any],
        chained: dict[str, Any] | None = None,
        parent: bytes = b"",
    ) -> bytes:
        out = io.BytesIO()
        with c2pa.Builder(claim, context=self._context) as builder:
            if chained is not None:
                builder.add_ingredient(chained, chained["format"], io.BytesIO(parent))
            builder.sign(MEDIA_TYPES[format_], io.BytesIO(marked), out)
        return out.getvalue()

    def _prove(self) -> None:
        """Sign a small picture and read it back."""
        signed = self.sign(encode(np.full((8, 8, 4), 255, np.uint8)), "png", TRIAL)
        if not history.is_valid(signed):
            raise SigningFailed("invalid")
