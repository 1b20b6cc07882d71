"""History: which uploads have one, what of it is private, and which is not fit to be carried on."""

from __future__ import annotations

import c2pa
import pytest

from egaku.imaging.encode import encode
from egaku.provenance.history import KEPT, private_parts, remnant
from egaku.provenance.manifest import Origin
from tests.pictures import noise
from tests.provenance.authority import Authority
from tests.provenance.conftest import Own
from tests.provenance.readers import store
from tests.provenance.uploads import PRIVATE, plain_uploads, signed_uploads

MADE = Origin(act="generate", engine="illustrator", digital_source="algorithmicMedia")


def test_most_uploads_have_none() -> None:
    assert {private_parts(upload) for _, upload in plain_uploads()} == {None}


def test_little_is_needed_of_an_upload_without_one(own: Own, camera: Authority) -> None:
    edited = Origin(act="edit", engine="illustrator", digital_source="algorithmicMedia")
    file = encode(noise(8, 8))
    for _, upload in plain_uploads():
        assert len(remnant(upload)) == 12
        whole, little = (
            own.provenance.sign(file, "png", edited, parent=parent) for parent in (upload, remnant(upload))
        )
        assert len(whole) == len(little)
        assert b"application/octet-stream" not in little
    assert all(remnant(upload) == upload for _, upload in signed_uploads(camera))


def test_our_own_has_nothing_private(own: Own) -> None:
    assert private_parts(own.provenance.sign(encode(noise(8, 8)), "png", MADE)) == []


def test_a_cameras_is_private_but_for_what_was_done(camera: Authority) -> None:
    for name, upload in signed_uploads(camera):
        parts = private_parts(upload)
        assert parts is not None
        labels = {part.rpartition("/")[2] for part in parts}
        assert {str(one["label"]) for one in PRIVATE} | {"c2pa.thumbnail.claim"} <= labels, name
        everything = [
            label for claim in store(upload)["manifests"].values() for label in claim["assertion_store"]
        ]
        assert len(parts) == sum(not KEPT.fullmatch(label) for label in everything)


@pytest.mark.parametrize(
    ("label", "kept"),
    {
        "c2pa.actions": True,
        "c2pa.actions.v2": True,
        "c2pa.hash.data": True,
        "c2pa.hash.bmff.v3": True,
        "c2pa.ingredient.v3__2": True,
        "c2pa.thumbnail.ingredient": False,
        "c2pa.thumbnail.claim.jpeg": False,
        "c2pa.metadata": False,
        "cawg.identity": False,
        "stds.exif": False,
        "c2pa.actions.x": False,
    }.items(),
)
def test_kept(label: str, kept: bool) -> None:
    assert bool(KEPT.fullmatch(label)) is kept


def test_changed_pictures_are_recorded_and_broken_manifests_are_not(own: Own) -> None:
    file = own.provenance.sign(encode(noise(8, 8)), "png", MADE)
    assert private_parts(file[:-20] + bytes([file[-20] ^ 1]) + file[-19:]) == []
    place = file.index(b"algorithmicMedia", file.index(b"jumb"))
    assert private_parts(file[:place] + b"A" + file[place + 1 :]) is None
    with pytest.raises(c2pa.C2paError):
        private_parts(file.replace(b"jumdc2cl", b"jumdc2xx"))
