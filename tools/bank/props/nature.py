"""Plants, land and weather."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

BARK = "#8a5f3f"


def _tree(crown: str, extra: str = "") -> str:
    trunk = path("M44 62C46 78 44 90 38 97H62C56 90 54 78 56 62Z", BARK)
    leaves = (
        ball(28, 46, 24, 21, crown)
        + ball(72, 46, 24, 21, crown)
        + ball(50, 28, 28, 25, crown)
        + ball(50, 50, 27, 20, crown)
    )
    return trunk + leaves + extra


def _dots(color: str, radius: float) -> str:
    spots = (
        (24, 42),
        (36, 54),
        (50, 18),
        (60, 34),
        (78, 44),
        (66, 56),
        (42, 34),
        (52, 50),
        (34, 22),
        (68, 20),
    )
    return "".join(disc(x, y, radius, color) for x, y in spots)


def _bloom(petal: str, heart: str, petals: int = 6, reach: float = 15.0) -> str:
    stem = line("M50 46C52 66 50 80 50 97", "#4F9A4A", 4) + flat(
        "M50 80C60 66 74 66 80 70C74 82 62 86 50 84Z", "#5FAE55"
    )
    ring = "".join(
        f'<g transform="rotate({360 / petals * n} 50 32)">' + ball(50, 32 - reach, 9.5, 15, petal) + "</g>"
        for n in range(petals)
    )
    return stem + ring + ball(50, 32, 8, 8, heart)


DRAWINGS: dict[str, str] = {
    "cherry tree": _tree("#f7a9c6", _dots("#fde3ee", 3)),
    "maple tree": _tree("#e0632e", _dots("#f29a3c", 3)),
    "apple tree": _tree("#58a64a", _dots("#d9363e", 3.6)),
    "willow tree": path("M45 50C47 74 44 90 40 97H60C56 90 53 74 55 50Z", BARK)
    + ball(50, 34, 40, 28, "#7fae4f")
    + "".join(
        line(f"M{x} 40C{x - 3} 60 {x + 2} 70 {x} {y}", "#6a9a42", 5)
        for x, y in ((14, 80), (24, 86), (34, 78), (66, 78), (76, 86), (86, 80))
    ),
    "birch tree": box(46, 40, 9, 57, "#f1efe8", r=3)
    + "".join(line(f"M47 {y}H51", "#3A3A3A", 1.6) for y in (56, 66, 78, 88))
    + ball(50, 30, 27, 28, "#a7c94f")
    + ball(36, 44, 17, 15, "#a7c94f")
    + ball(66, 44, 17, 15, "#a7c94f"),
    "bonsai": box(24, 82, 52, 14, "#8a4a3c", r=4)
    + path("M46 82C52 70 40 64 46 50C50 40 60 46 66 36L70 42C62 52 56 50 54 58C52 68 60 74 58 82Z", BARK)
    + ball(30, 42, 20, 12, "#4f8f4a")
    + ball(70, 28, 22, 14, "#5a9f52")
    + ball(46, 22, 18, 12, "#5a9f52"),
    "bush": ball(24, 76, 22, 20, "#4f9a4a")
    + ball(76, 76, 22, 20, "#4f9a4a")
    + ball(50, 66, 30, 28, "#5cab54"),
    "grass": "".join(
        path(f"M{x} 97Q{x + lean} 66 {x + 2 * lean} {top}Q{x + lean + 6} 70 {x + 8} 97Z", "#5cab45")
        for x, lean, top in (
            (10, -4, 50),
            (24, 3, 38),
            (38, -2, 30),
            (52, 4, 34),
            (64, -3, 44),
            (76, 6, 40),
            (86, 4, 56),
        )
    ),
    "tree stump": path("M24 40C26 70 22 84 10 96H90C78 84 74 70 76 40Z", BARK)
    + ball(50, 40, 27, 10, "#e0b98a")
    + '<ellipse cx="50" cy="40" rx="17" ry="6" fill="none" stroke="#B98A5A" stroke-width="1.8"/>'
    + disc(50, 40, 2.4, "#B98A5A"),
    "acorn": path("M22 46H78C78 72 62 88 50 97C38 88 22 72 22 46Z", "#c98b4a")
    + path("M14 46C14 26 30 20 50 20S86 26 86 46Q50 58 14 46Z", "#8a5f3f")
    + line("M50 20V8", "#8a5f3f", 5),
    "pine cone": "".join(
        ball(x, y, 12, 9, "#8f5f3a")
        for y, row in (
            (20, (50,)),
            (32, (38, 62)),
            (45, (28, 50, 72)),
            (58, (24, 42, 58, 76)),
            (71, (28, 50, 72)),
            (83, (40, 60)),
        )
        for x in row
    ),
    "seaweed": line(
        "M30 97C20 78 40 66 30 44C24 30 34 20 30 6M52 97C62 76 44 64 54 42C60 28 50 22 54 14M74 97C66 80 82 70 74 52C70 42 78 34 76 26",
        "#3f9a62",
        8,
    ),
    "kelp": line(
        "M36 97C26 72 46 56 36 30C32 18 38 10 36 2M62 97C72 74 54 60 64 36C68 24 62 18 64 10", "#5a7f35", 9
    ),
    "vine": line("M6 20C30 40 40 6 60 30S84 60 94 84", "#4f9a4a", 4)
    + "".join(
        ball(x, y, 10, 7, "#62b356", turn=t)
        for x, y, t in ((22, 36, 30), (40, 16, -30), (58, 42, 60), (76, 44, -20), (84, 72, 50))
    ),
    "moss": ball(50, 82, 46, 15, "#7fae4f")
    + ball(30, 76, 18, 10, "#8fbf5a")
    + ball(66, 77, 20, 10, "#8fbf5a"),
    "lily": _bloom("#fbe6f0", "#f2b134", 6, 16),
    "orchid": _bloom("#c77fe0", "#f6d34a", 5, 14),
    "poppy": _bloom("#e8402e", "#2e2430", 5, 12),
    "violet": _bloom("#7a5ad6", "#ffd84d", 5, 12),
    "iris": _bloom("#5b62d0", "#ffd84d", 3, 14),
    "carnation": _bloom("#f27a9e", "#e85a86", 9, 12),
    "dandelion": _bloom("#ffd23f", "#f5b82e", 14, 13),
    "hill": path("M2 97C20 40 40 26 52 26S84 44 98 97Z", "#79b857"),
    "cliff": path("M4 97L10 20L52 14L60 44L74 52L78 78L96 97Z", "#9a8470")
    + path("M8 24L10 16L52 10L54 20Q30 26 8 24Z", "#79b857"),
    "cave": path("M2 97C4 50 24 14 52 14S96 54 98 97Z", "#8d8791")
    + flat("M26 97C26 62 36 44 52 44S76 62 78 97Z", "#2A2630"),
    "iceberg": path("M6 92L22 48L40 56L54 12L72 40L80 34L95 92Z", "#bfe3f5")
    + flat("M54 12L60 60L72 40Z", "#FFFFFF", 0.6)
    + flat("M22 48L28 80L40 56Z", "#FFFFFF", 0.5),
    "pond": ball(50, 78, 48, 18, "#7a9a5a")
    + ball(50, 77, 43, 15, "#4fa7d8")
    + flat("M20 74Q34 70 46 74M54 82Q66 78 78 82", "#FFFFFF", 0.0)
    + line("M22 74Q32 71 42 74M56 82Q66 79 76 82", "#CFEBF9", 2),
    "puddle": ball(50, 84, 46, 11, "#7fb7dc") + line("M26 82Q38 79 48 82", "#DDF0FA", 2),
    "pool": ball(50, 76, 49, 21, "#e9e4dc")
    + ball(50, 75, 43, 17, "#38b6e8")
    + line("M18 72Q30 68 42 72T64 72M34 82Q46 78 58 82T80 80", "#D2F1FC", 2.4),
    "waterfall": path("M8 97V22L40 14V97Z", "#8a7f78")
    + path("M92 97V22L60 14V97Z", "#8a7f78")
    + path("M36 14H64V92H36Z", "#8fd0f2")
    + line("M43 18V86M50 18V88M57 18V86", "#FFFFFF", 2)
    + ball(50, 92, 30, 7, "#dff3fc"),
    "crater": ball(50, 80, 48, 16, "#a49ba0") + ball(50, 77, 36, 10, "#6f676e"),
    "sand": path("M4 92Q30 56 50 60T96 92Z", "#ecd29a"),
    "dune": path("M2 92C20 84 34 46 56 44C66 66 84 84 98 92Z", "#e8c07a")
    + flat("M56 44C60 64 50 82 40 92H98C84 84 66 66 56 44Z", "#C99A55", 0.5),
    "icicle": path("M10 6H30L20 60Z", "#bfe6f7")
    + path("M34 6H62L48 94Z", "#bfe6f7")
    + path("M66 6H90L78 70Z", "#bfe6f7"),
    "mars": ball(50, 50, 44, 44, "#d9693f")
    + flat("M16 40Q36 30 54 40T84 34Q90 44 92 54Q70 48 52 54T12 58Q10 48 16 40Z", "#B04E2C", 0.6)
    + disc(64, 70, 6, "#B85A36"),
    "jupiter": ball(50, 50, 44, 44, "#e3b88a")
    + flat("M9 38Q50 30 91 38V46Q50 38 9 46Z", "#B97F55", 0.7)
    + flat("M7 56Q50 50 93 56V62Q50 56 7 62Z", "#C9966A", 0.8)
    + ball(66, 66, 9, 6, "#c8583a"),
    "starfish": path("M50 4L62 38L97 38L69 60L80 95L50 74L20 95L31 60L3 38L38 38Z", "#f2854a")
    + "".join(
        disc(x, y, 2.4, "#FFD9B0")
        for x, y in ((50, 24), (50, 38), (68, 47), (32, 47), (40, 64), (60, 64), (50, 52))
    ),
}

DRAWINGS |= {
    "seahorse": path(
        "M40 8C62 2 76 20 66 36C84 48 80 74 60 80C46 84 44 96 58 94C64 92 62 86 58 88C60 98 36 102 36 86"
        "C36 74 50 70 54 60C58 50 44 50 42 38L16 40Q12 36 18 33L38 28C30 24 30 12 40 8Z",
        "#f5a53c",
    )
    + path("M70 46L86 44L80 56L88 62L74 66Z", "#ffc766")
    + disc(48, 19, 3.4, "#2E2430")
    + line("M58 54Q66 54 70 58M54 66Q62 66 66 70", "#D9822A", 2),
    "stingray": path(
        "M50 14C70 22 88 44 98 58C80 58 70 70 56 78L52 99L48 99L44 78C30 70 20 58 2 58C12 44 30 22 50 14Z",
        "#7f93a8",
    )
    + disc(42, 34, 3, "#2E2430")
    + disc(58, 34, 3, "#2E2430")
    + line("M42 46Q50 52 58 46", "#5F7388", 2),
    "kiwi bird": ball(56, 58, 34, 28, "#8a5f3f")
    + ball(26, 40, 17, 16, "#9a6d4a")
    + line("M14 42L0 58", "#e8c9a0", 4)
    + disc(23, 37, 3, "#2E2430")
    + line("M48 84V95H38M66 84V95H56", "#d99a5b", 4),
}

DRAWINGS |= {
    "galaxy": "".join(
        f'<ellipse cx="50" cy="50" rx="{rx}" ry="{rx * 0.42:.1f}" transform="rotate({turn} 50 50)" '
        f'fill="{color}" fill-opacity="{alpha}"/>'
        for rx, turn, color, alpha in (
            (48, -24, "#5b4bc4", 0.55),
            (40, -14, "#8a6be8", 0.6),
            (30, -30, "#c79bf5", 0.7),
            (18, -20, "#ffe3f4", 0.9),
        )
    )
    + "".join(
        disc(x, y, 1.4, "#FFFFFF") for x, y in ((20, 66), (34, 52), (70, 40), (82, 30), (60, 62), (44, 36))
    )
    + ball(50, 50, 8, 7, "#fff6d8"),
    "black hole": '<ellipse cx="50" cy="50" rx="48" ry="15" fill="#f5952e" transform="rotate(-14 50 50)"/>'
    '<ellipse cx="50" cy="50" rx="40" ry="11" fill="#ffe08a" transform="rotate(-14 50 50)"/>'
    + disc(50, 50, 25, "#F5B84A")
    + disc(50, 50, 22, "#15101F"),
    "constellation": line("M8 70L30 40L52 52L70 24L92 34M52 52L64 84", "#AFC6F2", 1.6)
    + "".join(
        path(
            f"M{x} {y - 6}L{x + 1.6} {y - 1.6}L{x + 6} {y}L{x + 1.6} {y + 1.6}L{x} {y + 6}L{x - 1.6} {y + 1.6}L{x - 6} {y}L{x - 1.6} {y - 1.6}Z",
            "#fff3c4",
        )
        for x, y in ((8, 70), (30, 40), (52, 52), (70, 24), (92, 34), (64, 84))
    ),
}
