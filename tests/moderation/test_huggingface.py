"""Hugging Face classifiers as judges, with tiny randomly initialised models made here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from egaku.moderation.huggingface import INSTALL, HuggingFaceJudge, _kind, _meanings
from egaku.moderation.scores import Category, Input


def labels(names: Iterable[str]) -> dict[str, Any]:
    """A configuration's two tables."""
    return {"id2label": dict(enumerate(names)), "label2id": {name: i for i, name in enumerate(names)}}


def text_model(folder: Path, names: Iterable[str], **more: object) -> str:
    transformers = pytest.importorskip("transformers", reason="egaku[judges] is not installed")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz"]
    (folder / "vocab.txt").write_text("\n".join(words))
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=32, **labels(names), **more,
    )  # fmt: skip
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def image_model(folder: Path, names: Iterable[str]) -> str:
    transformers = pytest.importorskip("transformers", reason="egaku[judges] is not installed")
    config = transformers.ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=32,
        patch_size=16, **labels(names),
    )  # fmt: skip
    transformers.ViTForImageClassification(config).save_pretrained(folder)
    transformers.ViTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    return str(folder)


def test_a_text_classifier_scores_its_categories(tmp_path: Path) -> None:
    judge = HuggingFaceJudge(text_model(tmp_path, ["normal", "nsfw", "Hate_Speech"]))
    assert judge.reads is Input.TEXT
    scores = judge.text("a long text " * 400)
    assert scores.values.keys() == {Category.SEXUAL, Category.HATE}
    assert 0 < sum(scores.values.values()) < 2
    assert judge.text("").values.keys() == scores.values.keys()


def test_independent_labels_are_scored_independently(tmp_path: Path) -> None:
    names = ["toxic", "threat", "obscene"]
    judge = HuggingFaceJudge(text_model(tmp_path, names, problem_type="multi_label_classification"))
    values = judge.text("abc").values
    assert values.keys() == {Category.HARASSMENT, Category.VIOLENCE}
    assert values[Category.VIOLENCE] == pytest.approx(0.5, abs=0.2)


def test_an_image_classifier_looks_at_what_is_hidden(tmp_path: Path) -> None:
    judge = HuggingFaceJudge(image_model(tmp_path, ["normal", "nsfw"]))
    assert judge.reads is Input.IMAGE
    picture = np.zeros((40, 60, 4), np.uint8)
    picture[:, :30, 0] = 255
    picture[..., 3] = 255
    opaque = judge.image(picture).values[Category.SEXUAL]
    picture[..., 3] = 0
    blank = judge.image(np.full_like(picture, 255)).values[Category.SEXUAL]
    hidden = judge.image(picture).values[Category.SEXUAL]
    assert hidden == pytest.approx(max(opaque, blank), abs=1e-6)


def test_weights_that_could_run_code_are_not_loaded(tmp_path: Path) -> None:
    """A pickle in place of safetensors is as good as no model."""
    model = text_model(tmp_path, ["normal", "nsfw"])
    (tmp_path / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    with pytest.raises((OSError, ValueError), match="safetensors"):
        HuggingFaceJudge(model)


def test_without_the_extra_it_says_what_to_install() -> None:
    try:
        import transformers  # noqa: F401
    except ImportError:
        with pytest.raises(RuntimeError, match="egaku"):
            HuggingFaceJudge("anything")
    assert "egaku[judges]" in INSTALL


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("nsfw", Category.SEXUAL),
        ("NSFW", Category.SEXUAL),
        ("self-harm/intent", Category.SELF_HARM_INTENT),
        ("Self_Harm", Category.SELF_HARM),
        ("severe_toxicity", Category.HARASSMENT),
        ("violence", Category.VIOLENCE),
    ],
)
def test_labels_become_categories(label: str, category: Category) -> None:
    assert _meanings(["normal", label]) == {"normal": None, label: category}


@pytest.mark.parametrize("names", [["LABEL_0", "LABEL_1"], ["normal", "safe"], ["cat", "nsfw"]])
def test_labels_that_say_nothing_are_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match="label"):
        _meanings(names)


def test_only_classifiers_are_judges() -> None:
    assert _kind(["ViTForImageClassification"]) is Input.IMAGE
    assert _kind(["BertForSequenceClassification"]) is Input.TEXT
    with pytest.raises(ValueError, match="not a classifier"):
        _kind(["GPT2LMHeadModel"])
