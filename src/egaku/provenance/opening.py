"""Provenance as the settings want it."""

from __future__ import annotations

from egaku.provenance.signer import Provenance
from egaku.settings import Settings


def open_provenance(settings: Settings) -> Provenance:
    """With the operator's certificate, or with one made in the data folder. Blocking.

    Raises CredentialFault naming the file at fault, OSError when the folder cannot be written.
    """
    return Provenance.open(
        settings.data_path("."),
        on=settings.provenance,
        certificate=settings.provenance_certificate,
        key=settings.provenance_key,
        embed_parameters=settings.embed_parameters,
    )
