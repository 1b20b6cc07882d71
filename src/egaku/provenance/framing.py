"""Framing: the few bytes of a manifest that no signature covers, held to what egaku writes there.

C2PA leaves about a thousand bytes per manifest unsigned: the signature's own padding, the lengths, labels and
flags of the boxes around it, and in PNG a checksum. Readers pass over them, so a byte changed there goes
unseen. Nothing can be said by changing them; but "one changed byte is reported" is a promise easily kept.

Boxes are those of JUMBF (ISO 19566-5, annex A), the signature is a COSE_Sign1 in CBOR (RFC 9052, RFC 8949).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from egaku.imaging.sniff import sniff

_UUID_TAIL = bytes.fromhex("00110010800000aa00389b71")
_LABELS = {
    b"c2pa": {b"c2pa"},
    b"c2as": {b"c2pa.assertions"},
    b"c2cl": {b"c2pa.claim", b"c2pa.claim.v2"},
    b"c2cs": {b"c2pa.signature"},
}
"""By the first four bytes of a box's UUID: the labels it may have. Manifests and assertions choose theirs."""
_OURS = b"dnameeegaku"
"""CBOR of the claim's generator. Others' manifests in an upload's history may be framed differently."""
_NAMED, _SALTED = 0x03, 0x10
_MAX_DEPTH = 8
_JPEG_HEAD = b"JP\x02\x11\0\0\0\1"
"""JPEG systems, the number c2pa-rs gives the box, and that this is its first part."""
_BYTES, _TEXT = 2, 3
_FORM = "the form of the signature was changed"


class Loose(Exception):
    """Something in the framing is not as it is written, in words."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    body: memoryview


def check(file: bytes) -> None:
    """Raise Loose when the framing of a manifest that egaku wrote into `file` was touched."""
    try:
        _check(file)
    except (IndexError, ValueError, struct.error):
        raise Loose("the manifest is cut short") from None


def _check(file: bytes) -> None:
    kind = sniff(file)
    view = memoryview(file)
    store = {"png": _png, "jpeg": _jpeg, "webp": _webp}[kind](view) if kind else memoryview(b"")
    boxes = list(_boxes(store))
    if [box.kind for box in boxes] != [b"jumb"]:
        raise Loose("the manifest's outermost box was changed")
    for manifest in _contents(boxes[0]):
        if _OURS in bytes(manifest.body):
            _walk(manifest, _MAX_DEPTH)


def _walk(box: _Box, depth: int) -> None:
    """A box with a description, and everything in it."""
    for content in _contents(box):
        if content.kind == b"jumb":
            if not depth:
                raise Loose("the boxes of the manifest are nested too deep")
            _walk(content, depth - 1)
        elif _uuid(box)[:4] == b"c2cs":
            _check_signature(bytes(content.body))


def _uuid(box: _Box) -> bytes:
    """Behind the description's own head: what kind of box this is."""
    return bytes(box.body[8:24])


def _contents(box: _Box) -> list[_Box]:
    """What is in a box behind its description, which is judged."""
    description, *contents = _boxes(box.body)
    uuid, rest = _uuid(box), bytes(description.body[16:])
    label, end, salt = rest[1:].partition(b"\0")
    if description.kind != b"jumd" or not end or rest[0] != _NAMED | (_SALTED if salt else 0):
        raise Loose("the description of a box in the manifest was changed")
    known = _LABELS.get(uuid[:4])
    if known and (label not in known or uuid[4:] != _UUID_TAIL):
        raise Loose("the kind or the label of a box in the manifest was changed")
    return contents


def _boxes(data: memoryview) -> Iterator[_Box]:
    """The boxes that fill `data` to the last byte."""
    place = 0
    while place < len(data):
        if place + 8 > len(data):
            raise Loose("a box of the manifest is cut short")
        length, kind = struct.unpack_from(">I4s", data, place)
        if length < 8 or place + length > len(data):
            raise Loose("the length of a box in the manifest was changed")
        yield _Box(kind, data[place + 8 : place + length])
        place += length


def _png(file: memoryview) -> memoryview:
    """The body of the caBX chunk, its checksum checked."""
    place = 8
    while place + 12 <= len(file):
        length, name = struct.unpack_from(">I4s", file, place)
        body = file[place + 8 : place + 8 + length]
        if name == b"caBX":
            (checksum,) = struct.unpack_from(">I", file, place + 8 + length)
            if zlib.crc32(body, zlib.crc32(name)) != checksum:
                raise Loose("the checksum of the PNG chunk with the manifest is wrong")
            return body
        place += 12 + length
    return memoryview(b"")


def _jpeg(file: memoryview) -> memoryview:
    """The body of the APP11 segment (ISO 19566-5, annex D); what egaku adds always fits into one."""
    place = 2
    while place + 4 <= len(file) and file[place] == 0xFF and file[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(file[place + 2 : place + 4])
        if file[place + 1] == 0xEB:
            if bytes(file[place + 4 : place + 12]) != _JPEG_HEAD:
                raise Loose("the head of the JPEG segment with the manifest was changed")
            return file[place + 12 : end]
        place = end
    return memoryview(b"")


def _webp(file: memoryview) -> memoryview:
    """The body of the C2PA chunk; the byte that pads an odd one is zero (RFC 9649, section 2.3)."""
    place = 12
    while place + 8 <= len(file):
        name, length = struct.unpack_from("<4sI", file, place)
        end = place + 8 + length
        if name == b"C2PA":
            if any(file[end : end + (length & 1)]):
                raise Loose("the padding of the WebP chunk with the manifest was changed")
            return file[place + 8 : end]
        place = end + (length & 1)
    return memoryview(b"")


def _check_signature(data: bytes) -> None:
    """COSE_Sign1: [protected, {"pad": zeros}, null, signature], and nothing behind it."""
    place = 1 if data[0] == 0xD2 else 0  # tag 18
    if data[place] != 0x84:
        raise Loose(_FORM)
    _, place = _string(data, place + 1, _BYTES)
    if data[place] & 0xE0 != 0xA0:
        raise Loose(_FORM)
    count, place = data[place] & 0x1F, place + 1
    for _ in range(count):
        name, place = _string(data, place, _TEXT)
        padding, place = _string(data, place, _BYTES)
        if name not in {b"pad", b"pad2"} or any(padding):
            raise Loose("the signature's padding was changed")
    _, end = _string(data, place + 1, _BYTES)
    if data[place] != 0xF6 or end != len(data):
        raise Loose(_FORM)


def _string(data: bytes, place: int, kind: int) -> tuple[bytes, int]:
    """A string of definite length, of bytes or of text, and where it ends."""
    major, size = data[place] >> 5, data[place] & 0x1F
    place += 1
    if major != kind or size > 26:
        raise Loose(_FORM)
    if size >= 24:
        width = 1 << (size - 24)
        size, place = int.from_bytes(data[place : place + width]), place + width
    if place + size > len(data):
        raise Loose(_FORM)
    return data[place : place + size], place + size
