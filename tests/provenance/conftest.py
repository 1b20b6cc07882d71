"""A server's own provenance, and somebody else's authority, made once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from egaku.provenance.credentials import own_root
from egaku.provenance.signer import Provenance
from tests.provenance.authority import Authority, authority


@dataclass(frozen=True)
class Own:
    """A data folder with a signing key in it."""

    folder: Path
    provenance: Provenance

    @property
    def root(self) -> bytes:
        return own_root(self.folder)


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    folder = tmp_path_factory.mktemp("data")
    return Own(folder, Provenance.open(folder))


@pytest.fixture(scope="session")
def camera() -> Authority:
    return authority("es256")
