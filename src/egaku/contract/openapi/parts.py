"""What the pages of the document have in common: answers, errors, lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from egaku.contract.errors import ApiError
from egaku.contract.pages import DEFAULT_LIMIT, MAX_LIMIT, ORDERS

Document = dict[str, Any]

JSON = "application/json"
TEXT: Document = {"type": "string"}
COUNT: Document = {"type": "integer", "minimum": 0}
TIME: Document = {"type": "integer", "description": "Unix time, seconds."}
TIME_OR_NULL: Document = {"type": ["integer", "null"], "description": "Unix time, seconds."}
TEXT_OR_NULL: Document = {"type": ["string", "null"]}

ANY_TIME = (400, 403, 405, 408, 431, 500, 503)
"""What any path can answer: a request that is no HTTP, a page that may not call, a server that stops."""
NEEDS_ADMIN: list[Document] = [{"key": []}]
"""Security of what administers: a key even where drawing needs none."""


def members(properties: Document, optional: Sequence[str] = ()) -> Document:
    """An object with these members and no others, all of them there unless `optional`."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def array(items: Document) -> Document:
    """A list of these."""
    return {"type": "array", "items": items}


def page_of(items: Document) -> Document:
    """One page of a list, in OpenAI's shape."""
    return members(
        {
            "object": {"const": "list"},
            "data": array(items),
            "first_id": TEXT_OR_NULL,
            "last_id": TEXT_OR_NULL,
            "has_more": {"type": "boolean"},
        }
    )


def deleted(kind: str) -> Document:
    """What is said of something that is gone."""
    return members({"id": TEXT, "object": {"const": kind}, "deleted": {"const": True}})


def ref(name: str) -> Document:
    """A schema of this document."""
    return {"$ref": f"#/components/schemas/{name}"}


def body(schema: Document, media: str = JSON) -> Document:
    """Content of one media type."""
    return {media: {"schema": schema}}


def operation(
    name: str,
    summary: str,
    tag: str,
    success: Mapping[str, Document],
    errors: Sequence[int] = (),
    **further: Any,
) -> Document:
    """One thing that can be done; `errors` are the statuses beyond those that any path can answer."""
    statuses = sorted({*ANY_TIME, *errors})
    failures = {
        str(status): {"$ref": f"#/components/responses/{_name(status)}"}
        for status in statuses
        if str(status) not in success
    }
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        **further,
        "responses": {**success, **failures},
    }


def administered(
    name: str, summary: str, tag: str, success: Document, *, errors: Sequence[int] = (), **further: Any
) -> Document:
    """Likewise for administrators."""
    return operation(
        name, summary, tag, {"200": success}, errors=(401, *errors), security=NEEDS_ADMIN, **further
    )


def answer(description: str, schema: Document, headers: Document | None = None) -> Document:
    """A success in JSON."""
    return {"description": description, "content": body(schema), **({"headers": headers} if headers else {})}


def header(description: str, schema: Document | None = None) -> Document:
    """A header that may come with an answer."""
    return {"description": description, "schema": schema or TEXT}


def parameter(name: str, where: str, description: str, schema: Document, **further: Any) -> Document:
    """A parameter; those in the path are required."""
    required = {"required": True} if where == "path" else {}
    return {"name": name, "in": where, "description": description, "schema": schema, **required, **further}


def choice(name: str, description: str, values: Sequence[str], **further: Any) -> Document:
    """A parameter of a query that has one of these values."""
    return parameter(name, "query", description, {"enum": list(values), **further})


def page_parameters(*names: str) -> list[Document]:
    """Of pages.parse_page, those that this list knows."""
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    known = {
        "after": parameter("after", "query", "The page before's `last_id`.", TEXT),
        "limit": parameter("limit", "query", "Most on this page.", limit),
        "order": choice("order", "By age: the oldest first, or last.", ORDERS, default=ORDERS[0]),
    }
    return [known[name] for name in names]


ERROR: Document = members(
    {"error": members({"message": TEXT, "type": TEXT, "param": TEXT_OR_NULL, "code": TEXT_OR_NULL})}
)

ERROR_HEADERS: Document = {
    "retry-after": header("Seconds after which trying again makes sense.", COUNT),
    "retry-after-ms": header("The same in milliseconds, where it is known.", COUNT),
    "x-should-retry": header("`false` where it never does.", {"const": "false"}),
}


def error_responses() -> Document:
    """One answer for each status an error can have, in the words of the classes that have it."""
    found: dict[int, list[str]] = {}
    for kind in _kinds(ApiError):
        found.setdefault(kind.status, []).append((kind.__doc__ or kind.__name__).partition("\n")[0])
    return {
        _name(status): {
            "description": " Or: ".join(words),
            "headers": ERROR_HEADERS,
            "content": body(ref("Error")),
        }
        for status, words in sorted(found.items())
    }


def _kinds(kind: type[ApiError]) -> Iterator[type[ApiError]]:
    for one in kind.__subclasses__():
        # An engine room's own errors travel as one of the contract's.
        if one.__module__ == ApiError.__module__:
            yield one
            yield from _kinds(one)


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")
