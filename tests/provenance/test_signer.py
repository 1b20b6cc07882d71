"""Promise 6 (metadata leaks) and issue 5: signed in every format, two readers agree, no upload leaks."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode
from egaku.provenance.manifest import Act, Origin
from egaku.provenance.parameters import Parameters
from egaku.provenance.signer import MAX_BYTES, Provenance, SigningFailed
from tests.pictures import decoded, holed, noise
from tests.provenance.authority import Authority, authority
from tests.provenance.conftest import Own
from tests.provenance.readers import actions, states, store
from tests.provenance.test_embed import FORMATS, opened, text_of, xmp_of
from tests.provenance.uploads import CANARY, plain_uploads, signed_uploads
from tests.scale import scaled

ACTS: tuple[Act, ...] = ("generate", "edit", "vary")
SOURCES = ("algorithmicMedia", "trainedAlgorithmicMedia")


def origin(act: Act = "generate", source: str = "algorithmicMedia") -> Origin:
    return Origin(act=act, engine="illustrator", digital_source=source)


def plain(format_: Format = "png", side: int = 32) -> bytes:
    return encode(noise(side, side), format_)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("source", SOURCES)
def test_every_format_of_every_operation_validates(own: Own, format_: Format, act: Act, source: str) -> None:
    for transparent in (False,) if format_ == "jpeg" else (False, True):
        pixels = holed(40, 24) if transparent else noise(40, 24)
        file = encode(pixels, format_, transparent=transparent)
        first = own.provenance.sign(plain("webp"), "webp", origin())
        parents = [None] if act == "generate" else [plain("jpeg"), first]
        for parent in parents:
            signed = own.provenance.sign(file, format_, origin(act, source), parent=parent)
            assert states(signed, own.root) == ("Trusted", "Trusted")
            assert states(signed) == ("Valid", "Valid")
            assert np.array_equal(decoded(signed), decoded(file))
            assert origin(act, source).source_type.encode() in xmp_of(signed)
            made = actions(signed)[-1]
            assert made["digitalSourceType"] == origin(act, source).source_type
            assert made["softwareAgent"]["name"] == "illustrator"
            assert len(store(signed)["manifests"]) == (2 if parent == first else 1)
            assert len(signed) - len(file) < (9_000 if parent == first else 4_000)


def test_operators_certificate_is_trusted_by_its_root(tmp_path: Path, own: Own) -> None:
    studio = authority("es256")
    chain, key = studio.files(tmp_path)
    provenance = Provenance.open(tmp_path, certificate=chain, key=key)
    signed = provenance.sign(plain(), "png", origin())
    assert states(signed, studio.root) == ("Trusted", "Trusted")
    assert states(signed, own.root) == ("Valid", "Valid")
    assert not (tmp_path / "provenance.pem").exists()


@pytest.mark.campaign
def test_an_expired_certificate_sends_nothing_unsigned(tmp_path: Path) -> None:
    lifetime = 20
    ending = time.monotonic() + lifetime + 2
    chain, key = authority("es256", days=lifetime / 86_400).files(tmp_path)
    provenance = Provenance.open(tmp_path, certificate=chain, key=key)
    time.sleep(max(0, ending - time.monotonic()))
    with pytest.raises(SigningFailed, match="Signature"):
        provenance.sign(plain(), "png", origin())


def test_off_leaves_the_file_alone(tmp_path: Path) -> None:
    provenance = Provenance.open(tmp_path / "absent", on=False)
    assert not provenance.signs
    assert provenance.sign(plain(), "png", origin(), parent=plain()) == plain()
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("format_", FORMATS)
def test_parameters_only_when_switched_on(tmp_path: Path, own: Own, format_: Format) -> None:
    asked = Parameters(prompt="a CANARY 狐", seed=7, width=32, height=32, engine="illustrator")
    silent = own.provenance.sign(plain(format_), format_, origin(), parameters=asked)
    for form in (b"CANARY", "CANARY".encode("utf-16-be"), "CANARY".encode("utf-16-le")):
        assert form not in silent
    for on in (False, True):
        telling = Provenance.open(tmp_path, on=on, embed_parameters=True)
        file = telling.sign(plain(format_), format_, origin(), parameters=asked)
        assert text_of(file).startswith("a CANARY 狐\nSeed: 7, Size: 32x32, Model: illustrator")
        if on:
            assert states(file)[0] == "Valid"


def test_a_chain_is_kept_until_it_is_too_long(own: Own) -> None:
    """Ten edits of one picture: each valid, none over the limit, the history begun anew when it must be."""
    file, lengths = own.provenance.sign(plain(), "png", origin()), []
    for _ in range(10):
        file = own.provenance.sign(plain(), "png", origin("edit"), parent=file)
        assert states(file, own.root) == ("Trusted", "Trusted")
        assert len(file) - len(plain()) <= MAX_BYTES + 1_000
        lengths.append(len(store(file)["manifests"]))
    assert max(lengths) >= 4
    assert 1 in lengths


def test_a_tampered_parent_is_recorded_as_such(own: Own) -> None:
    parent = bytearray(own.provenance.sign(plain(), "png", origin()))
    parent[-20] ^= 1
    signed = own.provenance.sign(plain(), "png", origin("edit"), parent=bytes(parent))
    assert states(signed, own.root) == ("Trusted", "Trusted")
    found = store(signed)
    ingredient = found["manifests"][found["active_manifest"]]["assertion_store"]["c2pa.ingredient.v3"]
    faults = ingredient["validationResults"]["activeManifest"]["failure"]
    assert "assertion.dataHash.mismatch" in {fault["code"] for fault in faults}


def test_nothing_of_uploads_gets_out(own: Own, camera: Authority) -> None:
    """26 uploads, three formats, edits and variations: neither canary nor thumbnail in what is sent."""
    seen = 0
    uploads = [*plain_uploads(), *signed_uploads(camera)]
    assert len(uploads) >= 20
    for name, upload in uploads:
        assert CANARY in upload or name == "PNG zTXt", name
        assert (b"bidb" in upload) == ("signed" in name), name
        for format_ in FORMATS:
            act: Act = "edit" if seen % 2 else "vary"
            file = plain(format_)
            signed = own.provenance.sign(file, format_, origin(act), parent=upload)
            assert states(signed, own.root) == ("Trusted", "Trusted"), name
            assert CANARY not in signed, name
            assert b"IMG_0001" not in signed or "twice" in name  # what a camera's own claim says stays signed
            assert b"bidb" not in signed, name  # ISO 19566-5: embedded files, such as thumbnails
            assert not opened(signed).getexif(), name
            labels = {
                label for one in store(signed)["manifests"].values() for label in one["assertion_store"]
            }
            assert all(
                "actions" in label or "hash" in label or "ingredient.v" in label for label in labels
            ), labels
            assert len(signed) - len(file) <= 25_000, name
            seen += 1
    assert seen >= 60


def test_a_camera_s_history_is_kept_and_judged(own: Own, camera: Authority) -> None:
    """Also when that result is edited again: what was left out stays left out."""
    uploads = dict(signed_uploads(camera))
    once = own.provenance.sign(plain(), "png", origin("edit"), parent=uploads["PNG signed"])
    assert len(store(once)["manifests"]) == 2
    again = own.provenance.sign(plain("jpeg"), "jpeg", origin("edit"), parent=once)
    assert len(store(again)["manifests"]) == 3
    assert states(again, own.root) == ("Trusted", "Trusted")
    assert CANARY not in again


def test_nothing_is_fetched(own: Own) -> None:
    """Uploads that name this machine as the place of their manifest: nobody comes to ask."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/CANARY"
        for _, upload in plain_uploads(address):
            own.provenance.sign(plain(), "png", origin("edit"), parent=upload + b"jumb c2pa")
        with pytest.raises(TimeoutError):
            listener.accept()


