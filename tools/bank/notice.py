"""NOTICE: who made what egaku ships of others, and the licence texts that must travel with it."""

from __future__ import annotations

from pathlib import Path

from tools.bank import art, lexicon
from tools.moderation.pictures import credits as networks

NOTICE = Path(__file__).parents[2] / "NOTICE"
FONT_LICENCE = "@expo-google-fonts/m-plus-rounded-1c/LICENSE_FONT"

HEADING = """egaku. Copyright 2026 the egaku developers. Licensed under the Apache License 2.0.

The illustrator's bank (src/egaku/engines/illustrator/data) holds works of others, changed as said:
"""

LINKS = """CC-BY-4.0: https://creativecommons.org/licenses/by/4.0/
Apache-2.0: see LICENSE.
"""

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""  # noqa: E501 - a licence is quoted as it stands


def text(font: str) -> str:
    """All of NOTICE. `font`: the licence of the lettering font, which comes in its package."""
    lines = [f"- {line}" for line in (*art.credits(), *lexicon.credits())]
    bank = [HEADING, "\n".join(lines), ""]
    licences = [LINKS, "MIT:", "", MIT, "The lettering font:", "", font.strip(), ""]
    return "\n".join([*bank, networks.CREDITS, *licences, networks.LICENCE])


def write(packages: Path) -> None:
    """Write NOTICE at the root of the repository. `packages`: the node_modules directory of the build."""
    NOTICE.write_text(text((packages / FONT_LICENCE).read_text(encoding="utf-8")), encoding="utf-8")
