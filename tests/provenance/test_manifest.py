"""Manifest: the right source type for every act and engine, and nothing anybody could regret."""

from __future__ import annotations

import json

import pytest

from egaku.engines.base import EngineInfo
from egaku.engines.blank import Blank
from egaku.engines.illustrator.engine import INFO
from egaku.provenance.manifest import SOURCE_TYPES, Act, Origin, ingredient, manifest

TERMS: dict[tuple[str, Act], str] = {
    ("trainedAlgorithmicMedia", "generate"): "trainedAlgorithmicMedia",
    ("trainedAlgorithmicMedia", "edit"): "compositeWithTrainedAlgorithmicMedia",
    ("trainedAlgorithmicMedia", "vary"): "trainedAlgorithmicMedia",
    ("algorithmicMedia", "generate"): "algorithmicMedia",
    ("algorithmicMedia", "edit"): "composite",
    ("algorithmicMedia", "vary"): "composite",
}


@pytest.mark.parametrize(("case", "term"), TERMS.items())
def test_source_type(case: tuple[str, Act], term: str) -> None:
    source, act = case
    origin = Origin(act=act, engine="x", digital_source=source)
    assert origin.source_type == SOURCE_TYPES + term
    made = manifest(origin, has_parent=False)["assertions"][0]["data"]["actions"][-1]
    assert made["digitalSourceType"] == SOURCE_TYPES + term


def test_engines_say_what_they_are() -> None:
    """An engine that says nothing is taken for a generative model: nobody is misled by that."""
    assert EngineInfo(name="x", description="").digital_source == "trainedAlgorithmicMedia"
    assert INFO.digital_source == Blank.info.digital_source == "algorithmicMedia"


def test_edits_open_their_source_and_variations_start_from_it() -> None:
    edit = Origin(act="edit", engine="x", digital_source="algorithmicMedia")
    vary = Origin(act="vary", engine="x", digital_source="algorithmicMedia")
    listed = {
        origin.act: manifest(origin, has_parent=True)["assertions"][0]["data"]["actions"]
        for origin in (edit, vary)
    }
    assert [action["action"] for action in listed["edit"]] == ["c2pa.opened", "c2pa.edited"]
    assert [action["action"] for action in listed["vary"]] == ["c2pa.created"]
    assert all("source" in actions[0]["parameters"]["ingredientIds"] for actions in listed.values())
    assert ingredient(edit, "image/png")["relationship"] == "parentOf"
    assert ingredient(vary, "image/png")["relationship"] == "inputTo"


def test_nothing_else_is_said() -> None:
    claim = manifest(Origin(act="generate", engine="x", digital_source="algorithmicMedia"), has_parent=False)
    assert set(claim) == {"claim_generator_info", "assertions", "redactions"}
    assert [one["label"] for one in claim["assertions"]] == ["c2pa.actions.v2"]
    (action,) = claim["assertions"][0]["data"]["actions"]
    assert set(action) == {"action", "digitalSourceType", "softwareAgent", "when"}
    assert len(json.dumps(claim)) < 600
