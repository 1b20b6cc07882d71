"""What axe, the checker of accessibility, objects to on a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not there: npm --prefix web ci")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe objects to, a line for each."""
    # The page's CSP lets no script of ours in; the browser's own protocol does.
    page.evaluate(axe())
    page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")
    # Base UI's guards take the focus only to hand it on: no rule of axe can know that.
    found: dict[str, Any] = page.evaluate(
        """tags => axe.run(
            {exclude: [['[data-base-ui-focus-guard]']]}, {runOnly: {type: 'tag', values: tags}}
        )""",
        RULES,
    )
    assert len(found["passes"]) > 10
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
