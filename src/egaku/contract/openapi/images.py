"""The three image endpoints in the OpenAPI document.

A body is valid when the dialect its `model` names takes it, so each endpoint lists the dialects one by one
and `model` keeps them apart.
"""

from __future__ import annotations

from egaku.contract.dialects import (
    DIALECTS,
    GPT2,
    GPT2_NAME,
    GPT_NAME,
    LEGACY,
    LOCAL,
    Dialect,
    Operation,
    dialect_of,
)
from egaku.contract.fields import Field
from egaku.contract.models import DIALECT_NAMES
from egaku.contract.moderations import DATA_URL
from egaku.contract.openapi.parts import (
    COUNT,
    JSON,
    TEXT,
    Document,
    answer,
    header,
    members,
    operation,
    parameter,
    ref,
)
from egaku.contract.responses import EVENT_PREFIX

FORM = "multipart/form-data"

TOKENS: Document = members({"text_tokens": COUNT, "image_tokens": COUNT})
IMAGES: Document = members(
    {
        "created": {"type": "integer", "description": "Unix time, seconds."},
        "data": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "url": {"type": "string", "format": "uri"},
                    "b64_json": TEXT,
                    "revised_prompt": TEXT,
                },
                "oneOf": [{"required": ["url"]}, {"required": ["b64_json"]}],
            },
        },
        "background": {"enum": ["transparent", "opaque"]},
        "output_format": {"enum": ["png", "jpeg", "webp"]},
        "quality": TEXT,
        "size": TEXT,
        "usage": members(
            {
                "total_tokens": COUNT,
                "input_tokens": COUNT,
                "output_tokens": COUNT,
                "input_tokens_details": TOKENS,
                "output_tokens_details": TOKENS,
            }
        ),
    },
    optional=("background", "output_format", "quality", "size", "usage"),
)

TOGETHER = (
    "A transparent background needs png or webp, output_compression below 100 needs jpeg or webp, and "
    "partial_images needs stream."
)

