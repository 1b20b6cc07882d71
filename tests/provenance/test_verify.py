"""Issue 5: one changed byte is reported, wherever it is; origin and signer are told, foreign files' too."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode
from egaku.provenance.manifest import Origin
from egaku.provenance.verify import Signer, Standing, verify
from tests.pictures import decoded, encoded, noise
from tests.provenance.authority import Authority
from tests.provenance.conftest import Own
from tests.provenance.test_embed import FORMATS
from tests.provenance.uploads import signed_uploads
from tests.scale import scaled

MADE = Origin(act="generate", engine="illustrator", digital_source="algorithmicMedia")
EDITED = Origin(act="edit", engine="painter", digital_source="trainedAlgorithmicMedia")
VARIED = Origin(act="vary", engine="painter", digital_source="trainedAlgorithmicMedia")


def signed(own: Own, format_: Format = "png", *, chained: bool = False) -> bytes:
    file = encode(noise(12, 12), format_)
    first = own.provenance.sign(file, format_, MADE)
    return own.provenance.sign(file, format_, EDITED, parent=first) if chained else first


def changed(file: bytes, place: int, bit: int) -> bytes:
    return file[:place] + bytes([file[place] ^ 1 << bit]) + file[place + 1 :]


def test_origin_signer_and_history(own: Own) -> None:
    file = encode(noise(12, 12), "webp")
    edited = own.provenance.sign(file, "webp", EDITED, parent=signed(own))
    varied = own.provenance.sign(file, "webp", VARIED, parent=edited)
    report = verify(varied, own=own.root)
    assert (report.standing, report.signer, report.faults) == (Standing.VALID, Signer.OWN, [])
    assert report.statement
    assert report.statement.generator.startswith("egaku ")
    assert (report.statement.engine, report.statement.action) == ("painter", "created")
    assert report.statement.source_type == "trainedAlgorithmicMedia"
    assert report.statement.signed_by.startswith("egaku server ")
    assert report.statement.when.endswith("Z")
    (source,) = report.statement.sources
    assert (source.relationship, source.faults) == ("inputTo", [])
    assert source.statement
    assert source.statement.source_type == "compositeWithTrainedAlgorithmicMedia"
    (older,) = source.statement.sources
    assert older.relationship == "parentOf"
    assert older.statement
    assert (older.statement.engine, older.statement.source_type) == ("illustrator", "algorithmicMedia")


def test_who_is_known(own: Own, camera: Authority) -> None:
    file = signed(own)
    assert verify(file).signer is Signer.UNKNOWN
    assert verify(file, trusted=own.root).signer is Signer.TRUSTED
    assert verify(file, own=camera.root, trusted=own.root).signer is Signer.TRUSTED
    assert verify(file, own=camera.root).signer is Signer.UNKNOWN


def test_foreign_files(own: Own, camera: Authority) -> None:
    for name, file in signed_uploads(camera):
        report = verify(file, own=own.root, trusted=camera.root)
        assert (report.standing, report.signer) == (Standing.VALID, Signer.TRUSTED), name
        assert report.statement
        assert report.statement.generator == "camera 1"
        assert report.statement.signed_by == "Example Studio, Example"
        assert len(report.statement.sources) == ("twice" in name)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("chained", [False, True])
def test_one_changed_bit_anywhere(own: Own, format_: Format, chained: bool) -> None:
    """Pixels, XMP, manifest, unsigned padding, container, the last byte: all positions are drawn from."""
    file = signed(own, format_, chained=chained)
    assert verify(file, own=own.root).standing is Standing.VALID
    rng = random.Random(f"{format_}{chained}")
    edges = [*range(48), *range(len(file) - 16, len(file))]
    places = edges + rng.sample(range(48, len(file) - 16), 300)
    unseen = [
        place
        for place in places
        if verify(changed(file, place, rng.randrange(8)), own=own.root).standing is not Standing.INVALID
    ]
    assert unseen == []


@pytest.mark.campaign
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("chained", [False, True])
def test_every_bit(own: Own, format_: Format, chained: bool) -> None:
    """At scale 1, all bits of a file with its history; below that, evenly spread ones."""
    file = signed(own, format_, chained=chained)
    stride = max(1, round(8 * len(file) / scaled(8 * len(file))))
    bits = range(random.Random(format_).randrange(stride), 8 * len(file), stride)
    unseen = [
        bit
        for bit in bits
        if verify(changed(file, bit // 8, bit % 8), own=own.root).standing is not Standing.INVALID
    ]
    assert unseen == []
    assert len(bits) >= 1000


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_cut_grown_or_spliced(own: Own, data: st.DataObject) -> None:
    """More than bits: bytes missing, added or repeated anywhere."""
    file = signed(own, data.draw(st.sampled_from(FORMATS)))
    start = data.draw(st.integers(0, len(file) - 1))
    end = data.draw(st.integers(start + 1, len(file)))
    other = data.draw(st.sampled_from([b"", b"\0", file[start:end] * 2, b"\xff" * 9]))
    report = verify(file[:start] + other + file[end:], own=own.root)
    assert report.standing is not Standing.VALID or file[:start] + other + file[end:] == file


def test_nothing_to_judge(own: Own) -> None:
    plain = encoded(noise(8, 8))
    for file, reason in (
        (plain, "no manifest"),
        (encoded(decoded(signed(own)), "PNG"), "no manifest"),
        (b"", "not a kind of file"),
        (b"hello " * 100, "not a kind of file"),
        (plain[:40], ""),
    ):
        report = verify(file, own=own.root)
        assert report.standing is Standing.NONE or file == plain[:40]
        assert reason in report.faults[0]
        assert report.statement is None


def test_strangers_words_stay_on_their_line(own: Own, camera: Authority) -> None:
    act = {"action": "c2pa.created", "softwareAgent": {"name": "\x1b[2Jevil\n: valid" + "x" * 999}}
    act["digitalSourceType"] = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    report = verify(camera.sign(encoded(noise(8, 8)), [act]))
    assert report.statement
    assert report.statement.engine.isprintable()
    assert len(report.statement.engine) <= 500
