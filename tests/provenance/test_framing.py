"""Framing: untouched files pass, whatever their history; what other readers pass over is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode
from egaku.provenance.framing import Loose, check
from egaku.provenance.manifest import Origin
from egaku.provenance.signer import Provenance
from egaku.provenance.verify import Standing, verify
from tests.pictures import noise
from tests.provenance.authority import Authority, authority
from tests.provenance.conftest import Own
from tests.provenance.readers import states
from tests.provenance.test_embed import FORMATS
from tests.provenance.uploads import signed_uploads

EDITED = Origin(act="edit", engine="illustrator", digital_source="algorithmicMedia")


def edited(own: Own, format_: Format = "png", parent: bytes | None = None) -> bytes:
    return own.provenance.sign(encode(noise(12, 12), format_), format_, EDITED, parent=parent)


@pytest.mark.parametrize("format_", FORMATS)
def test_own_files_pass(own: Own, camera: Authority, format_: Format) -> None:
    uploads = [None, edited(own), *(upload for _, upload in signed_uploads(camera))]
    for upload in uploads:
        file = edited(own, format_, upload)
        check(file)
        check(edited(own, format_, file))


@pytest.mark.parametrize("algorithm", ["es256", "es384", "ps256"])
def test_operators_files_pass(tmp_path: Path, algorithm: str) -> None:
    chain, key = authority(algorithm).files(tmp_path)
    provenance = Provenance.open(tmp_path, certificate=chain, key=key)
    for format_ in FORMATS:
        check(provenance.sign(encode(noise(12, 12), format_), format_, EDITED))


def test_padding_is_seen_here_and_nowhere_else(own: Own) -> None:
    """What this module is for: a byte of padding changed, and both readers call the file good."""
    file = edited(own)
    place = file.index(b"cpadY") + 500
    changed = file[:place] + b"\1" + file[place + 1 :]
    assert states(changed, own.root) == ("Trusted", "Trusted")
    with pytest.raises(Loose):
        check(changed)
    assert verify(changed, own=own.root).standing is Standing.INVALID


@pytest.mark.parametrize("format_", FORMATS)
def test_no_manifest_is_no_frame(format_: Format) -> None:
    with pytest.raises(Loose):
        check(encode(noise(8, 8), format_))


def test_anything_is_answered(own: Own) -> None:
    """Cut anywhere, the only exception is its own."""
    for format_ in FORMATS:
        file = edited(own, format_)
        for end in range(0, len(file), 7):
            try:
                check(file[:end])
            except Loose:
                continue
