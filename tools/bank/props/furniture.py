"""Furniture and household things."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

OAK, WALNUT, DARK = "#c98b5a", "#a86c42", "#7d4d30"
BOOKS = ("#d9534f", "#4a90d9", "#f2b134", "#57a773", "#8e6bbf", "#e88b5a", "#3f6f8f", "#d96c9a")


def _books(left: float, right: float, foot: float, height: float, start: int) -> str:
    parts, x, number = "", left, start
    while x < right - 4:
        wide, tall = 3.6 + (number * 7 % 3), height - (number * 5 % 4) * 1.3
        parts += box(x, foot - tall, wide, tall, BOOKS[number % len(BOOKS)], r=0.6)
        x, number = x + wide + 0.4, number + 1
    return parts


def _sofa(color: str, left: float, right: float) -> str:
    wide = right - left
    half = wide / 2 - 9
    return (
        box(left + 6, 92, 5, 6, DARK, r=1.5)
        + box(right - 11, 92, 5, 6, DARK, r=1.5)
        + box(left + 4, 38, wide - 8, 45, color, r=9)
        + box(left + 9, 64, half, 19, color, r=5)
        + box(left + 9 + half, 64, half, 19, color, r=5)
        + box(left, 54, 13, 40, color, r=6)
        + box(right - 13, 54, 13, 40, color, r=6)
        + box(left + 8, 80, wide - 16, 14, color, r=3)
    )


DRAWINGS: dict[str, str] = {
    "table": box(11, 47, 8, 50, WALNUT, r=3)
    + box(81, 47, 8, 50, WALNUT, r=3)
    + box(14, 47, 72, 7, "#b57a4c", r=1)
    + box(4, 40, 92, 9, OAK, r=4),
    "desk": box(6, 46, 8, 51, WALNUT, r=2)
    + box(60, 46, 34, 51, "#b57a4c", r=2)
    + "".join(box(63, y, 28, 13, OAK, r=1.5) + disc(77, y + 6.5, 1.7, "#F5E2C0") for y in (50, 66, 82))
    + box(2, 39, 96, 8, OAK, r=3),
    "counter": box(5, 42, 90, 55, "#8aa6b5", r=3)
    + "".join(box(x, 50, 25, 42, "#a3bcc9", r=2) for x in (9, 37.5, 66))
    + box(1, 35, 98, 9, "#e9ddcb", r=3),
    "bar counter": box(5, 42, 90, 55, "#7d4d30", r=3)
    + "".join(box(x, 50, 25, 42, "#96603d", r=2) for x in (9, 37.5, 66))
    + box(1, 35, 98, 9, "#5b3524", r=3),
    "sofa": _sofa("#d9705b", 2, 98),
    "armchair": _sofa("#4f9d8f", 14, 86),
    "bookshelf": box(10, 3, 80, 95, WALNUT, r=3)
    + "".join(box(15, y, 70, 24, "#6e4229", r=1) for y in (8, 38, 68))
    + _books(17, 82, 32, 21, 0)
    + _books(17, 66, 62, 21, 3)
    + ball(75, 56, 6, 6, "#e9c46a")
    + _books(27, 84, 92, 21, 6)
    + box(10, 32, 80, 4.5, OAK, r=1)
    + box(10, 62, 80, 4.5, OAK, r=1)
    + box(10, 92, 80, 5, OAK, r=1),
    "shelf": box(3, 58, 94, 7, OAK, r=2)
    + path("M14 65H22V80Z", WALNUT)
    + path("M86 65H78V80Z", WALNUT)
    + _books(20, 60, 58, 24, 2)
    + box(70, 46, 14, 12, "#e9eef2", r=3)
    + ball(77, 38, 10, 11, "#5fae6a"),
    "wardrobe": box(14, 3, 72, 92, OAK, r=4)
    + box(18, 8, 31, 82, "#d79f6f", r=2)
    + box(51, 8, 31, 82, "#d79f6f", r=2)
    + disc(46, 50, 2, "#F5E2C0")
    + disc(54, 50, 2, "#F5E2C0")
    + box(18, 94, 8, 5, DARK, r=1)
    + box(74, 94, 8, 5, DARK, r=1),
    "dresser": box(8, 30, 84, 64, OAK, r=3)
    + "".join(
        box(12, y, 76, 17, "#d79f6f", r=2) + disc(38, y + 8.5, 2, "#F5E2C0") + disc(62, y + 8.5, 2, "#F5E2C0")
        for y in (34, 54, 74)
    )
    + box(12, 93, 7, 5, DARK, r=1)
    + box(81, 93, 7, 5, DARK, r=1),
    "bench": "".join(box(x, 64, 6, 33, "#565c66", r=2) for x in (14, 80))
    + box(4, 58, 92, 9, OAK, r=3)
    + box(6, 34, 88, 8, OAK, r=3)
    + box(6, 45, 88, 8, OAK, r=3)
    + "".join(box(x, 32, 5, 30, "#565c66", r=2) for x in (16, 79)),
    "stool": path("M34 52L26 97H32L42 52Z", WALNUT)
    + path("M66 52L74 97H68L58 52Z", WALNUT)
    + box(32, 76, 36, 4, WALNUT, r=2)
    + box(24, 44, 52, 10, OAK, r=5),
    "throne": box(26, 4, 48, 70, "#e2b23c", r=8)
    + box(32, 14, 36, 52, "#b3263e", r=6)
    + box(20, 62, 60, 14, "#b3263e", r=5)
    + box(16, 46, 9, 36, "#e2b23c", r=4)
    + box(75, 46, 9, 36, "#e2b23c", r=4)
    + box(20, 75, 60, 12, "#e2b23c", r=3)
    + box(20, 86, 9, 12, "#c8952a", r=2)
    + box(71, 86, 9, 12, "#c8952a", r=2)
    + ball(50, 5, 5, 5, "#e0405e")
    + ball(28, 7, 4, 4, "#e2b23c")
    + ball(72, 7, 4, 4, "#e2b23c"),
    "lamp": box(47, 34, 6, 58, "#b98d58", r=2)
    + ball(50, 94, 18, 4, "#a27a49")
    + path("M32 6H68L80 42H20Z", "#ffd98a"),
    "chandelier": line("M50 2V30", "#c8952a", 3)
    + "".join(
        line(f"M50 46C{x} 70 {x} 66 {x} 54", "#d9aa3a", 3.2)
        + box(x - 3, 40, 6, 14, "#fff6e0", r=2)
        + ball(x, 34, 4, 6, "#ffd24d")
        for x in (14, 32, 68, 86)
    )
    + ball(50, 44, 8, 16, "#e2b23c")
    + ball(50, 72, 4, 6, "#bfe6f5"),
    "fireplace": box(4, 18, 92, 10, "#b57a4c", r=3)
    + box(9, 27, 82, 71, "#b5624c", r=2)
    + flat("M22 97V58Q22 40 50 40Q78 40 78 58V97Z", "#2f2326")
    + path("M34 92C30 76 42 74 44 60C54 66 66 76 64 92Z", "#f5842b")
    + path("M42 92C40 82 48 80 50 72C56 78 60 84 57 92Z", "#ffd24d")
    + box(28, 90, 44, 7, DARK, r=3),
    "rug": ball(50, 80, 48, 16, "#b5524c")
    + ball(50, 79.5, 38, 12, "#e8c28a")
    + ball(50, 79, 28, 8, "#b5524c"),
    "carpet": path("M16 66H84L98 96H2Z", "#a83f56")
    + path("M22 70H78L88 92H12Z", "#e3b86a")
    + path("M27 73H73L80 89H20Z", "#a83f56"),
    "curtain": box(2, 4, 96, 5, DARK, r=2)
    + path("M6 8H44C44 40 34 70 12 96H6Z", "#c2566b")
    + path("M94 8H56C56 40 66 70 88 96H94Z", "#c2566b")
    + line("M16 12C16 40 14 66 10 90M28 12C28 36 24 58 15 80", "#8f3a4e", 1.4)
    + line("M84 12C84 40 86 66 90 90M72 12C72 36 76 58 85 80", "#8f3a4e", 1.4),
    "piano": box(8, 30, 84, 66, "#3b2b2b", r=3)
    + box(4, 24, 92, 8, "#4a3636", r=2)
    + box(4, 58, 92, 8, "#4a3636", r=2)
    + box(8, 54, 84, 6, "#FFFFFF", r=0.5, glossy=False)
    + "".join(box(x, 54, 2.6, 3.6, "#1F1B22", r=0.3, glossy=False) for x in range(12, 90, 6))
    + box(36, 36, 28, 14, "#5a4444", r=1)
    + box(44, 82, 12, 4, "#d9aa3a", r=1),
    "grand piano": path("M6 44C30 26 48 20 70 22C92 24 98 38 96 52H6Z", "#2e2a33")
    + path("M6 44L20 8C48 2 84 10 96 30L90 34C70 22 38 30 6 44Z", "#3c3743")
    + box(3, 50, 95, 12, "#2e2a33", r=3)
    + box(5, 57, 44, 5, "#FFFFFF", r=0.5, glossy=False)
    + "".join(box(x, 57, 2.4, 3, "#1F1B22", r=0.3, glossy=False) for x in range(8, 46, 5))
    + "".join(box(x, 61, 5, 36, "#2e2a33", r=1.5) for x in (12, 52, 86)),
    "refrigerator": box(22, 3, 56, 93, "#d7e3ea", r=6)
    + box(22, 36, 56, 1.6, "#9fb1bb", r=0.5)
    + box(28, 16, 3.4, 15, "#8fa0aa", r=1.5)
    + box(28, 42, 3.4, 24, "#8fa0aa", r=1.5)
    + box(27, 95, 8, 3, "#6f7f88", r=1)
    + box(65, 95, 8, 3, "#6f7f88", r=1),
    "oven": box(12, 18, 76, 79, "#e4e7ea", r=4)
    + box(19, 44, 62, 44, "#39404a", r=4)
    + box(25, 54, 50, 28, "#e98b3a", r=3)
    + box(22, 47, 56, 3.4, "#c3cad0", r=1.5)
    + "".join(disc(x, 31, 4, "#59636e") for x in (26, 42, 58, 74)),
    "stove": box(10, 34, 80, 63, "#e4e7ea", r=4)
    + box(18, 54, 64, 36, "#39404a", r=4)
    + box(10, 30, 80, 6, "#4a525c", r=2)
    + "".join(disc(x, 44, 3.4, "#59636e") for x in (24, 40, 60, 76)),
    "microwave": box(4, 40, 92, 54, "#d7dde2", r=5)
    + box(10, 47, 58, 40, "#39404a", r=4)
    + box(74, 48, 16, 8, "#5be3a5", r=1.5)
    + "".join(disc(x, y, 2.4, "#6f7f88") for x in (77, 87) for y in (64, 72, 80)),
    "washing machine": box(14, 10, 72, 87, "#eef2f5", r=6)
    + box(18, 15, 64, 12, "#cfd9df", r=2)
    + disc(74, 21, 3, "#5AA9E6")
    + ball(50, 60, 26, 26, "#b9c6ce")
    + ball(50, 60, 20, 20, "#7cc3ea")
    + flat("M31 62Q40 54 50 62T69 62A20 20 0 0 1 31 62Z", "#3E8FCB", 0.8),
    "aquarium": box(3, 22, 94, 70, "#8fd0ee", r=5)
    + flat("M6 76Q30 70 50 77T94 74V88H6Z", "#E9CF9A")
    + line("M22 82C18 70 26 64 22 52M30 84C28 74 34 70 31 62M78 82C82 70 74 66 78 54", "#3f9a62", 3)
    + box(1, 17, 98, 8, "#44505c", r=3)
    + box(1, 88, 98, 9, "#44505c", r=3)
    + flat("M10 30L24 30L12 62Z", "#FFFFFF", 0.35),
    "fishbowl": ball(50, 58, 40, 38, "#a9dcf2")
    + flat("M12 50Q30 45 50 50T88 50A40 38 0 0 1 12 62Z", "#4DAEE0", 0.55)
    + flat("M20 80Q50 70 80 80Q66 96 50 96Q34 96 20 80Z", "#E9CF9A")
    + ball(50, 22, 26, 5, "#d8f0fa")
    + flat("M22 44Q26 34 34 30L36 34Q30 38 26 48Z", "#FFFFFF", 0.7),
    "pillow": path(
        "M8 50Q2 34 14 32Q50 38 86 32Q98 34 92 50Q90 66 94 82Q96 92 84 92Q50 86 16 92Q4 92 6 82Q10 66 8 50Z",
        "#e9eef7",
    ),
    "fence": "".join(
        path(f"M{x} 36L{x + 6} 28L{x + 12} 36V97H{x}Z", "#f4efe6") for x in (2, 21, 40, 59, 78 + 8)
    )
    + box(0, 46, 100, 7, "#e4dccd", r=1)
    + box(0, 74, 100, 7, "#e4dccd", r=1),
    "street lamp": box(46, 26, 8, 66, "#3c4650", r=2)
    + box(38, 90, 24, 8, "#313a43", r=3)
    + path("M36 6H64L58 28H42Z", "#ffd76a")
    + path("M34 7Q50 -5 66 7Z", "#3c4650")
    + box(40, 26, 20, 4, "#3c4650", r=1.5),
    "billboard": box(22, 56, 6, 42, "#6a7580", r=1)
    + box(72, 56, 6, 42, "#6a7580", r=1)
    + box(2, 4, 96, 56, "#4a545e", r=3)
    + box(6, 8, 88, 48, "#FBF7EC", r=2, glossy=False),
    "sign": box(46, 50, 8, 48, WALNUT, r=2)
    + box(5, 8, 90, 46, WALNUT, r=4)
    + box(9, 12, 82, 38, "#e3b27d", r=3),
    "banner": line("M4 26V96M96 26V96", "#8b6a48", 4)
    + path("M4 28Q50 44 96 28V64Q50 80 4 64Z", "#f7efdd")
    + line("M4 28Q50 44 96 28M4 64Q50 80 96 64", "#d8574f", 3.4),
    "swing": line("M14 97L28 6M42 97L28 6M58 97L72 6M86 97L72 6M28 6H72", "#b5524c", 5)
    + line("M40 8V74M60 8V74", "#5d6670", 1.6)
    + box(35, 73, 30, 5, OAK, r=2),
    "hammock": line("M6 98V20M94 98V20", WALNUT, 6) + path("M6 34Q50 92 94 34Q50 74 6 34Z", "#e8795a"),
    "crib": box(6, 26, 6, 71, OAK, r=2)
    + box(88, 26, 6, 71, OAK, r=2)
    + box(9, 70, 82, 14, "#bfe0f5", r=4)
    + "".join(box(x, 38, 4, 48, OAK, r=1.5) for x in range(18, 84, 11))
    + box(8, 36, 84, 6, OAK, r=2)
    + box(8, 84, 84, 7, OAK, r=2),
    "mattress": box(3, 60, 94, 28, "#eef0f6", r=8) + line("M6 74H94", "#b9c3d8", 1.6),
    "futon": box(3, 76, 94, 16, "#f0e9dc", r=7)
    + box(28, 70, 69, 18, "#6f8fc4", r=7)
    + box(7, 68, 20, 11, "#FFFFFF", r=5),
    "kotatsu": path("M16 56L2 94H98L84 56Z", "#c9604f")
    + box(10, 46, 80, 9, OAK, r=4)
    + ball(50, 41, 9, 6, "#f5952e"),
    "blanket": path("M6 62Q50 54 94 62L98 92Q50 84 2 92Z", "#7ea6d9")
    + line("M6 70Q50 62 95 70M4 82Q50 74 96 82", "#DCE9F7", 2),
    "picnic blanket": path("M18 64H82L98 96H2Z", "#e25d55")
    + "".join(
        flat(d, "#FFFFFF", 0.55) for d in ("M30 64H42L38 96H22Z", "M58 64H70L78 96H62Z", "M11 78H89L93 86H7Z")
    ),
    "picnic table": line("M24 54L14 96M76 54L86 96", WALNUT, 6)
    + box(2, 70, 96, 7, OAK, r=2)
    + box(10, 46, 80, 9, OAK, r=2),
    "stairs": "".join(box(4 + 18 * n, 80 - 17 * n, 92 - 18 * n, 18, OAK, r=1) for n in range(5)),
    "fan": ball(50, 36, 32, 32, "#cfd9e0")
    + "".join(
        ball(50, 22, 9, 14, "#6fb7e0", turn=0)
        if n == 0
        else f'<g transform="rotate({n * 120} 50 36)">' + ball(50, 22, 9, 14, "#6fb7e0") + "</g>"
        for n in range(3)
    )
    + disc(50, 36, 5, "#4A5560")
    + box(47, 66, 6, 24, "#8fa0aa", r=2)
    + ball(50, 93, 20, 5, "#8fa0aa"),
    "vending machine": box(16, 3, 68, 92, "#d9453f", r=5)
    + box(22, 10, 42, 52, "#e8f4fa", r=3)
    + "".join(box(25 + 10 * n, y, 7, 13, BOOKS[(n + y) % 8], r=2) for n in range(4) for y in (13, 30, 47))
    + box(68, 14, 11, 20, "#3a4048", r=2)
    + box(24, 72, 38, 12, "#3a2328", r=3)
    + box(20, 95, 9, 3, "#5a3030", r=1)
    + box(71, 95, 9, 3, "#5a3030", r=1),
    "vase": path(
        "M38 8H62C60 22 58 26 64 38C78 54 76 84 64 97H36C24 84 22 54 36 38C42 26 40 22 38 8Z", "#5b8fd0"
    )
    + line("M30 60Q50 68 70 60", "#DCE9F7", 3),
    "kettle": ball(48, 64, 34, 30, "#c9d2d8")
    + path("M74 54L96 34L98 44L80 70Z", "#b7c2c9")
    + line("M22 46C22 8 74 8 74 46", "#3c4650", 5)
    + ball(48, 34, 12, 4, "#9daab2")
    + disc(48, 29, 4, "#3C4650"),
    "candlestick": box(42, 28, 16, 40, "#fdf3dc", r=3)
    + ball(50, 16, 6, 11, "#ffc23d")
    + ball(50, 19, 3, 6, "#fff1b8")
    + ball(50, 70, 20, 6, "#d9aa3a")
    + box(46, 70, 8, 18, "#c8952a", r=2)
    + ball(50, 92, 24, 6, "#d9aa3a"),
    "tray": ball(50, 74, 47, 15, "#c3ccd3") + ball(50, 72, 38, 11, "#dde4e9"),
    "gramophone": path("M44 58C30 48 18 36 4 40C0 20 26 2 46 8C44 24 48 40 56 54Z", "#d9aa3a")
    + ball(24, 24, 20, 13, "#b8862a", turn=-38)
    + box(24, 66, 60, 26, WALNUT, r=3)
    + box(20, 90, 68, 8, DARK, r=2)
    + ball(54, 64, 26, 5, "#2f2b33"),
    "easel": line("M50 6L20 97M50 6L80 97M50 20V92", WALNUT, 4.5)
    + box(20, 16, 60, 48, "#FCF8EF", r=1.5)
    + box(16, 64, 68, 5, OAK, r=1.5),
    "typewriter": box(24, 6, 52, 34, "#FDFBF4", r=1)
    + box(10, 34, 80, 14, "#39434d", r=4)
    + path("M14 48H86L96 92H4Z", "#4f8a8b")
    + "".join(disc(22 + 8 * n + row * 2, 58 + row * 11, 3, "#F3EFE4") for row in range(3) for n in range(7)),
    "toaster": box(30, 20, 18, 30, "#d99a5b", r=5)
    + box(54, 22, 18, 30, "#d99a5b", r=5)
    + box(10, 42, 80, 48, "#c7d0d6", r=14)
    + box(22, 90, 14, 6, "#3c4650", r=2)
    + box(64, 90, 14, 6, "#3c4650", r=2)
    + disc(80, 64, 4, "#3C4650"),
    "cauldron": ball(50, 60, 42, 34, "#3d3a44")
    + ball(50, 34, 38, 9, "#2a2830")
    + ball(50, 34, 32, 6.5, "#7fd04b")
    + ball(38, 28, 5, 5, "#9fe36a")
    + ball(58, 24, 7, 7, "#9fe36a")
    + line("M24 88L18 97M76 88L82 97", "#3d3a44", 6),
    "watering can": path("M30 44H74L78 94H26Z", "#4f9fb5")
    + line("M74 56C96 50 96 84 77 84", "#3f869a", 5)
    + line("M30 74L8 40", "#4f9fb5", 7)
    + ball(7, 37, 7, 4, "#3f869a", turn=-35)
    + line("M36 44C40 22 64 22 68 44", "#3f869a", 5),
    "binoculars": box(10, 30, 34, 62, "#3f4650", r=10)
    + box(56, 30, 34, 62, "#3f4650", r=10)
    + box(16, 10, 22, 26, "#555e69", r=5)
    + box(62, 10, 22, 26, "#555e69", r=5)
    + box(42, 40, 16, 20, "#555e69", r=3)
    + ball(27, 90, 14, 6, "#7cc3ea")
    + ball(73, 90, 14, 6, "#7cc3ea"),
    "haystack": path("M4 96C4 60 26 26 50 26C74 26 96 60 96 96Z", "#e3b94f")
    + line("M26 52L20 84M40 40L38 78M58 38L60 80M72 50L80 86M50 30L48 60", "#c39a35", 2),
}
