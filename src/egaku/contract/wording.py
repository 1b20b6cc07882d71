"""How each era of the API words the same fault: one class per era, one method per fault.

Legacy is the jsonschema validator's English of 2022-2024 (`param` and `code` null); Typed is the wording
since gpt-image-1 (both filled). Clients match on these strings, so they are kept to the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from egaku.contract.errors import LEGACY_KEYS, TYPED_KEYS, ApiError, InvalidRequest

ECHO_LIMIT = 1000
"""Most characters of a wrong value (other than the prompt) repeated in a message."""

IMAGE_USER_ERROR = "image_generation_user_error"

JSON_NAMES = {
    bool: "a boolean", int: "an integer", float: "a decimal number", str: "a string",
    list: "an array", dict: "an object", type(None): "null",
}  # fmt: skip

ARTICLED = {
    "integer": "an integer",
    "string": "a string",
    "boolean": "a boolean",
    "number": "a number",
    "array": "an array",
}


def echo(value: object) -> str:
    """A wrong value as the legacy validator (Python) prints it, bounded."""
    text = repr(value)
    return text if len(text) <= ECHO_LIMIT else text[:ECHO_LIMIT] + "..."


def listed(values: Sequence[str], last: str) -> str:
    """`'a', 'b', and 'c'`: the quoted list of the typed era, with `and` or `or` before the last."""
    quoted = [f"'{value}'" for value in values]
    if len(quoted) <= 2:
        return f" {last} ".join(quoted)
    return f"{', '.join(quoted[:-1])}, {last} {quoted[-1]}"


class Flagged(StrEnum):
    """What moderation found at fault."""

    PROMPT = "prompt"
    UPLOAD = "upload"
    RESULT = "result"


class Wording(Protocol):
    """One method per fault; each returns the error to raise."""

    keys: tuple[str, ...]

    def missing(self, name: str) -> ApiError: ...
    def wrong_type(self, name: str, expected: str, value: object) -> ApiError: ...
    def not_a_number(self, name: str, expected: str, text: str) -> ApiError: ...
    def too_small(self, name: str, minimum: int | float, value: object) -> ApiError: ...
    def too_large(self, name: str, maximum: int | float, value: object) -> ApiError: ...
    def not_one_of(self, name: str, choices: Sequence[str], value: str) -> ApiError: ...
    def empty(self, name: str) -> ApiError: ...
    def too_long(self, name: str, maximum: int, value: str) -> ApiError: ...
    def unknown(self, name: str) -> ApiError: ...
    def bad_image(self, name: str, supported: Sequence[str], found: str | None, limit: int) -> ApiError: ...
    def image_too_large(self, name: str, limit: int) -> ApiError: ...
    def not_a_file(self, name: str) -> ApiError: ...
    def too_many_images(self, name: str, maximum: int, count: int) -> ApiError: ...
    def flagged(self, where: Flagged, categories: Sequence[str], request_id: str) -> ApiError: ...


LEGACY_FLAGGED = {
    Flagged.PROMPT: "Your prompt may contain text that is not allowed by our safety system.",
    Flagged.UPLOAD: "Your input image may contain content that is not allowed by our safety system.",
    Flagged.RESULT: (
        "Image descriptions generated from your prompt may contain text that is not allowed by our safety "
        "system. If you believe this was done in error, your request may succeed if retried, or by adjusting "
        "your prompt."
    ),
}
"""The second sentence of a refusal before gpt-image-1."""


class Legacy:
    """2022-2024: `'15 is greater than the maximum of 10 - 'n'`; param and code are null."""

    keys = LEGACY_KEYS

    def missing(self, name: str) -> ApiError:
        return InvalidRequest(f"'{name}' is a required property")

    def wrong_type(self, name: str, expected: str, value: object) -> ApiError:
        return InvalidRequest(f"{echo(value)} is not of type '{expected}' - '{name}'")

    def not_a_number(self, name: str, expected: str, text: str) -> ApiError:
        return self.wrong_type(name, expected, text)

    def too_small(self, name: str, minimum: int | float, value: object) -> ApiError:
        return InvalidRequest(f"{echo(value)} is less than the minimum of {minimum} - '{name}'")

    def too_large(self, name: str, maximum: int | float, value: object) -> ApiError:
        return InvalidRequest(f"{echo(value)} is greater than the maximum of {maximum} - '{name}'")

    def not_one_of(self, name: str, choices: Sequence[str], value: str) -> ApiError:
        return InvalidRequest(f"{echo(value)} is not one of {list(choices)!r} - '{name}'")

    def empty(self, name: str) -> ApiError:
        return InvalidRequest(f"'' is too short - '{name}'")

    def too_long(self, name: str, maximum: int, value: str) -> ApiError:
        # The old API was notorious for repeating the whole prompt, and clients match on it.
        shown = repr(value) if name == "prompt" else echo(value)
        return InvalidRequest(f"{shown} is too long - '{name}'")

    def unknown(self, name: str) -> ApiError:
        return InvalidRequest(
            f"Additional properties are not allowed ({echo(name)} was unexpected)", param=name[:100]
        )

    def bad_image(self, name: str, supported: Sequence[str], found: str | None, limit: int) -> ApiError:
        return InvalidRequest("Uploaded image must be a PNG and less than 4 MB.")

    def image_too_large(self, name: str, limit: int) -> ApiError:
        return InvalidRequest("Uploaded image must be a PNG and less than 4 MB.")

    def not_a_file(self, name: str) -> ApiError:
        return InvalidRequest("Uploaded image must be a PNG and less than 4 MB.")

    def too_many_images(self, name: str, maximum: int, count: int) -> ApiError:
        return InvalidRequest(
            f"Invalid type for '{name}': expected a file, but got an array instead.",
            param=name,
            code="invalid_type",
        )

    def flagged(self, where: Flagged, categories: Sequence[str], request_id: str) -> ApiError:
        """Categories and request id have no place in this era's sentences."""
        return InvalidRequest(
            f"Your request was rejected as a result of our safety system. {LEGACY_FLAGGED[where]}",
            code="content_policy_violation",
        )


