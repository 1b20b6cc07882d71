"""The OpenAPI document, made from the same table of rules that judges requests.

A body is valid when the dialect its `model` names takes it, so each endpoint lists the dialects one by one
and `model` keeps them apart. gpt-image-2's free sizes are the one thing JSON Schema cannot say: that dialect
answers but is not listed. tests/api/test_schemathesis.py holds the document against the server.
"""

from __future__ import annotations

from typing import Any

from egaku.contract.dialects import DALLE2, DALLE3, GPT, LEGACY, LOCAL, Dialect, Operation, dialect_of
from egaku.contract.fields import Field
from egaku.contract.models import DIALECT_NAMES
from egaku.contract.responses import EVENT_PREFIX

Document = dict[str, Any]

ERROR: Document = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "param", "code"],
            "additionalProperties": False,
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}

IMAGES: Document = {
    "type": "object",
    "required": ["created", "data"],
    "properties": {
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
                    "b64_json": {"type": "string"},
                    "revised_prompt": {"type": "string"},
                },
                "oneOf": [{"required": ["url"]}, {"required": ["b64_json"]}],
            },
        },
        "background": {"enum": ["transparent", "opaque"]},
        "output_format": {"enum": ["png", "jpeg", "webp"]},
        "quality": {"type": "string"},
        "size": {"type": "string"},
        "usage": {"type": "object"},
    },
}

MODEL: Document = {
    "type": "object",
    "required": ["id", "object", "created", "owned_by"],
    "properties": {
        "id": {"type": "string"},
        "object": {"const": "model"},
        "created": {"type": "integer"},
        "owned_by": {"type": "string"},
        "shutdown_date": {"type": ["integer", "null"]},
    },
}

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

SUMMARIES = {
    Operation.GENERATIONS: "Create images from a prompt",
    Operation.EDITS: "Edit an image where it, or its mask, is transparent",
    Operation.VARIATIONS: "Make variations of an image",
}


def openapi(version: str) -> Document:
    """The whole document, OpenAPI 3.1."""
    paths: Document = {f"/v1/images/{operation}": {"post": _endpoint(operation)} for operation in Operation}
    paths["/v1/models"] = {"get": _models()}
    paths["/v1/models/{model}"] = {"get": _model()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "egaku",
            "version": version,
            "description": "OpenAI's Image API, self-hosted.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR, "Images": IMAGES, "Model": MODEL},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"key": []}],
    }


def _endpoint(operation: Operation) -> Document:
    media = "application/json" if operation is Operation.GENERATIONS else "multipart/form-data"
    return {
        "operationId": f"create_{operation}",
        "summary": SUMMARIES[operation],
        "requestBody": {"required": True, "content": {media: {"schema": _schema(operation)}}},
        "responses": {
            "200": {
                "description": "The pictures.",
                "content": {
                    "application/json": {"schema": _ref("Images")},
                    "text/event-stream": {"schema": EVENT},
                },
            },
            **_errors(400, 401, 405, 429, 500, 503),
        },
    }


def _schema(operation: Operation) -> Document:
    listed = (LEGACY, DALLE2, DALLE3, LOCAL, GPT)
    schemas = [_dialect_schema(operation, dialect) for dialect in listed if operation in dialect.fields]
    return {"oneOf": schemas}


def _dialect_schema(operation: Operation, dialect: Dialect) -> Document:
    fields = dialect.fields[operation]
    is_form = operation is not Operation.GENERATIONS
    properties = {field.name: _property(field, nullable=not is_form) for field in fields}
    required = [field.name for field in fields if field.required]
    properties["model"] = _model_name(dialect, nullable=not is_form)
    if dialect is not LEGACY:
        required.append("model")
    if is_form:
        properties["image"] = {**PICTURE, "description": "The picture to work on."}
        required.append("image")
    if operation is Operation.EDITS:
        properties["mask"] = {**PICTURE, "description": "Transparent (alpha 0) where to edit."}
    return {
        "title": f"{dialect.name} {operation}",
        "description": TOGETHER,
        "type": "object",
        "properties": properties,
        "required": required,
        # Tools that handle schemas of forms with files do not get along with conditions on them.
        **({} if is_form else {"allOf": _together(properties)}),
        "additionalProperties": _others(dialect, is_form=is_form),
    }


def _model_name(dialect: Dialect, *, nullable: bool) -> Document:
    """The names that mean this dialect."""
    if dialect is LEGACY:
        return {"enum": ["", None] if nullable else [""], "description": "No model: the API of 2022."}
    if dialect is LOCAL:
        listed = "|".join(name for name in DIALECT_NAMES if name.startswith("dall-e"))
        return {
            "type": "string",
            "maxLength": 1000,
            "pattern": f"^(?!({listed})$|(chat)?gpt-image)[\\s\\S]",
            "description": "Any other name: the served model.",
        }
    return {"type": "string", "enum": [name for name in DIALECT_NAMES if dialect_of(name) is dialect]}


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


def _models() -> Document:
    listed = {"type": "array", "items": _ref("Model")}
    schema = {
        "type": "object",
        "required": ["object", "data"],
        "properties": {"object": {"const": "list"}, "data": listed},
    }
    return {
        "operationId": "list_models",
        "summary": "List models",
        "responses": {
            "200": {"description": "The models.", "content": {"application/json": {"schema": schema}}},
            **_errors(401, 405, 500),
        },
    }


def _model() -> Document:
    return {
        "operationId": "retrieve_model",
        "summary": "Retrieve a model",
        "parameters": [
            {"name": "model", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        ],
        "responses": {
            "200": {"description": "It.", "content": {"application/json": {"schema": _ref("Model")}}},
            **_errors(401, 404, 405, 500),
        },
    }


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _errors(*statuses: int) -> Document:
    return {
        str(status): {
            "description": "An error.",
            "content": {"application/json": {"schema": _ref("Error")}},
        }
        for status in statuses
    }
