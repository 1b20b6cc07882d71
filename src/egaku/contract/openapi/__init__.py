"""The OpenAPI document, made from the same tables of rules that judge requests.

All that answers is in it, but for the web app's own files and session and for Azure's way to poll. It is held
against the server by tests/api/test_schemathesis.py, and against its routes by tests/api/test_schema.py.
"""

from __future__ import annotations

from egaku.contract.openapi.images import image_paths, image_schemas
from egaku.contract.openapi.jobs import job_paths, job_schemas
from egaku.contract.openapi.organization import organization_paths, organization_schemas
from egaku.contract.openapi.parts import ERROR, Document, error_responses
from egaku.contract.openapi.review import review_paths, review_schemas
from egaku.contract.openapi.service import service_paths, service_schemas

TAGS = {
    "images": "Create, edit and vary pictures; delete them.",
    "jobs": "Pictures that are drawn while nobody waits: `Prefer: respond-async` on any of the three.",
    "models": "The names this server answers to.",
    "moderations": "Its filter, and reports of its mistakes.",
    "usage": "What was drawn.",
    "keys": "Keys, for administrators.",
    "operations": "For whoever runs the server.",
}


def openapi(version: str) -> Document:
    """The whole document, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "egaku",
            "version": version,
            "description": "OpenAI's Image API, self-hosted.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": {
            **image_paths(),
            **job_paths(),
            **service_paths(),
            **organization_paths(),
            **review_paths(),
        },
        "components": {
            "schemas": {
                "Error": ERROR,
                **image_schemas(),
                **job_schemas(),
                **service_schemas(),
                **organization_schemas(),
                **review_schemas(),
            },
            "responses": error_responses(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        # Until its first key is made, a server on loopback draws for whoever asks.
        "security": [{}, {"key": []}],
    }
