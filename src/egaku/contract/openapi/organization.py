"""Keys and usage in the OpenAPI document."""

from __future__ import annotations

from pydantic import TypeAdapter

from egaku.contract.key_objects import ADMIN_OBJECT, OBJECT
from egaku.contract.keys import ADMIN_FIELDS, KeyFields
from egaku.contract.openapi.parts import (
    COUNT,
    NEEDS_ADMIN,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    TIME_OR_NULL,
    Document,
    administered,
    answer,
    array,
    body,
    deleted,
    members,
    operation,
    page_of,
    page_parameters,
    parameter,
    ref,
)
from egaku.contract.usage_report import (
    DEFAULT_BUCKETS,
    GROUPS,
    LISTS,
    MAX_BUCKETS,
    MAX_TIME,
    MAX_VALUES,
    PAGE,
    SIZE,
    SOURCES,
)

KEYS, ADMIN_KEYS = "/v1/organization/api_keys", "/v1/organization/admin_api_keys"

FIELDS: Document = TypeAdapter(KeyFields).json_schema()["properties"]
"""What a key can be told: the table that also judges it."""
OF_ADMINS: Document = {name: FIELDS[name] for name in ADMIN_FIELDS}
LIMITS: Document = {name: schema for name, schema in FIELDS.items() if name != "name"}

_OWNER: Document = {"id": TEXT, "name": TEXT, "created_at": TIME}
_ANY_KEY: Document = {
    "id": {"type": "string", "pattern": "^key_"},
    "name": TEXT,
    "redacted_value": TEXT,
    "created_at": TIME,
    "last_used_at": TIME_OR_NULL,
    "expires_at": TIME_OR_NULL,
}
KEY: Document = {
    "object": {"const": OBJECT},
    **_ANY_KEY,
    "owner": members({"type": {"const": "user"}, "user": members({**_OWNER, "role": TEXT})}),
    "owner_project_access": {"const": "active"},
    **LIMITS,
}
ADMIN_KEY: Document = {
    "object": {"const": ADMIN_OBJECT},
    **_ANY_KEY,
    "owner": members({"type": {"const": "user"}, "object": TEXT, "role": TEXT, **_OWNER}),
}
SECRET: Document = {"value": {"type": "string", "description": "The key itself, shown this once."}}

USED: Document = members(
    {"images": {"type": ["integer", "null"], "description": "Null: no limit."}, "used": COUNT}
)
OWN_USAGE: Document = members(
    {
        "object": {"const": "usage"},
        "day": {"type": "string", "format": "date", "description": "Today, in UTC."},
        "images_today": COUNT,
        "images_this_month": COUNT,
        "limits": members(dict.fromkeys(("minute", "day", "month", "under_way"), USED)),
    }
)
RESULT: Document = members(
    {
        "object": {"const": "organization.usage.images.result"},
        "images": COUNT,
        "num_model_requests": COUNT,
        "project_id": {"type": "null"},
        **dict.fromkeys(GROUPS, TEXT_OR_NULL),
    }
)
REPORT: Document = members(
    {
        "object": {"const": "page"},
        "data": array(
            members(
                {
                    "object": {"const": "bucket"},
                    "start_time": TIME,
                    "end_time": TIME,
                    "results": array(RESULT),
                }
            )
        ),
        "has_more": {"type": "boolean"},
        "next_page": TEXT_OR_NULL,
    }
)


def organization_schemas() -> Document:
    """Named schemas."""
    return {"Key": members(KEY), "AdminKey": members(ADMIN_KEY), "Usage": OWN_USAGE, "UsageReport": REPORT}


def organization_paths() -> Document:
    """Usage, one's own and everybody's, and the administration of keys."""
    own = {"200": answer("Counts, and what is allowed.", ref("Usage"))}
    return {
        "/v1/usage": {
            "get": operation(
                "read_own_usage", "What one has drawn, and one's limits", "usage", own, errors=(401,)
            )
        },
        "/v1/organization/usage/images": {"get": _report()},
        **_keys(KEYS, "key", "Key", KEY, FIELDS),
        **_keys(ADMIN_KEYS, "admin_key", "AdminKey", ADMIN_KEY, OF_ADMINS),
    }


def _keys(path: str, noun: str, schema: str, shown: Document, fields: Document) -> Document:
    words = noun.replace("_", " ")
    identifier = [parameter("id", "path", "The key's id, not the key.", {"type": "string", "minLength": 1})]
    new = {"type": "object", "properties": fields, "required": ["name"], "additionalProperties": False}
    change = {"type": "object", "properties": fields, "minProperties": 1, "additionalProperties": False}
    return {
        path: {
            "get": administered(
                f"list_{noun}s",
                f"List {words}s in force",
                "keys",
                answer("A page of them.", page_of(ref(schema))),
                parameters=page_parameters("after", "limit", "order"),
            ),
            "post": administered(
                f"create_{noun}",
                f"Make a new {words}",
                "keys",
                answer("It, with its secret.", members({**shown, **SECRET})),
                requestBody={"required": True, "content": body(new)},
            ),
        },
        f"{path}/{{id}}": {
            "get": administered(
                f"retrieve_{noun}",
                f"Look at one {words}",
                "keys",
                answer("It.", ref(schema)),
                errors=(404,),
                parameters=identifier,
            ),
            "post": administered(
                f"update_{noun}",
                f"Change what the body mentions of one {words}; null takes a field back",
                "keys",
                answer("It as it is now.", ref(schema)),
                errors=(404,),
                parameters=identifier,
                requestBody={"required": True, "content": body(change)},
            ),
            "delete": administered(
                f"delete_{noun}",
                f"Revoke one {words}",
                "keys",
                answer("It is revoked.", deleted(f"{shown['object']['const']}.deleted")),
                errors=(404,),
                parameters=identifier,
            ),
        },
    }


def _report() -> Document:
    moment = {"type": "integer", "minimum": 0, "maximum": MAX_TIME}
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_BUCKETS, "default": DEFAULT_BUCKETS}
    words: dict[str, Document] = {
        "group_by": {"enum": list(GROUPS)},
        "sources": {"enum": list(SOURCES)},
        "sizes": {"type": "string", "pattern": f"^{SIZE}$"},
    }
    lists = [
        parameter(name, "query", "Repeated.", {**array(words.get(name, TEXT)), "maxItems": MAX_VALUES})
        for name in LISTS
    ]
    return operation(
        "read_usage",
        "Everybody's usage: a page of buckets, one per UTC day",
        "usage",
        {"200": answer("The page.", ref("UsageReport"))},
        errors=(401,),
        security=NEEDS_ADMIN,
        parameters=[
            parameter("start_time", "query", "Unix time, seconds.", moment, required=True),
            parameter("end_time", "query", "Unix time, seconds; now when absent.", moment),
            parameter("bucket_width", "query", "A day, always.", {"enum": ["1d"]}),
            parameter("limit", "query", "Buckets on this page.", limit),
            parameter(
                "page", "query", "The page before's `next_page`.", {"type": "string", "pattern": f"^{PAGE}$"}
            ),
            *lists,
        ],
    )
