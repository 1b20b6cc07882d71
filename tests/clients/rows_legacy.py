"""Rows of the 2022 API that succeed: generate, edit, vary, every way to upload, keys and paths."""

from __future__ import annotations

from tests.clients.case import B64, PROMPT, SMALL, VARY, Case, Fields, Pictures


def _generate(id_: str, mode: str, expect: Pictures, fields: Fields) -> Case:
    return Case(f"generate-{id_}", "generate", mode, "generate", expect, fields)


GENERATE = [
    _generate("url", "url", Pictures(), SMALL),
    _generate("url-2", "url, n=2", Pictures(2), {**SMALL, "n": 2}),
    _generate("b64", "b64_json", Pictures(form="b64_json"), {**SMALL, **B64}),
    _generate("b64-2", "b64_json, n=2", Pictures(2, form="b64_json"), {**SMALL, "n": 2, **B64}),
    _generate("512", "512x512", Pictures(size=(512, 512)), {**SMALL, "size": "512x512"}),
    _generate("1024", "1024x1024", Pictures(size=(1024, 1024)), {**SMALL, "size": "1024x1024"}),
    _generate("defaults", "prompt alone", Pictures(size=(1024, 1024)), {"prompt": PROMPT}),
    _generate("named", "model dall-e-2", Pictures(), {**SMALL, "model": "dall-e-2"}),
    _generate("unknown", "unknown model", Pictures(), {**SMALL, "model": "my-own-model"}),
]


def _edit(
    id_: str, mode: str, expect: Pictures, fields: Fields, *, image: str = "square", mask: str | None = "mask"
) -> Case:
    return Case(f"edit-{id_}", "edit", mode, "edit", expect, fields, image, mask)


EDIT = [
    _edit("url", "mask, url", Pictures(keeps="square"), SMALL),
    _edit(
        "b64",
        "mask, b64_json, n=2",
        Pictures(2, form="b64_json", keeps="square"),
        {**SMALL, "n": 2, **B64},
    ),
    _edit("alpha", "alpha, no mask", Pictures(keeps="hole"), SMALL, image="hole", mask=None),
]


def _vary(id_: str, mode: str, expect: Pictures, fields: Fields) -> Case:
    return Case(f"variation-{id_}", "variation", mode, "variation", expect, fields, "square")


VARIATION = [
    _vary("url", "url", Pictures(), {"n": 1, "size": "256x256"}),
    _vary("b64", "b64_json, n=2", Pictures(2, form="b64_json"), {**VARY, "n": 2}),
    _vary("defaults", "image alone", Pictures(size=(1024, 1024)), {}),
]


def _upload(id_: str, mode: str, *, input_: str, image: str = "square") -> Case:
    expect = Pictures(form="b64_json")
    return Case(f"upload-{id_}", "upload", mode, "variation", expect, VARY, image, input=input_)


UPLOAD = [
    _upload("path", "Path", input_="path"),
    _upload("bytes", "bytes", input_="bytes"),
    _upload("bytesio", "BytesIO", input_="bytesio"),
    _upload("tuple", "(name, bytes, type)", input_="tuple"),
    _upload("buffer", "Buffer with a name", input_="buffer"),
    _upload("nameless", "Buffer without a name", input_="nameless"),
    _upload("tofile", "toFile(stream)", input_="tofile"),
    _upload("tofile-buffer", "toFile(Buffer)", input_="tofile-buffer"),
    _upload("blob", "File", input_="blob"),
    _upload("chunked", "chunked body", input_="chunked"),
    _upload("large", "open file over 1 MB", input_="file", image="large"),
]

KEYS = [
    Case(f"key-{id_}", "key", mode, "generate", Pictures(), SMALL, input=input_, server="keyed", key="right")
    for id_, mode, input_ in (
        ("right", "Bearer", "file"),
        ("basic", "HTTP Basic password", "basic"),
        ("azure", "api-key header", "api-key"),
    )
]

PATHS = [
    Case(f"path-{id_}", "path", mode, "generate", Pictures(), SMALL, input=input_, base=base)
    for id_, mode, input_, base in (
        ("bare", "base URL without /v1", "file", ""),
        ("slashes", "base URL ending in /", "file", "/v1/"),
        ("azure", "Azure deployment", "azure", "/v1"),
        ("form", "JSON sent as a form", "urlencoded", "/v1"),
    )
]
