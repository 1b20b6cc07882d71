"""Uploads that say too much: positions, names, thumbnails and histories, each with the canary in it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.provenance.authority import Authority

CANARY = b"CANARY"
GPS = 0x8825
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmpMM:InstanceID="xmp.iid:CANARY" xmpMM:DocumentID="xmp.did:CANARY" dc:creator="CANARY" \
dcterms:provenance="PROVENANCE"/></rdf:RDF></x:xmpmeta>"""

CREATED = {
    "action": "c2pa.created",
    "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
}
OPENED = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["before"]}}
GPS_ASSERTION = {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "CANARY"}
PRIVATE = [
    {"label": "stds.exif", "data": GPS_ASSERTION},
    {"label": "c2pa.metadata", "data": GPS_ASSERTION},
    {"label": "stds.schema-org.CreativeWork", "data": {"@type": "CreativeWork", "author": "CANARY"}},
    {"label": "org.example.owner", "data": {"name": "CANARY"}},
]


def picture(side: int = 48, seed: int = 1) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def exif() -> Image.Exif:
    """Where, whose, and with which camera."""
    found = Image.Exif()
    found[0x010F] = found[0x0131] = found[0x013B] = found[0x8298] = "CANARY"
    found.get_ifd(GPS).update({1: "N", 2: (35.0, 41.0, 22.0), 29: "CANARY"})
    found.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + CANARY
    return found


def saved(format_: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture().save(out, format_, **options)
    return out.getvalue()


def plain_uploads(provenance: str = "http://localhost/CANARY") -> Iterator[tuple[str, bytes]]:
    """Files with metadata and no manifest, by name."""
    xmp = XMP.replace("PROVENANCE", provenance)
    for format_ in ("JPEG", "WEBP", "PNG"):
        yield f"{format_} EXIF", saved(format_, exif=exif())
        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", xmp)
        how: dict[str, Any] = {"pnginfo": texts} if format_ == "PNG" else {"xmp": xmp.encode()}
        yield f"{format_} XMP", saved(format_, **how)
        yield f"{format_} both", saved(format_, exif=exif(), **how)
    yield "JPEG comment", saved("JPEG", comment=CANARY)
    yield "JPEG IPTC", _segment(saved("JPEG"), 0xED, b"Photoshop 3.0\0" + CANARY)
    yield "JPEG behind the end", saved("JPEG") + CANARY
    for name in ("tEXt", "zTXt", "iTXt"):
        yield f"PNG {name}", saved("PNG", pnginfo=_texts(name))
    yield "PNG unknown chunk", _chunk(saved("PNG"), b"prVt", CANARY)
    yield "WebP unknown chunk", _riff(saved("WEBP"), b"PRIV", CANARY)


def signed_uploads(authority: Authority) -> Iterator[tuple[str, bytes]]:
    """Files with a manifest of a camera's, all it can hold in it: thumbnail, position, owner, history."""
    for format_ in ("PNG", "JPEG", "WEBP"):
        once = authority.sign(saved(format_, exif=exif()), [CREATED], PRIVATE)
        yield f"{format_} signed", once
        yield f"{format_} signed twice", authority.sign(saved(format_), [OPENED], PRIVATE, before=once)


def _texts(kind: str) -> PngInfo:
    found = PngInfo()
    if kind == "iTXt":
        found.add_itxt("Comment", "CANARY")
    else:
        found.add_text("Comment", "CANARY", zip=kind == "zTXt")
    return found


def _segment(file: bytes, marker: int, body: bytes) -> bytes:
    return file[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body + file[2:]


def _chunk(file: bytes, name: bytes, body: bytes) -> bytes:
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return file[:33] + chunk + file[33:]


def _riff(file: bytes, name: bytes, body: bytes) -> bytes:
    chunks = file[12:] + name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks
