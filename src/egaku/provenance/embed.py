"""Embed: XMP and parameters into a finished file, without touching its pixels.

XMP goes where its specification says (XMP part 3): a PNG iTXt chunk, a JPEG APP1 segment, a WebP chunk.
Parameters go where the tools that read them look: PNG text, EXIF UserComment otherwise.
"""

from __future__ import annotations

import struct
import zlib

from PIL import Image

from egaku import __version__
from egaku.imaging.containers.still import Format
from egaku.imaging.containers.webp import open_webp
from egaku.provenance.manifest import Origin

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" \
xmp:CreatorTool="egaku {version}" Iptc4xmpExt:DigitalSourceType="{source_type}"/></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_PNG_HEADER = 8 + 25  # signature and IHDR
_EXIF_IFD, _USER_COMMENT = 0x8769, 0x9286
_VP8X_ALPHA, _VP8X_EXIF, _VP8X_XMP = 0x10, 0x08, 0x04


def embed(
    file: bytes,
    format: Format,  # noqa: A002  the word of the field, as in imaging.encode
    *,
    origin: Origin | None = None,
    text: str | None = None,
) -> bytes:
    """`file`, as imaging.encode writes it, with the origin's source type in XMP and `text` as its parameters.

    `text` has at most 32,000 UTF-16 units. Without either the file comes back as it is.
    """
    xmp = b"" if origin is None else xmp_packet(origin)
    if not xmp and text is None:
        return file
    if format == "png":
        return _png(file, xmp, text)
    exif = b"" if text is None else _user_comment(text)
    return _jpeg(file, xmp, exif) if format == "jpeg" else _webp(file, xmp, exif)


def xmp_packet(origin: Origin) -> bytes:
    """The XMP packet, UTF-8: IPTC's Iptc4xmpExt:DigitalSourceType and the tool."""
    return _XMP.format(version=__version__, source_type=origin.source_type).encode()


def _png(file: bytes, xmp: bytes, text: str | None) -> bytes:
    parts = [file[:_PNG_HEADER]]
    if xmp:
        parts.append(_png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
    if text is not None:
        try:
            parts.append(_png_chunk(b"tEXt", b"parameters\0" + text.encode("latin-1")))
        except UnicodeEncodeError:
            parts.append(_png_chunk(b"iTXt", b"parameters\0\0\0\0\0" + text.encode()))
    return b"".join([*parts, file[_PNG_HEADER:]])


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _user_comment(text: str) -> bytes:
    """A TIFF with the text as EXIF UserComment, in the encoding its readers expect: big-endian UTF-16."""
    exif = Image.Exif()
    exif.get_ifd(_EXIF_IFD)[_USER_COMMENT] = b"UNICODE\0" + text.encode("utf-16-be")
    return exif.tobytes().removeprefix(b"Exif\0\0")


def _jpeg(file: bytes, xmp: bytes, exif: bytes) -> bytes:
    """After SOI and JFIF's APP0, before everything else."""
    place = 2
    if file[2:4] == b"\xff\xe0":
        place += 2 + int.from_bytes(file[4:6])
    bodies = [b"Exif\0\0" + exif] if exif else []
    if xmp:
        bodies.append(b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    segments = [b"\xff\xe1" + struct.pack(">H", 2 + len(body)) + body for body in bodies]
    return b"".join([file[:place], *segments, file[place:]])


def _webp(file: bytes, xmp: bytes, exif: bytes) -> bytes:
    """As an extended file (RFC 9649, section 2.7): metadata after the picture, announced in the header."""
    flags = (_VP8X_EXIF if exif else 0) | (_VP8X_XMP if xmp else 0)
    chunks = file[12:]
    if chunks[:4] == b"VP8X":
        header, chunks = bytearray(chunks[8:18]), chunks[18:]
    else:
        still = open_webp(memoryview(file))
        header = bytearray(4)
        header[0] = _VP8X_ALPHA if still.has_alpha else 0
        for side in (still.width, still.height):
            header += (side - 1).to_bytes(3, "little")
    header[0] |= flags
    parts = [_webp_chunk(b"VP8X", bytes(header)), chunks]
    if exif:
        parts.append(_webp_chunk(b"EXIF", exif))
    if xmp:
        parts.append(_webp_chunk(b"XMP ", xmp))
    return b"".join([b"RIFF", struct.pack("<I", 4 + sum(map(len, parts))), b"WEBP", *parts])


def _webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)
