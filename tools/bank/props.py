"""Things no open emoji set holds, drawn by us: furniture, hats, street things, a few buildings and craft."""

from __future__ import annotations

from tools.bank.draw import box

SIDE = 100.0

DRAWINGS: dict[str, str] = {
    "table": box(4, 40, 92, 9, "#c98b5a", r=4)
    + box(11, 47, 8, 50, "#a86c42", r=3)
    + box(81, 47, 8, 50, "#a86c42", r=3)
    + box(14, 49, 72, 5, "#b57a4c", r=1),
}
