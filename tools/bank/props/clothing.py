"""Hats and other things to wear."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

DRAWINGS: dict[str, str] = {
    "party hat": path("M50 12L84 92Q50 104 16 92Z", "#e8508a")
    + path("M41.5 32L58.5 32L63 43Q50 47 37 43Z", "#ffd23f")
    + path("M32.5 53L67.5 53L73 66Q50 73 27 66Z", "#4fb0e8")
    + path("M23.5 75L76.5 75L81 85Q50 95 19 85Z", "#ffd23f")
    + ball(50, 10, 9, 9, "#fff2c4"),
    "witch hat": path("M52 4C64 10 70 18 66 20C62 18 60 18 59 22L76 76H24C34 54 40 22 52 4Z", "#4a3a6b")
    + ball(50, 80, 48, 11, "#3d2f5a")
    + path("M26 70Q50 78 74 70L76 79Q50 88 24 79Z", "#e08a2e")
    + box(44, 71, 12, 11, "#FFD24D", r=2),
    "wizard hat": path("M50 2L80 84Q50 92 20 84Z", "#3c57b5")
    + ball(50, 86, 46, 9, "#33489a")
    + "".join(
        path(
            f"M{x} {y - s}L{x + s * 0.3} {y - s * 0.3}L{x + s} {y}L{x + s * 0.3} {y + s * 0.3}L{x} {y + s}L{x - s * 0.3} {y + s * 0.3}L{x - s} {y}L{x - s * 0.3} {y - s * 0.3}Z",
            "#ffd84d",
        )
        for x, y, s in ((50, 34, 6), (40, 58, 7), (60, 66, 8))
    ),
    "santa hat": path(
        "M18 78C18 36 40 10 66 16C84 20 92 44 90 60L82 60C80 44 76 40 72 42C78 54 80 66 80 78Z", "#d9363e"
    )
    + ball(87, 66, 9, 9, "#ffffff")
    + box(10, 74, 76, 18, "#fbfbff", r=9),
    "chef hat": path("M26 60C6 58 4 30 26 28C30 8 70 8 74 28C96 30 94 58 74 60L72 92H28Z", "#fafafc")
    + line("M40 64V84M50 64V84M60 64V84", "#cfd3dd", 2),
    "cowboy hat": ball(50, 74, 49, 13, "#a8703f")
    + path("M24 74C24 40 30 22 42 24Q50 32 58 24C70 22 76 40 76 74Q50 84 24 74Z", "#b87d48")
    + path("M24 66Q50 76 76 66V74Q50 84 24 74Z", "#6b4026"),
    "beanie": path("M14 74C14 30 34 14 50 14S86 30 86 74Z", "#3f8fc4")
    + box(8, 68, 84, 24, "#5fa9d8", r=9)
    + "".join(line(f"M{x} 72V88", "#3f8fc4", 2.4) for x in range(18, 88, 9))
    + ball(50, 12, 11, 11, "#f2f6fa"),
    "bow tie": path("M50 50L8 26Q2 50 8 74Z", "#d9363e")
    + path("M50 50L92 26Q98 50 92 74Z", "#d9363e")
    + box(41, 40, 18, 20, "#b3262f", r=6),
    "cape": path("M34 8H66L92 94Q50 84 8 94Z", "#c8303f") + box(32, 4, 36, 9, "#e2b23c", r=4),
    "flower crown": line("M6 66Q50 90 94 66", "#5a9a4a", 5)
    + "".join(
        "".join(disc(x + dx, y + dy, 6, color) for dx, dy in ((0, -7), (7, -1), (4, 6), (-4, 6), (-7, -1)))
        + disc(x, y, 4.4, "#FFD84D")
        for x, y, color in (
            (14, 66, "#f38bb0"),
            (38, 75, "#fff4f8"),
            (62, 75, "#b794f0"),
            (86, 66, "#f38bb0"),
        )
    ),
    "eye patch": line("M4 30L96 38", "#2b2730", 4) + ball(46, 54, 28, 26, "#2b2730"),
    "monocle": '<circle cx="46" cy="44" r="32" fill="#DDF2FA" fill-opacity=".35" stroke="#d9aa3a" stroke-width="7"/>'
    + line("M70 66C84 78 80 88 88 97", "#d9aa3a", 3),
    "headband": path("M4 40Q50 20 96 40V58Q50 38 4 58Z", "#e0405e"),
    "bandana": path("M6 30Q50 18 94 30L50 92Z", "#d9363e")
    + "".join(
        disc(x, y, 3, "#FFFFFF") for x, y in ((30, 38), (50, 36), (70, 38), (42, 52), (58, 52), (50, 68))
    ),
    "mustache": path(
        "M50 42C60 26 78 34 80 50C84 56 94 54 98 46C98 66 76 76 58 62Q50 56 42 62C24 76 2 66 2 46C6 54 16 56 20 50C22 34 40 26 50 42Z",
        "#4a3328",
    ),
    "beard": path("M10 10C18 34 34 28 50 28S82 34 90 10C98 60 78 96 50 96S2 60 10 10Z", "#8a6a50")
    + flat("M36 44Q50 38 64 44Q50 54 36 44Z", "#B5605A"),
    "armor": path("M26 10L40 4Q50 12 60 4L74 10L92 32L78 44L76 96H24L22 44L8 32Z", "#aeb8c2")
    + line("M50 16V92M26 62H74", "#7d8893", 3),
    "earring": disc(50, 14, 8, "#E2B23C") + ball(50, 58, 22, 34, "#3fb7c9"),
}

DRAWINGS |= {
    "scarf": path("M58 34L80 34L88 92L66 96Z", "#d94a4f")
    + line("M68 95L67 99M74 94L74 98M80 93L81 98M86 92L88 97", "#B3363C", 2)
    + path("M4 14Q50 34 96 14L98 32Q50 56 2 32Z", "#e2585c")
    + line("M8 22Q50 43 92 22", "#B3363C", 1.6),
}


def _jacket(cloth: str, shirt: str, tie: str) -> str:
    return (
        path("M30 6L50 14L70 6L94 20L86 48L77 44V95H23V44L14 48L6 20Z", cloth)
        + flat("M40 8L50 12L60 8L56 58H44Z", shirt)
        + path("M38 6L50 58L30 40L33 26L27 22Z", cloth)
        + path("M62 6L50 58L70 40L67 26L73 22Z", cloth)
        + tie
        + disc(50, 68, 2.2, "#1B1820")
        + disc(50, 80, 2.2, "#1B1820")
    )


DRAWINGS |= {
    "tuxedo": _jacket("#35313f", "#FFFFFF", path("M50 17L40 11V24ZM50 17L60 11V24Z", "#1f1c26")),
    "suit": _jacket("#3c568a", "#FFFFFF", path("M47 14H53L55 46L50 54L45 46Z", "#c2303f")),
    "spacesuit": path("M30 6L50 12L70 6L94 22L86 50L77 46V95H23V46L14 50L6 22Z", "#eceef4")
    + box(34, 40, 32, 22, "#c3cad6", r=4)
    + disc(42, 51, 4, "#E0405E")
    + disc(54, 51, 4, "#3F9FD8")
    + box(38, 4, 24, 8, "#aab4c2", r=4),
}