HOSTILE = {
    "nested boxes": b"".join(b"\0\0\xff\xffjumb" for _ in range(4000)),
    "endless box": b"\0\0\0\0jumb\0\0\0\x1ejumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x008\x9bq\x03c2pa\0",
    "nested arrays": b"\0\0\x9c\x40jumb\0\0\0\x1ejumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x008\x9bq\x03c2pa\0"
    + b"\x81" * 40_000,
    "nothing": b"jumb c2pa",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_manifests_cost_only_the_chain(own: Own, name: str) -> None:
    from tests.provenance.uploads import _chunk

    upload = _chunk(plain(), b"caBX", HOSTILE[name])
    signed = own.provenance.sign(plain(), "png", origin("edit"), parent=upload)
    assert states(signed, own.root) == ("Trusted", "Trusted")


def mutants(files: list[bytes], count: int) -> Iterator[bytes]:
    """Files with bits flipped, lengths blown up, bytes lost and repeated."""
    rng = random.Random(count)
    for _ in range(count):
        file = bytearray(rng.choice(files))
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            place = rng.randrange(len(file) - 4)
            how = rng.randrange(4)
            if how == 0:
                file[place] ^= 1 << rng.randrange(8)
            elif how == 1:
                file[place : place + 4] = rng.choice(
                    (b"\0\0\0\1", b"\xff\xff\xff\xff", b"\x80\0\0\0", b"\x9b" * 4)
                )
            elif how == 2:
                del file[place : place + rng.randrange(1, 40)]
            else:
                file[place:place] = file[place - min(place, rng.randrange(1, 200)) : place]
        yield bytes(file)


def check_mutants(own: Own, count: int) -> None:
    """Whatever was uploaded, the picture goes out signed, within the limit."""
    files = [own.provenance.sign(plain(format_, 8), format_, origin()) for format_ in FORMATS]
    files += [
        own.provenance.sign(plain(format_, 8), format_, origin("edit"), parent=files[0])
        for format_ in FORMATS
    ]
    target = plain("png", 8)
    for number, upload in enumerate(mutants(files, count)):
        signed = own.provenance.sign(target, "png", origin("edit"), parent=upload)
        assert len(signed) - len(target) <= MAX_BYTES + 1_000
        assert number % 5 or states(signed, own.root) == ("Trusted", "Trusted")


def test_broken_manifests_never_stop_a_picture(own: Own) -> None:
    check_mutants(own, 300)


@pytest.mark.campaign
def test_many_broken_manifests_never_stop_a_picture(own: Own) -> None:
    check_mutants(own, scaled(50_000))


def test_reencoding_drops_it(own: Own, tmp_path: Path) -> None:
    signed = own.provenance.sign(plain(), "png", origin())
    path = tmp_path / "again.png"
    Image.fromarray(decoded(signed)).save(path)
    assert b"c2pa" not in path.read_bytes()


def test_four_threads_at_once(own: Own) -> None:
    barrier = threading.Barrier(4)
    parent = own.provenance.sign(plain(), "png", origin())

    def work(number: int) -> list[bytes]:
        barrier.wait(timeout=60)
        format_ = FORMATS[number % 3]
        return [
            own.provenance.sign(plain(format_), format_, origin("edit"), parent=parent if turn % 2 else None)
            for turn in range(12)
        ]

    with ThreadPoolExecutor(4) as threads:
        files = [file for batch in threads.map(work, range(4)) for file in batch]
    assert {states(file, own.root) for file in files} == {("Trusted", "Trusted")}
    assert len({store(file)["active_manifest"] for file in files}) == 48
