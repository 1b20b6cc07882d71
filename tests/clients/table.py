"""docs/compatibility.md's generated part: one table of client x operation x mode, rendered from a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.clients.catalogue import CLIENTS, REPOSITORY
from tests.clients.guide_runs import snippets
from tests.clients.rows import CASES

PAGE = REPOSITORY / "docs" / "compatibility.md"
BEGIN = "<!-- clients: begin (written by `make docs` from a run of tests/clients; do not edit) -->"
END = "<!-- clients: end -->"
PASSED = "✓"


@dataclass
class Cells:
    """What a run found: cells[client][case] and guide[snippet][language], each PASSED or a reason."""

    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    guide: dict[str, dict[str, str]] = field(default_factory=dict)

    def record(self, client: str, case: str, result: str) -> None:
        """Keep one cell of the client table."""
        self.cells.setdefault(client, {})[case] = result

    def record_guide(self, part: str, language: str, result: str = PASSED) -> None:
        """Keep one cell of the guide's table."""
        self.guide.setdefault(part, {})[language] = result


def render(found: Cells) -> str:
    """The generated part, markers included; reasons become numbered notes under the table."""
    notes: dict[str, int] = {}
    rows = [_row(["operation", "mode", *(client.title for client in CLIENTS)]), _rule(2 + len(CLIENTS))]
    operation = ""
    for case in CASES:
        results = [_cell(found.cells[client.id][case.id], notes) for client in CLIENTS]
        name = f"**{case.operation}**" if case.operation != operation else ""
        rows.append(_row([name, case.mode, *results]))
        operation = case.operation
    passed = sum(result == PASSED for cells in found.cells.values() for result in cells.values())
    guide_notes: dict[str, int] = {}
    guide = _guide(found.guide, guide_notes)
    total = sum(len(cells) for cells in found.cells.values())
    lines = [
        BEGIN,
        "",
        f"{passed} of {total} cells pass; the other {total - passed} do not apply, for the reason numbered.",
        "",
        *rows,
        "",
        *_listed(notes),
        "",
        "### The guide's own snippets",
        "",
        *guide,
        "",
        *_listed(guide_notes),
        "",
        END,
    ]
    return "\n".join(lines)


def _guide(guide: Mapping[str, Mapping[str, str]], notes: dict[str, int]) -> list[str]:
    languages = sorted({language for results in guide.values() for language in results})
    rows = [_row(["part of the guide", *languages]), _rule(1 + len(languages))]
    for part in dict.fromkeys(part for part, _ in snippets()):
        results = guide.get(part, {})
        rows.append(
            _row([part, *(_cell(results[one], notes) if one in results else "" for one in languages)])
        )
    return rows


def _listed(notes: Mapping[str, int]) -> list[str]:
    return [f"{number}. {note[0].upper()}{note[1:]}." for note, number in notes.items()]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return "|" + " --- |" * columns


def _cell(result: str, notes: dict[str, int]) -> str:
    return PASSED if result == PASSED else f"n/a [{notes.setdefault(result, len(notes) + 1)}]"


def committed() -> str:
    """The generated part as it stands on the page."""
    text = PAGE.read_text("utf-8")
    return text[text.index(BEGIN) : text.index(END) + len(END)]


def write(part: str, page: Path = PAGE) -> None:
    """Put `part` in the place of the page's generated part; every other line is kept."""
    text = page.read_text("utf-8")
    page.write_text(text[: text.index(BEGIN)] + part + text[text.index(END) + len(END) :], "utf-8")
