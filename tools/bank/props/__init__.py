"""Things no open emoji set holds, drawn by us in a 100 x 100 square: SVG text by concept."""

from __future__ import annotations

from tools.bank.props import clothing, food, furniture, gadgets, nature, street, toys, travel

SIDE = 100.0

DRAWINGS: dict[str, str] = {
    **furniture.DRAWINGS,
    **clothing.DRAWINGS,
    **food.DRAWINGS,
    **gadgets.DRAWINGS,
    **nature.DRAWINGS,
    **street.DRAWINGS,
    **toys.DRAWINGS,
    **travel.DRAWINGS,
}
