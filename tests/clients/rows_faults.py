"""Rows of the 2022 API that fail: the words its clients matched on, and the error classes they caught."""

from __future__ import annotations

import re

from tests.clients.case import SMALL, VARY, Case, Failure, Fields

NOT_A_PNG = "Uploaded image must be a PNG and less than 4 MB."
BAD_SIZE = re.compile(r"'300x300' is not one of \['256x256', '512x512', '1024x1024'.*\] - 'size'")
TOO_LONG = "x" * 1001


def _generate(id_: str, mode: str, message: str | re.Pattern[str], fields: Fields) -> Case:
    return Case(f"fault-{id_}", "fault", mode, "generate", Failure(400, message), fields)


def _vary(id_: str, mode: str, message: str | re.Pattern[str], image: str) -> Case:
    return Case(f"fault-{id_}", "fault", mode, "variation", Failure(400, message), VARY, image)


FAULTS = [
    _generate("size", "size not offered", BAD_SIZE, {**SMALL, "size": "300x300"}),
    _generate("n-11", "n=11", "11 is greater than the maximum of 10 - 'n'", {**SMALL, "n": 11}),
    _generate("n-0", "n=0", "0 is less than the minimum of 1 - 'n'", {**SMALL, "n": 0}),
    _generate("no-prompt", "no prompt", "'prompt' is a required property", {"n": 1, "size": "256x256"}),
    _generate("long", "prompt too long", f"'{TOO_LONG}' is too long - 'prompt'", {"prompt": TOO_LONG}),
    _vary("not-png", "not a PNG", NOT_A_PNG, "jpeg"),
    _vary("4mb", "over 4 MB", NOT_A_PNG, "huge"),
    _vary(
        "wide",
        "not square",
        "Invalid input image - expected an image with equal width and height, got 256x128 instead.",
        "wide",
    ),
    Case(
        id="fault-exploded",
        operation="fault",
        mode="exploded Buffer",
        verb="variation",
        expect=Failure(400, re.compile(r".*one form field per byte.*toFile\(.*", re.DOTALL), param="image"),
        fields=VARY,
        image="square",
        input="buffer",
    ),
    Case(
        id="fault-opaque",
        operation="fault",
        mode="edit, no mask, no alpha",
        verb="edit",
        expect=Failure(400, re.compile(r"Invalid input image - format must be in \['RGBA'.*\], got RGB\.")),
        fields=SMALL,
        image="opaque",
    ),
    Case(
        id="fault-mask",
        operation="fault",
        mode="mask of another size",
        verb="edit",
        expect=Failure(
            400,
            "Invalid mask image format - mask size does not match image size",
            param="mask",
            code="invalid_mask_image_format",
        ),
        fields=SMALL,
        image="square",
        mask="small_mask",
    ),
    Case(
        id="fault-key",
        operation="fault",
        mode="wrong key",
        verb="generate",
        expect=Failure(401, re.compile("Incorrect API key provided: .*"), code="invalid_api_key"),
        fields=SMALL,
        server="keyed",
        key="wrong",
    ),
    Case(
        id="fault-no-key",
        operation="fault",
        mode="no key",
        verb="generate",
        expect=Failure(401, re.compile(r"You didn't provide an API key\..*", re.DOTALL)),
        fields=SMALL,
        server="keyed",
        key="none",
    ),
    Case(
        id="fault-limit",
        operation="fault",
        mode="rate limit",
        verb="generate",
        expect=Failure(
            429,
            re.compile("Rate limit exceeded for images per minute.*", re.DOTALL),
            type="requests",
            code="rate_limit_exceeded",
        ),
        fields={**SMALL, "n": 2},
        server="limited",
    ),
    Case(
        id="fault-hopeless",
        operation="fault",
        mode="more than a minute's limit, retries on",
        verb="generate",
        expect=Failure(
            429,
            re.compile("Rate limit exceeded for images per minute.*", re.DOTALL),
            type="requests",
            code="rate_limit_exceeded",
            within=1.0,
        ),
        fields={**SMALL, "n": 2},
        input="retries",
        server="limited",
    ),
]
