"""What a key can be told: its fields, their ranges, and how a wrong one reads.

One table for `egaku keys`, the admin endpoints and the store.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from egaku.contract.errors import InvalidRequest

MAX_LIMIT = 1_000_000
MAX_QUOTA = 1_000_000_000

ModerationPolicy = Literal["strict", "standard", "low", "off"]
POLICIES: tuple[ModerationPolicy, ...] = ("strict", "standard", "low", "off")


def _whole(value: object) -> object:
    # 1.0 is an integer to JSON Schema, and to languages with one kind of number.
    return int(value) if isinstance(value, float) and value.is_integer() else value


Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
"""Of anything, without NUL, which PostgreSQL cannot store."""
Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT), BeforeValidator(_whole)]
Quota = Annotated[int, Field(ge=1, le=MAX_QUOTA), BeforeValidator(_whole)]


class KeyFields(TypedDict, total=False):
    """Fields of a key that can be set; None means the server's default, or nothing."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc]  # pydantic's own way

    name: Name
    images_per_minute: Limit | None
    images_per_day: Quota | None
    images_per_month: Quota | None
    max_concurrent: Limit | None
    models: Annotated[list[Name], Field(min_length=1, max_length=100)] | None
    organization: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,64}$")] | None
    user: Name | None
    moderation: ModerationPolicy | None


ADMIN_FIELDS = ("name", "user")
"""Of these, what a key that does not draw can be told."""

_FIELDS = TypeAdapter(KeyFields)
_UNKNOWN = "extra_forbidden"
"""Pydantic's word for a field that is not in the table."""


def parse_key_fields(body: object, *, new: bool) -> KeyFields:
    """The fields in a request's JSON body. Raises InvalidRequest naming the first wrong one.

    `new`: a key that is being made needs a name; one that is being changed keeps what is not mentioned.
    """
    try:
        fields: Any = _FIELDS.validate_python(body)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        name = str(fault["loc"][0]) if fault["loc"] else ""
        if not name:
            raise InvalidRequest("We expected a JSON object as the body of your request.") from None
        # The name is the client's own text where it is unknown.
        shown = name[:100]
        if fault["type"] == _UNKNOWN:
            raise InvalidRequest(
                f"Unknown parameter: '{shown}'.", param=shown, code="unknown_parameter"
            ) from None
        raise InvalidRequest(
            f"Invalid value for '{shown}': {fault['msg']}.", param=shown, code="invalid_value"
        ) from None
    if "name" not in fields:
        if new:
            raise InvalidRequest(
                "Missing required parameter: 'name'.", param="name", code="missing_required_parameter"
            )
        if not fields:
            raise InvalidRequest("Nothing to change: give at least one field.")
    checked: KeyFields = fields
    return checked
