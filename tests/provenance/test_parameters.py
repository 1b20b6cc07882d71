"""Parameters: one line that the tools of the field can read, whatever the prompt holds."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from egaku.provenance.parameters import MAX_UNITS, Parameters, infotext

PARAMETER = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')
"""How AUTOMATIC1111's web UI finds the values in the last line."""


def read(text: str) -> tuple[str, dict[str, str]]:
    """As the web UI does: prompt above, values in the last line."""
    prompt, _, line = text.rpartition("\n")
    values = {name: value for name, value in PARAMETER.findall(line)}  # noqa: C416  pairs of the pattern
    return prompt, {name: json.loads(v) if v.startswith('"') else v for name, v in values.items()}


def parameters(prompt: str, plan: str = "") -> Parameters:
    return Parameters(prompt=prompt, seed=7, width=1024, height=512, engine="illustrator", index=2, plan=plan)


def test_a_line_for_tools() -> None:
    prompt, values = read(infotext(parameters("a red fox,\nin the snow", 'a fox, "red": snow')))
    assert prompt == "a red fox,\nin the snow"
    assert values["Plan"] == 'a fox, "red": snow'
    assert {"Seed": "7", "Size": "1024x512", "Model": "illustrator", "Index": "2"}.items() <= values.items()
    assert values["Version"].startswith("egaku ")


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_prompt_and_plan(prompt: str, plan: str) -> None:
    text = infotext(parameters(prompt, plan))
    above, values = read(text)
    assert above == prompt.replace("\0", "").strip()
    assert values.get("Plan", "") == plan.replace("\0", "").strip()
    assert (values["Seed"], values["Size"]) == ("7", "1024x512")


def test_what_no_file_can_hold_is_left_out() -> None:
    text = infotext(parameters("a\ud83d\0b"))
    assert text.startswith("a")
    assert "\0" not in text
    text.encode()


def test_the_longest_prompt_fits_every_format() -> None:
    for prompt in ("x" * 32_000, "🦊" * 32_000):
        text = infotext(parameters(prompt, prompt))
        assert len(text.encode("utf-16-le")) <= 2 * MAX_UNITS
        assert "…\nSeed: 7" in text
        text.encode()
    whole = "x" * (MAX_UNITS - 200)
    assert read(infotext(parameters(whole)))[0] == whole
