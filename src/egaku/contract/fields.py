"""Kinds of request fields: each reads one value from JSON or from a form, or raises in the dialect's words.

`read` gets the raw value (never None: null and absent are dealt with by the caller) and returns it typed.
In a form every value is a string, so numbers and booleans are converted; in JSON a string is a type fault.
`schema` is the kind's JSON Schema, from which the served OpenAPI document is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.sizes import (
    FREE_SIZE,
    MAX_LONG,
    MAX_RATIO,
    MAX_SHORT,
    MIN_SIDE,
    MULTIPLE,
    Size,
    parse_size,
)
from egaku.contract.wording import IMAGE_USER_ERROR, Wording, echo, listed

DIGITS = re.compile(r"[+-]?[0-9]{1,20}")
DECIMAL = re.compile(r"[+-]?([0-9]{1,20}(\.[0-9]{0,20})?|\.[0-9]{1,20})([eE][+-]?[0-9]{1,3})?")
IMAGE_SIZE = "image-size"
"""Name of the format of a free size in the schema."""

Schema = dict[str, Any]


class Kind(Protocol):
    """What a field may hold."""

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> Any: ...
    def schema(self) -> Schema: ...


@dataclass(frozen=True, slots=True)
class Text:
    """A string of `minimum` … `maximum` characters (Unicode code points)."""

    maximum: int
    minimum: int = 0

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> str:
        if not isinstance(value, str):
            raise wording.wrong_type(name, "string", value)
        if len(value) < self.minimum:
            raise wording.empty(name)
        if len(value) > self.maximum:
            raise wording.too_long(name, self.maximum, value)
        return value

    def schema(self) -> Schema:
        return {"type": "string", "minLength": self.minimum, "maxLength": self.maximum}


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, both bounds inclusive."""

    minimum: int
    maximum: int
    only: int | None = None
    """The one value within bounds that a model takes, if it takes but one."""
    why_only: str = ""
    """What it says of the others."""

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> int:
        number = self._convert(name, value, wording, form=form)
        if number < self.minimum:
            raise wording.too_small(name, self.minimum, number)
        if number > self.maximum:
            raise wording.too_large(name, self.maximum, number)
        if self.only is not None and number != self.only:
            raise InvalidRequest(self.why_only)
        return number

    @staticmethod
    def _convert(name: str, value: object, wording: Wording, *, form: bool) -> int:
        if form and isinstance(value, str):
            if not DIGITS.fullmatch(value.strip()):
                raise wording.not_a_number(name, "integer", value)
            return int(value)
        if isinstance(value, float) and value.is_integer():
            return int(value)  # 1.0 is an integer to JSON Schema, and to languages with one kind of number
        if isinstance(value, bool) or not isinstance(value, int):
            raise wording.wrong_type(name, "integer", value)
        return value

    def schema(self) -> Schema:
        low, high = (self.minimum, self.maximum) if self.only is None else (self.only, self.only)
        return {"type": "integer", "minimum": low, "maximum": high}


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, both bounds inclusive."""

    minimum: float
    maximum: float

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> float:
        if form and isinstance(value, str):
            if not DECIMAL.fullmatch(value.strip()):
                raise wording.not_a_number(name, "number", value)
            value = float(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wording.wrong_type(name, "number", value)
        if not value >= self.minimum:  # nor is NaN, which a command line may bring
            raise wording.too_small(name, self.minimum, value)
        if value > self.maximum:
            raise wording.too_large(name, self.maximum, value)
        return float(value)

    def schema(self) -> Schema:
        return {"type": "number", "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean; `true` and `false` in any case in a form."""

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> bool:
        if form and isinstance(value, str) and value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        if not isinstance(value, bool):
            raise wording.wrong_type(name, "boolean", value)
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words. `silent` ones are accepted but not named in the error, as the old API did."""

    named: tuple[str, ...]
    silent: tuple[str, ...] = ()

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> str:
        if not isinstance(value, str):
            raise wording.wrong_type(name, _expected(wording, self.named), value)
        if value not in self.named and value not in self.silent:
            raise wording.not_one_of(name, self.named, value)
        return value

    def schema(self) -> Schema:
        return {"type": "string", "enum": [*self.named, *self.silent]}


def _expected(wording: Wording, choices: tuple[str, ...]) -> str:
    # The typed era lists the choices where a word was expected; the legacy validator says 'string'.
    return "string" if wording.keys[0] == "code" else f"one of {listed(choices, 'or')}"


@dataclass(frozen=True, slots=True)
class FixedSize:
    """One of the model's sizes. `named` is what the era's error lists, which may be more."""

    allowed: tuple[str, ...]
    named: tuple[str, ...] = ()

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> Size | None:
        named = self.named or self.allowed
        if not isinstance(value, str):
            raise wording.wrong_type(name, _expected(wording, named), value)
        if value in self.allowed:
            return parse_size(value)
        if value in named:
            raise InvalidRequest("The size is not supported by this model.", code="invalid_size")
        raise wording.not_one_of(name, named, value)

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.allowed)}


@dataclass(frozen=True, slots=True)
class FreeSize:
    """`auto`, or any WxH within sizes.py's bounds (gpt-image-2 and newer)."""

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> Size | None:
        if not isinstance(value, str):
            raise wording.wrong_type(name, "string", value)
        if value == "auto":
            return None
        size = parse_size(value)
        if size is None:
            raise self._fault(name, value, "Expected WIDTHxHEIGHT, for example '1824x1024'.")
        long, short = max(size), min(size)
        if size.width % MULTIPLE or size.height % MULTIPLE:
            raise self._fault(name, value, f"Width and height must both be divisible by {MULTIPLE}.")
        if long > MAX_RATIO * short:
            raise self._fault(
                name, value, f"The longer side must be at most {MAX_RATIO} times the shorter side."
            )
        if short < MIN_SIDE:
            raise self._fault(name, value, f"The smallest supported size is {MIN_SIDE}x{MIN_SIDE}.")
        if long > MAX_LONG or short > MAX_SHORT:
            raise self._fault(name, value, f"The largest supported size is {MAX_LONG}x{MAX_SHORT}.")
        return size

    @staticmethod
    def _fault(name: str, value: str, why: str) -> ApiError:
        shown = echo(value)[1:-1]
        return InvalidRequest(
            f"Invalid size '{shown}'. {why}", param=name, code="invalid_value", type=IMAGE_USER_ERROR
        )

    def schema(self) -> Schema:
        # What else there is to it no JSON Schema can say; `format` marks it for tools that know.
        return {
            "type": "string",
            "format": IMAGE_SIZE,
            "pattern": f"^(auto|{FREE_SIZE.pattern})$",
            "examples": ["auto", "1024x1024", "1824x1024"],
        }


@dataclass(frozen=True, slots=True)
class Never:
    """A switch this dialect knows but cannot turn on: false is fine, true is refused with the reason."""

    why: str

    def read(self, name: str, value: object, wording: Wording, *, form: bool) -> bool:
        if Flag().read(name, value, wording, form=form):
            raise InvalidRequest(self.why, param=name, code="unsupported_value")
        return False

    def schema(self) -> Schema:
        return {"type": "boolean", "enum": [False]}


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a dialect's table: a name on the wire, what it may hold, and what its absence means."""

    name: str
    kind: Kind
    default: Any = None
    """Already typed, as `read` would return it."""
    required: bool = False
    help: str = ""
