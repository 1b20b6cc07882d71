"""Manifest: what a picture's C2PA claim says. No prompt, no seed, no user, no file name.

Actions and ingredients follow C2PA 2.4, "Standard C2PA Assertions"; source types are terms of IPTC's Digital
Source Type vocabulary. docs/provenance.md says why which term was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from egaku import __version__

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHMIC = "algorithmicMedia"
COMPOSITE = "composite"
EDITED_BY_MODEL = "compositeWithTrainedAlgorithmicMedia"

SOURCE = "source"
"""What the uploaded picture is called: its own name is nobody's business."""

Act = Literal["generate", "edit", "vary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How a picture came about."""

    act: Act
    engine: str
    """Name of what drew it."""
    digital_source: str
    """IPTC's term for what that engine draws out of nothing, such as `trainedAlgorithmicMedia`."""

    @property
    def source_type(self) -> str:
        """The term for this picture, as a URI. Pixels of the upload may be in edits and variations."""
        if self.act == "edit":
            term = COMPOSITE if self.digital_source == ALGORITHMIC else EDITED_BY_MODEL
        elif self.act == "vary" and self.digital_source == ALGORITHMIC:
            term = COMPOSITE
        else:
            term = self.digital_source
        return SOURCE_TYPES + term


def manifest(origin: Origin, *, has_parent: bool, redactions: Sequence[str] = ()) -> dict[str, Any]:
    """The claim, as c2pa's Builder takes it.

    With a parent, its ingredient is to be added under the label SOURCE. `redactions` are the JUMBF URIs of
    those of its assertions that are left out; the claim lists them. Saying so a second time, as c2pa.redacted
    actions, is accepted by c2pa-rs and refused by another reader, so it is not said.
    """
    when = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    ingredient = {"parameters": {"ingredientIds": [SOURCE]}} if has_parent else {}
    made = {
        "digitalSourceType": origin.source_type,
        "softwareAgent": {"name": origin.engine, "version": __version__},
        "when": when,
    }
    actions: list[dict[str, Any]]
    if origin.act == "edit" and has_parent:
        actions = [{"action": "c2pa.opened", "when": when} | ingredient, {"action": "c2pa.edited"} | made]
    else:
        actions = [{"action": "c2pa.created"} | made | ingredient]
    return {
        "claim_generator_info": [{"name": "egaku", "version": __version__}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}, "created": True}],
        "redactions": list(redactions),
    }


def ingredient(origin: Origin, media_type: str) -> dict[str, Any]:
    """The uploaded picture's place in the claim: what was edited, or what a variation started from."""
    return {
        "title": SOURCE,
        "format": media_type,
        "label": SOURCE,
        "relationship": "parentOf" if origin.act == "edit" else "inputTo",
    }