EVENT: Document = {
    "type": "object",
    "description": "One server-sent event of a gpt-image model, with `stream`.",
    "required": ["event", "data"],
    "properties": {
        "event": {
            "enum": [
                *(
                    f"{prefix}.{stage}"
                    for prefix in EVENT_PREFIX.values()
                    for stage in ("partial_image", "completed")
                ),
                "error",
            ]
        },
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}

PICTURE: Document = {"type": "string", "format": "binary", "contentMediaType": "image/png"}
INLINE: Document = {"type": "string", "format": DATA_URL, "description": "A picture as data: URL in base64."}
HOLE = "Transparent (alpha 0) where to edit."

SUMMARIES = {
    Operation.GENERATIONS: "Create images from a prompt",
    Operation.EDITS: "Edit an image where it, or its mask, is transparent",
    Operation.VARIATIONS: "Make variations of an image",
}

PARAMETERS = [
    parameter(
        "Prefer",
        "header",
        "`respond-async`: a background job, and its address at once (docs/jobs.md). Others are not heard.",
        {"anyOf": [{"const": "respond-async"}, TEXT]},
    ),
    parameter(
        "Idempotency-Key",
        "header",
        "Unique to this request: sent again with it, nothing is drawn twice (docs/jobs.md).",
        {"type": "string", "pattern": "^[!-~]{1,255}$"},
    ),
]

HEADERS: Document = {
    "x-request-id": header("To find it in the server's log, or to report a refusal."),
    "openai-processing-ms": header("Milliseconds it took."),
    "x-egaku-seed": header("The seed used.", COUNT),
    "x-egaku-ignored-parameters": header("Names of what was sent and did nothing."),
    "x-egaku-withheld-images": header("Pictures that moderation kept back.", COUNT),
    "x-ratelimit-limit-images": header("Images the caller may draw in a minute.", COUNT),
    "x-ratelimit-remaining-images": header("Those left.", COUNT),
    "x-ratelimit-reset-images": header("Seconds until all are there again, as `12s`."),
    "idempotent-replayed": header("`true`: this answer was given before.", {"const": "true"}),
}
ACCEPTED_HEADERS: Document = {
    **HEADERS,
    "location": header("The job's address.", {"type": "string", "format": "uri"}),
    "preference-applied": header("That `Prefer` was heard.", {"const": "respond-async"}),
}


def image_schemas() -> Document:
    """Named schemas."""
    return {"Images": IMAGES}


def image_paths() -> Document:
    """The three endpoints."""
    return {f"/v1/images/{operation}": {"post": _endpoint(operation)} for operation in Operation}


def _endpoint(which: Operation) -> Document:
    content: Document = {}
    if which is not Operation.GENERATIONS:
        content[FORM] = {"schema": _schema(which, is_form=True)}
    if which is not Operation.VARIATIONS:
        content[JSON] = {"schema": _schema(which, is_form=False)}
    pictures = answer("The pictures.", ref("Images"), HEADERS)
    if which in EVENT_PREFIX:
        pictures["content"]["text/event-stream"] = {"schema": EVENT}
    return operation(
        f"create_{which}",
        SUMMARIES[which],
        "images",
        {"200": pictures, "202": answer("With `Prefer: respond-async`.", ref("Job"), ACCEPTED_HEADERS)},
        errors=(401, 429, 507),
        parameters=PARAMETERS,
        requestBody={"required": True, "content": content},
    )


def _schema(which: Operation, *, is_form: bool) -> Document:
    schemas = [
        _dialect_schema(which, dialect, is_form=is_form) for dialect in DIALECTS if which in dialect.fields
    ]
    return {"oneOf": schemas}


def _dialect_schema(which: Operation, dialect: Dialect, *, is_form: bool) -> Document:
    fields = dialect.fields[which]
    properties = {field.name: _property(field, nullable=not is_form) for field in fields}
    required = [field.name for field in fields if field.required]
    properties["model"] = _model_name(dialect, nullable=not is_form)
    if dialect is not LEGACY:
        required.append("model")
    if which is not Operation.GENERATIONS:
        uploads = _form_pictures(which, dialect) if is_form else _inline_pictures(dialect)
        properties |= uploads
        required.append(next(iter(uploads)))
    return {
        "title": f"{dialect.name} {which}",
        "description": TOGETHER,
        "type": "object",
        "properties": properties,
        "required": required,
        # Tools that handle schemas of forms with files do not get along with conditions on them.
        **({} if is_form else {"allOf": _together(properties)}),
        "additionalProperties": _others(dialect, is_form=is_form),
    }


def _form_pictures(which: Operation, dialect: Dialect) -> Document:
    uploads: Document = {"image": {**PICTURE, "description": "The picture to work on."}}
    if dialect.images.max_count > 1:
        uploads["image[]"] = {
            "type": "array",
            "items": PICTURE,
            "maxItems": dialect.images.max_count - 1,
            "description": "Further pictures, or all of them instead of `image`. The first is worked on; the "
            "others are named in `x-egaku-ignored-parameters`.",
        }
    if which is Operation.EDITS:
        uploads["mask"] = {**PICTURE, "description": HOLE}
    return uploads


def _inline_pictures(dialect: Dialect) -> Document:
    holder = {
        "type": "object",
        "properties": {"image_url": INLINE},
        "required": ["image_url"],
        "additionalProperties": False,
    }
    one = {"oneOf": [holder, INLINE]}
    most = dialect.images.max_count
    return {
        "images": {"type": "array", "items": one, "minItems": 1, "maxItems": most},
        "mask": {"anyOf": [*one["oneOf"], {"type": "null"}], "description": HOLE},
    }


def _model_name(dialect: Dialect, *, nullable: bool) -> Document:
    """The names that mean this dialect."""
    if dialect is LEGACY:
        return {"enum": ["", None] if nullable else [""], "description": "No model: the API of 2022."}
    listed = [name for name in DIALECT_NAMES if dialect_of(name) is dialect]
    if dialect is LOCAL:
        older = "|".join(name for name in DIALECT_NAMES if name.startswith("dall-e"))
        return {
            "type": "string",
            "maxLength": 1000,
            "pattern": f"^(?!({older})$|{GPT_NAME})[\\s\\S]",
            "description": "Any other name: the served model.",
        }
    if not dialect.always_base64:
        return {"type": "string", "enum": listed}
    newer = f"^{GPT2_NAME}" if dialect is GPT2 else f"^(?!{GPT2_NAME}){GPT_NAME}"
    return {"type": "string", "maxLength": 1000, "pattern": newer, "examples": listed}


def _together(properties: Document) -> list[Document]:
    """Rules about two fields at once, each as: this, or that."""
    rules: list[tuple[Document, Document]] = [
        (
            {"background": {"enum": ["opaque", "auto", None]}},
            {"output_format": {"enum": ["png", "webp", None]}},
        ),
        ({"output_compression": {"enum": [100, None]}}, {"output_format": {"enum": ["jpeg", "webp"]}}),
    ]
    if "partial_images" in properties:
        rules.append(({"partial_images": {"enum": [0, None]}}, {"stream": {"const": True}}))
    return [{"anyOf": [{"properties": this}, _where(that)]} for this, that in rules]


def _where(properties: Document) -> Document:
    """These properties, present unless null would do."""
    present = [name for name, schema in properties.items() if None not in schema.get("enum", [])]
    return {"properties": properties, **({"required": present} if present else {})}


def _others(dialect: Dialect, *, is_form: bool) -> Document | bool:
    """Names beyond those listed: refused in the typed era, ignored (and reported in a header) before."""
    if not dialect.ignores_unknown:
        return False
    return {"type": "string"} if is_form else True


def _property(field: Field, *, nullable: bool) -> Document:
    schema = {**field.kind.schema(), "description": field.help}
    if field.default is not None:
        schema["default"] = str(field.default) if isinstance(field.default, tuple) else field.default
    if field.required:
        return schema
    # Null means absent in JSON, an empty string in a form.
    return {"anyOf": [schema, {"type": "null"} if nullable else {"type": "string", "maxLength": 0}]}
