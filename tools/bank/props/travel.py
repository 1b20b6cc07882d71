"""Vehicles and craft."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path


def _wheel(x: float, y: float, r: float) -> str:
    return disc(x, y, r, "#2F2D36") + disc(x, y, r * 0.5, "#C9CDD6")


DRAWINGS: dict[str, str] = {
    "hot air balloon": path(
        "M50 3C78 3 92 22 90 42C88 56 66 66 58 76H42C34 66 12 56 10 42C8 22 22 3 50 3Z", "#e8504a"
    )
    + path("M50 3C62 3 72 20 71 42C70 58 58 68 54 76H46C42 68 30 58 29 42C28 20 38 3 50 3Z", "#ffd23f")
    + path("M50 3C56 3 60 20 60 42C60 58 54 68 52 76H48C46 68 40 58 40 42C40 20 44 3 50 3Z", "#3f9fd8")
    + line("M42 76L43 86M58 76L57 86", "#7d5a3a", 1.6)
    + box(40, 85, 20, 13, "#b97f45", r=3),
    "submarine": ball(50, 64, 46, 23, "#f2b62e")
    + box(38, 28, 26, 22, "#f2b62e", r=5)
    + line("M56 28V12H66", "#8C6A1E", 4)
    + "".join(disc(x, 62, 8, "#8C6A1E") + disc(x, 62, 5.6, "#8FD6F5") for x in (26, 48, 70))
    + path("M92 56L99 46V82L92 72Z", "#c98f1e"),
    "pirate ship": line("M50 12V64M26 26V60", "#7d4d30", 3.4)
    + path("M50 16Q78 24 76 52H50Z", "#f4ecd8")
    + path("M50 16Q30 26 32 50H50Z", "#e6dcc4")
    + path("M50 4H70L64 9L70 14H50Z", "#2b2730")
    + path("M4 58H28L34 66H72L78 52H97C96 76 86 92 76 94H24C12 90 6 76 4 58Z", "#8a5a36")
    + line("M10 74H90", "#6b4226", 2.4)
    + "".join(disc(x, 80, 3.4, "#2B2018") for x in (30, 46, 62, 78)),
    "surfboard": path("M50 2C68 22 70 70 58 97H42C30 70 32 22 50 2Z", "#f7f2e2")
    + path("M47 3H53V97H47Z", "#e8504a")
    + path("M36 52H64V60H36Z", "#3fb0d8"),
    "paper boat": path("M50 20L74 62H26Z", "#f2f4f8")
    + path("M4 56L26 62H74L96 56L78 90H22Z", "#fbfcfe")
    + flat("M50 20L50 62L74 62Z", "#B9C3D6", 0.6)
    + flat("M26 62H74L50 90H22Z", "#C9D1E0", 0.4),
    "paper airplane": path("M2 54L98 10L62 92L44 66Z", "#f7f9fc")
    + flat("M98 10L44 66L40 90L54 72Z", "#AEB9CC", 0.9)
    + flat("M98 10L2 54L30 60Z", "#DDE4EF", 0.9),
    "airship": ball(50, 40, 48, 24, "#c9d2dc")
    + path("M88 26L99 14V66L88 54Z", "#d9534f")
    + box(36, 64, 28, 13, "#5b6670", r=5)
    + line("M6 40H94", "#9aa6b2", 2),
    "raft": "".join(box(2, 60 + 9 * n, 96, 9, "#b5824f", r=4) for n in range(3))
    + line("M22 60V86M78 60V86", "#e0cfa5", 3.4),
    "gondola": path("M2 40Q10 44 14 62H80Q90 60 97 30Q99 66 84 78H24Q4 74 2 40Z", "#2b2730")
    + box(36, 52, 24, 12, "#c2303f", r=3),
    "carriage": path("M18 30Q50 8 82 30L86 66Q50 80 14 66Z", "#7d4fb0")
    + box(28, 34, 18, 18, "#bfe6f7", r=4)
    + box(54, 34, 18, 18, "#bfe6f7", r=4)
    + line("M14 66H86", "#e2b23c", 4)
    + "".join(
        f'<circle cx="{x}" cy="80" r="{r}" fill="none" stroke="#e2b23c" stroke-width="4"/>'
        + line(f"M{x - r} 80H{x + r}M{x} {80 - r}V{80 + r}", "#e2b23c", 2)
        for x, r in ((26, 16), (74, 16))
    ),
    "wagon": box(8, 46, 74, 26, "#d9363e", r=4)
    + line("M82 60L97 30", "#3c4650", 4)
    + _wheel(24, 82, 13)
    + _wheel(66, 82, 13),
    "cart": box(8, 44, 74, 26, "#b97f45", r=3) + line("M82 60H98", "#7d4d30", 4) + _wheel(42, 80, 17),
    "wheelbarrow": path("M14 40H84L70 70H34Z", "#3f9f62")
    + line("M34 66L4 54M68 68L78 92", "#7d4d30", 4.4)
    + _wheel(34, 84, 12),
    "tricycle": line("M26 78L44 44L70 78M44 44L38 30H28M56 60V44", "#d9363e", 5)
    + box(48, 38, 18, 7, "#2f2d36", r=3)
    + _wheel(24, 80, 17)
    + _wheel(74, 85, 12),
    "double decker bus": box(6, 10, 88, 74, "#d0302f", r=7)
    + "".join(box(x, y, 17, 16, "#bfe3f5", r=2) for x in (12, 32, 52, 72) for y in (18, 48))
    + box(6, 40, 88, 4, "#f7f0dd", r=0)
    + box(90, 70, 5, 7, "#FFD84D", r=1)
    + _wheel(26, 85, 11)
    + _wheel(74, 85, 11),
    "caravan": path("M6 36Q6 18 24 18H78Q92 18 92 36V76H6Z", "#f4eede")
    + box(6, 54, 86, 10, "#4fb0a5", r=0)
    + box(16, 28, 24, 18, "#bfe3f5", r=3)
    + box(58, 28, 18, 44, "#e0d5bd", r=3)
    + _wheel(46, 80, 13)
    + line("M92 74H99", "#5b6670", 4),
    "excavator": line("M52 50L74 20L92 48", "#f2a81e", 9)
    + path("M84 46L99 50L92 68L78 62Z", "#5b6670")
    + box(14, 36, 40, 34, "#f2b62e", r=5)
    + box(22, 42, 20, 18, "#bfe3f5", r=2)
    + box(6, 74, 62, 20, "#3a3d46", r=10)
    + "".join(disc(x, 84, 5, "#8A909C") for x in (17, 37, 57)),
    "bulldozer": box(24, 30, 40, 40, "#f2b62e", r=4)
    + box(30, 36, 20, 18, "#bfe3f5", r=2)
    + box(62, 54, 24, 7, "#c98f1e", r=2)
    + path("M84 38Q99 62 88 94H80V38Z", "#8f98a3")
    + box(12, 70, 60, 24, "#3a3d46", r=12)
    + "".join(disc(x, 82, 6, "#8A909C") for x in (25, 42, 59)),
    "tank": box(28, 34, 40, 22, "#6f7f45", r=8)
    + box(64, 40, 34, 6, "#5d6b3a", r=2)
    + box(8, 52, 84, 20, "#7a8a4d", r=6)
    + box(4, 68, 92, 24, "#3f452c", r=12)
    + "".join(disc(x, 80, 7, "#8A9668") for x in (18, 39, 61, 82)),
    "baby stroller": path("M20 24A36 36 0 0 1 70 60H20Z", "#7fb7e0")
    + path("M14 58H76Q74 76 56 76H34Q18 76 14 58Z", "#5f9fd0")
    + line("M74 56L94 28M34 76L26 86M56 76L66 86", "#5b6670", 4)
    + _wheel(26, 88, 9)
    + _wheel(68, 88, 9),
    "drone": box(34, 44, 32, 18, "#3c424c", r=7)
    + line("M34 50L14 38M66 50L86 38M38 60L26 76M62 60L74 76", "#5b6370", 4.4)
    + ball(14, 34, 14, 3.4, "#a8b4c2")
    + ball(86, 34, 14, 3.4, "#a8b4c2")
    + disc(50, 58, 6, "#4FB0E8"),
    "space station": box(40, 36, 20, 30, "#d7dde4", r=6)
    + box(26, 47, 48, 7, "#aab4bf", r=2)
    + box(2, 34, 26, 33, "#3f62b5", r=1)
    + box(72, 34, 26, 33, "#3f62b5", r=1)
    + line("M2 45H28M2 56H28M72 45H98M72 56H98M11 34V67M20 34V67M80 34V67M89 34V67", "#9FB6EE", 1.2)
    + ball(50, 30, 9, 8, "#eef2f6"),
    "rubber duck": ball(54, 70, 38, 24, "#ffd23f")
    + ball(34, 38, 22, 22, "#ffd84d")
    + path("M16 40L0 44Q4 52 16 52Z", "#f5842b")
    + disc(28, 34, 3.4, "#2E2430")
    + path("M50 66Q72 54 86 66Q74 82 56 80Z", "#f5c02e")
    + path("M84 60L98 48L92 70Z", "#ffd23f"),
}
