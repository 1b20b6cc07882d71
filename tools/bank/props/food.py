"""Food and drink."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

DRAWINGS: dict[str, str] = {
    "pumpkin": ball(24, 62, 20, 30, "#e87c22")
    + ball(76, 62, 20, 30, "#e87c22")
    + ball(37, 62, 20, 33, "#f0892c")
    + ball(63, 62, 20, 33, "#f0892c")
    + ball(50, 62, 17, 35, "#f59a3c")
    + path("M45 30C44 18 48 12 58 8L63 14C56 18 55 24 56 30Z", "#5a8a3c"),
    "macaron": path("M8 46C8 22 28 14 50 14S92 22 92 46Z", "#f29ac0")
    + box(10, 44, 80, 11, "#fff3e0", r=5)
    + path("M8 54H92C92 78 72 86 50 86S8 78 8 54Z", "#f29ac0")
    + "".join(ball(x, 47, 5, 3.4, "#ea86b2") for x in range(13, 92, 9)),
    "popsicle": box(44, 66, 12, 32, "#e3b98a", r=5)
    + path("M24 74V34C24 12 36 4 50 4S76 12 76 34V74Q76 78 72 78H28Q24 78 24 74Z", "#ff6f7d")
    + flat("M24 34C24 12 36 4 50 4S76 12 76 34V40H24Z", "#FFC857", 0.85)
    + line("M38 26V60M62 26V60", "#FFA3AC", 4),
    "marshmallow": box(22, 26, 56, 58, "#fdf4f2", r=16) + ball(50, 30, 26, 9, "#ffffff"),
    "tofu": path("M10 44L50 26L90 44L50 62Z", "#fdfaf0")
    + path("M10 44L50 62V92L10 72Z", "#efe9d8")
    + path("M90 44L50 62V92L90 72Z", "#e3dcc8"),
    "gingerbread man": "".join(
        line(d, "#b9773f", 18)
        for d in ("M50 44V66", "M46 50L16 46", "M54 50L84 46", "M46 66L32 90", "M54 66L68 90")
    )
    + ball(50, 24, 19, 19, "#c98448")
    + disc(43, 21, 2.6, "#3A2618")
    + disc(57, 21, 2.6, "#3A2618")
    + line("M41 29Q50 36 59 29", "#FFFFFF", 2.4)
    + "".join(disc(50, y, 3, "#E0405E") for y in (48, 58, 68))
    + line("M12 42L14 52M88 42L86 52M28 86L38 90M72 86L62 90", "#FFFFFF", 2.4),
    "plum": ball(50, 58, 38, 38, "#7a3f8f")
    + line("M50 26C46 50 46 70 52 94", "#5d2c70", 2.4)
    + line("M50 24C50 14 54 8 60 4", "#6b4a2c", 4)
    + path("M56 14C66 2 82 6 88 14C78 22 66 22 56 14Z", "#5faa4a"),
    "raspberry": "".join(
        ball(x, y, 9, 9, "#e0366a")
        for y, row in (
            (36, (28, 42, 58, 72)),
            (50, (22, 36, 50, 64, 78)),
            (64, (28, 42, 58, 72)),
            (77, (36, 50, 64)),
            (88, (50,)),
        )
        for x in row
    )
    + path("M24 28C34 22 42 24 50 10C58 24 66 22 76 28C64 36 58 32 50 38C42 32 36 36 24 28Z", "#5faa4a"),
    "pomegranate": ball(50, 60, 38, 36, "#c8323f")
    + path("M40 30L34 8L46 16L50 6L54 16L66 8L60 30Z", "#d9534f"),
    "papaya": ball(50, 54, 30, 42, "#f5a142")
    + ball(50, 56, 20, 32, "#f97b4a")
    + ball(50, 58, 8, 18, "#3b2b2b"),
    "fig": path("M50 6C54 28 88 44 84 70C80 96 20 96 16 70C12 44 46 28 50 6Z", "#6b3f77")
    + line("M34 50Q28 66 36 84M66 50Q72 66 64 84", "#54305e", 2),
    "dragon fruit": ball(50, 58, 32, 38, "#e0458a")
    + "".join(
        path(d, "#7fbf4a")
        for d in (
            "M30 40L14 24L38 28Z",
            "M70 40L86 24L62 28Z",
            "M44 26L50 2L56 26Z",
            "M20 66L4 58L22 54Z",
            "M80 66L96 58L78 54Z",
        )
    ),
    "water bottle": box(40, 4, 20, 10, "#3f7fd0", r=3)
    + path("M38 14H62V22C74 28 74 34 74 40V90Q74 97 66 97H34Q26 97 26 90V40C26 34 26 28 38 22Z", "#a9dcf2")
    + box(26, 50, 48, 24, "#3f7fd0", r=0),
    "candy cane": line("M36 96V34C36 4 76 4 76 34", "#f7f3f0", 15)
    + "".join(
        line(d, "#e0363e", 7)
        for d in (
            "M30 88L42 80",
            "M30 68L42 60",
            "M30 48L42 40",
            "M34 26L46 22",
            "M52 8L56 20",
            "M72 20L82 30",
        )
    ),
    "snowball": ball(50, 58, 40, 40, "#eef5fb"),
    "fruit basket": ball(32, 36, 18, 18, "#e0403a")
    + ball(66, 36, 18, 18, "#f5952e")
    + ball(50, 26, 17, 17, "#8fc24a")
    + path("M6 46H94L82 94H18Z", "#c08a4e")
    + line("M12 60H88M16 76H84M30 48L34 92M50 48V92M70 48L66 92", "#9a6a36", 2.4),
}
