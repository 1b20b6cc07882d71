"""Keys as the admin endpoints show them: OpenAI's objects, and this server's limits beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from egaku.contract.errors import NotFound

ADMIN_OBJECT = "organization.admin_api_key"
OBJECT = "organization.project.api_key"


def key_object(fields: Mapping[str, Any], *, is_admin: bool, prefix: str) -> dict[str, Any]:
    """One key. `fields`: those of the record; `prefix` is what every secret begins with."""
    shown = {
        "object": ADMIN_OBJECT if is_admin else OBJECT,
        "id": fields["id"],
        "name": fields["name"],
        "redacted_value": f"{prefix}...{fields['hint']}",
        "created_at": fields["created_at"],
        "last_used_at": fields["last_used_at"],
        "expires_at": None,
        "owner": _owner(fields, is_admin=is_admin),
    }
    if is_admin:
        return shown
    limits = (
        "images_per_minute", "images_per_day", "images_per_month", "max_concurrent", "models", "organization",
        "user", "moderation",
    )  # fmt: skip
    return {**shown, "owner_project_access": "active", **{name: fields[name] for name in limits}}


def _owner(fields: Mapping[str, Any], *, is_admin: bool) -> dict[str, Any]:
    """Whoever the key was made for, as far as it was said."""
    name = fields["user"] or fields["name"]
    user = {"id": name, "name": name, "created_at": fields["created_at"]}
    if is_admin:
        return {"type": "user", "object": "organization.user", "role": "owner", **user}
    return {"type": "user", "user": {**user, "role": "member"}}


def key_deleted(identifier: str, *, is_admin: bool) -> dict[str, Any]:
    """What is said of a key that was revoked."""
    kind = ADMIN_OBJECT if is_admin else OBJECT
    return {"object": f"{kind}.deleted", "id": identifier, "deleted": True}


def no_such_key(identifier: str) -> NotFound:
    """For ids nobody has, revoked keys, and keys of the other kind."""
    return NotFound(f"No API key found with id '{identifier[:64]}'.", param="key_id", code="not_found")
