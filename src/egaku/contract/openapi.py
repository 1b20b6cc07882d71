"""The OpenAPI document, made from the same table of rules that judges requests.

One schema per endpoint joins what the dialects take: a body is valid when the dialect its `model` names takes
it, and the document lists those one by one (`oneOf` by dialect would hide the fields from generated clients,
so it is given only where the dialects really exclude each other).
"""

from __future__ import annotations

from typing import Any

from egaku.contract.dialects import DALLE2, DALLE3, GPT, LEGACY, Dialect, Operation
from egaku.contract.fields import Field

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
                    "text/event-stream": {"schema": {"type": "string"}},
                },
            },
            **_errors(400, 401, 405, 429, 500, 503),
        },
    }


def _schema(operation: Operation) -> Document:
    if operation is Operation.VARIATIONS:
        return _dialect_schema(operation, LEGACY, [None, "dall-e-2"])
    rows: list[tuple[Dialect, list[str | None]]] = [
        (LEGACY, [None]),
        (DALLE2, ["dall-e-2"]),
        (DALLE3, ["dall-e-3"]),
        (GPT, ["gpt-image-1", "gpt-image-1-mini"]),
    ]
    return {"oneOf": [_dialect_schema(operation, dialect, models) for dialect, models in rows]}


def _dialect_schema(operation: Operation, dialect: Dialect, models: list[str | None]) -> Document:
    fields = dialect.fields[operation]
    is_form = operation is not Operation.GENERATIONS
    properties = {field.name: _property(field, nullable=not is_form) for field in fields}
    required = [field.name for field in fields if field.required]
    named = [model for model in models if model]
    if named:
        properties["model"] = {"type": "string", "enum": named}
        if None not in models:
            required.append("model")
    else:
        del properties["model"]
    if is_form:
        properties["image"] = {**PICTURE, "description": "The picture to work on."}
        required.append("image")
    if operation is Operation.EDITS:
        properties["mask"] = {**PICTURE, "description": "Transparent (alpha 0) where to edit."}
    return {
        "title": f"{dialect.name} {operation}",
        "type": "object",
        "properties": properties,
        "required": required,
        # Unknown keys are ignored by the older dialects, but documented ones are all a client should send.
        "additionalProperties": False,
    }


def _property(field: Field, *, nullable: bool) -> Document:
    schema = {**field.kind.schema(), "description": field.help}
    if field.default is not None:
        schema["default"] = str(field.default) if isinstance(field.default, tuple) else field.default
    if nullable and not field.required:
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


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