class Typed:
    """Since gpt-image-1: param and code are filled, types are named in English."""

    keys = TYPED_KEYS

    def missing(self, name: str) -> ApiError:
        return InvalidRequest(
            f"Missing required parameter: '{name}'.", param=name, code="missing_required_parameter"
        )

    def wrong_type(self, name: str, expected: str, value: object) -> ApiError:
        wanted = ARTICLED.get(expected, expected)
        got = JSON_NAMES.get(type(value), "an unknown value")
        return InvalidRequest(
            f"Invalid type for '{name}': expected {wanted}, but got {got} instead.",
            param=name,
            code="invalid_type",
        )

    def not_a_number(self, name: str, expected: str, text: str) -> ApiError:
        wanted = ARTICLED[expected]
        return InvalidRequest(
            f"Invalid type for '{name}': expected {wanted}, but got a string value that could not be "
            f"converted into {wanted}.",
            param=name,
            code="invalid_type",
        )

    def too_small(self, name: str, minimum: int | float, value: object) -> ApiError:
        return InvalidRequest(
            f"Invalid '{name}': {self._number(minimum)} below minimum value. Expected a value >= {minimum}, "
            f"but got {echo(value)} instead.",
            param=name,
            code=f"{self._number(minimum)}_below_min_value",
        )

    def too_large(self, name: str, maximum: int | float, value: object) -> ApiError:
        return InvalidRequest(
            f"Invalid '{name}': {self._number(maximum)} above maximum value. Expected a value <= {maximum}, "
            f"but got {echo(value)} instead.",
            param=name,
            code=f"{self._number(maximum)}_above_max_value",
        )

    @staticmethod
    def _number(bound: int | float) -> str:
        return "integer" if isinstance(bound, int) else "decimal"

    def not_one_of(self, name: str, choices: Sequence[str], value: str) -> ApiError:
        shown = value if len(value) <= ECHO_LIMIT else value[:ECHO_LIMIT] + "..."
        return InvalidRequest(
            f"Invalid value: '{shown}'. Supported values are: {listed(choices, 'and')}.",
            param=name,
            code="invalid_value",
        )

    def empty(self, name: str) -> ApiError:
        return InvalidRequest(
            f"Invalid '{name}': empty string. Expected a string with minimum length 1, but got an empty "
            "string instead.",
            param=name,
            code="empty_string",
        )

    def too_long(self, name: str, maximum: int, value: str) -> ApiError:
        return InvalidRequest(
            f"Invalid '{name}': string too long. Expected a string with maximum length {maximum}, but got a "
            f"string with length {len(value)} instead.",
            param=name,
            code="string_above_max_length",
        )

    def unknown(self, name: str) -> ApiError:
        shown = name[:100]
        return InvalidRequest(f"Unknown parameter: '{shown}'.", param=shown, code="unknown_parameter")

    def bad_image(self, name: str, supported: Sequence[str], found: str | None, limit: int) -> ApiError:
        return InvalidRequest(
            f"Invalid file '{name}': unsupported mimetype ('{found or 'application/octet-stream'}'). "
            f"Supported file formats are {listed(supported, 'and')}.",
            param=name,
            code="unsupported_file_mimetype",
        )

    def image_too_large(self, name: str, limit: int) -> ApiError:
        return InvalidRequest(
            f"Invalid file '{name}': file too large. Expected less than {limit // 2**20} MB.",
            param=name,
            code="file_above_max_size",
        )

    def not_a_file(self, name: str) -> ApiError:
        wanted = "a file" if name == "mask" else "one of an array of files or file"
        return InvalidRequest(
            f"Invalid type for '{name}': expected {wanted}, but got a string instead.",
            param=name,
            code="invalid_type",
        )

    def too_many_images(self, name: str, maximum: int, count: int) -> ApiError:
        return InvalidRequest(
            f"Invalid '{name}': array too long. Expected an array with maximum length {maximum}, but got an "
            f"array with length {count} instead.",
            param=name,
            code="array_above_max_length",
        )

    def flagged(self, where: Flagged, categories: Sequence[str], request_id: str) -> ApiError:
        """Clients read the request id and the list of violations out of this sentence."""
        return InvalidRequest(
            "Your request was rejected by the safety system. If you believe this is an error, contact us at "
            f"help.openai.com and include the request ID {request_id}. "
            f"safety_violations=[{', '.join(categories)}].",
            code="moderation_blocked",
            type=IMAGE_USER_ERROR,
        )
