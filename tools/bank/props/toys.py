"""Toys, games, instruments, festive things, tools and plain forms."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

DRAWINGS: dict[str, str] = {
    "snow globe": box(18, 74, 64, 22, "#8a4a3c", r=7)
    + ball(50, 44, 40, 40, "#a9d8f2")
    + flat("M13 56Q50 44 87 56A40 40 0 0 1 28 78H72A40 40 0 0 1 13 56Z", "#FFFFFF")
    + path("M50 22L64 46H36ZM50 34L68 60H32Z", "#4f9a62")
    + "".join(
        disc(x, y, 2, "#FFFFFF")
        for x, y in ((26, 36), (34, 22), (66, 20), (74, 38), (22, 50), (60, 30), (42, 14))
    )
    + flat("M20 34Q26 20 38 13L41 17Q30 24 25 37Z", "#FFFFFF", 0.7),
    "daruma": path("M50 4C82 4 94 34 90 62C88 84 74 97 50 97S12 84 10 62C6 34 18 4 50 4Z", "#d5343a")
    + ball(50, 42, 30, 22, "#fbead2")
    + disc(38, 42, 8, "#FFFFFF")
    + disc(62, 42, 8, "#FFFFFF")
    + disc(38, 42, 4, "#2E2430")
    + disc(62, 42, 4, "#2E2430")
    + line("M28 28Q38 22 46 30M72 28Q62 22 54 30M40 58Q50 54 60 58", "#2E2430", 4)
    + line("M38 74Q50 86 62 74M30 70Q34 84 42 90M70 70Q66 84 58 90", "#E9B93F", 3),
    "maneki neko": ball(50, 74, 30, 24, "#fdfaf4")
    + ball(24, 30, 8, 20, "#fdfaf4", turn=8)
    + path("M28 22L34 4L48 16Z", "#fdfaf4")
    + path("M72 22L66 4L52 16Z", "#fdfaf4")
    + ball(50, 34, 27, 23, "#fdfaf4")
    + line("M36 32Q40 28 44 32M56 32Q60 28 64 32", "#2E2430", 2.6)
    + path("M46 40H54L50 44Z", "#e8738a")
    + box(30, 54, 40, 6, "#d5343a", r=3)
    + disc(50, 62, 5, "#E9B93F")
    + ball(62, 78, 10, 14, "#e9b93f"),
    "origami crane": path("M50 60L96 12L66 66Z", "#e8607a")
    + path("M50 60L4 12L34 66Z", "#f28a9e")
    + path("M34 66L66 66L50 96Z", "#d94a68")
    + path("M34 66L12 54L2 62L14 60L40 72Z", "#e8607a")
    + path("M66 66L92 84L64 74Z", "#f28a9e"),
    "chess board": path("M50 44L98 68L50 92L2 68Z", "#7d4d30")
    + "".join(
        flat(
            f"M{50 + (c - r) * 11} {48 + (c + r) * 5}l11 5l-11 5l-11 -5Z",
            "#F2DFC0" if (r + c) % 2 == 0 else "#8A5A3C",
        )
        for r in range(4)
        for c in range(4)
    ),
    "lego brick": box(8, 44, 84, 48, "#d9363e", r=3)
    + "".join(box(x, 34, 16, 12, "#e8504a", r=3) for x in (12, 32.5, 53, 73)),
    "spinning top": path("M10 40H90Q80 70 54 84L50 97L46 84Q20 70 10 40Z", "#e8504a")
    + ball(50, 40, 40, 9, "#ffd23f")
    + box(47, 12, 6, 26, "#8a5f3f", r=3),
    "jack in the box": box(20, 56, 60, 41, "#4f9fd8", r=3)
    + line("M50 56L44 50L56 44L44 38L54 32", "#9AA6B0", 4)
    + ball(50, 22, 16, 16, "#ffe0bd")
    + path("M34 18Q50 -10 66 18Z", "#e0405e")
    + disc(44, 22, 2.4, "#2E2430")
    + disc(56, 22, 2.4, "#2E2430")
    + disc(50, 27, 3, "#E0405E")
    + disc(50, 77, 9, "#FFD23F"),
    "block": path("M10 34L50 16L90 34L50 52Z", "#ffd76a")
    + path("M10 34L50 52V97L10 78Z", "#f2b62e")
    + path("M90 34L50 52V97L90 78Z", "#d99a1e"),
    "marble": ball(50, 54, 40, 40, "#4fa7d8")
    + flat("M24 60Q40 30 62 44T80 48Q70 72 50 66T24 60Z", "#FFFFFF", 0.6),
    "puppet": ball(50, 26, 20, 20, "#ffe0bd")
    + disc(43, 24, 2.6, "#2E2430")
    + disc(57, 24, 2.6, "#2E2430")
    + line("M42 33Q50 40 58 33", "#C2403A", 2.4)
    + path("M34 44H66L82 92H18Z", "#7d4fb0")
    + ball(18, 66, 8, 8, "#ffe0bd")
    + ball(82, 66, 8, 8, "#ffe0bd"),
    "beach ball": ball(50, 54, 42, 42, "#fbf7f2")
    + path("M50 12C30 26 30 82 50 96C20 92 6 70 8 50C10 28 28 12 50 12Z", "#e8504a")
    + path("M50 12C70 26 70 82 50 96C80 92 94 70 92 50C90 28 72 12 50 12Z", "#3f9fd8")
    + disc(50, 13, 4, "#FFD23F"),
    "hula hoop": '<ellipse cx="50" cy="60" rx="44" ry="34" fill="none" stroke="#e8508a" stroke-width="7"/>',
    "trampoline": line("M18 66L12 96M82 66L88 96M50 72V97", "#5b6670", 4)
    + ball(50, 62, 47, 14, "#3f7fd0")
    + ball(50, 61, 38, 10, "#2f3540"),
    "wreath": "".join(
        f'<g transform="rotate({30 * n} 50 52)">' + ball(50, 16, 13, 10, "#3f8f4f") + "</g>"
        for n in range(12)
    )
    + "".join(
        f'<g transform="rotate({45 * n + 12} 50 52)">' + disc(50, 17, 3.6, "#D9363E") + "</g>"
        for n in range(8)
    )
    + path("M50 86L30 76V98Z", "#d9363e")
    + path("M50 86L70 76V98Z", "#d9363e"),
    "ornament": ball(50, 60, 36, 36, "#d9363e")
    + box(42, 16, 16, 11, "#e2b23c", r=2)
    + line("M50 16V4", "#C8952A", 2.4)
    + flat("M16 56Q50 70 84 56V64Q50 78 16 64Z", "#FFE9B8", 0.85),
    "string lights": line("M2 20Q26 48 50 26T98 20", "#3a3d46", 2.4)
    + "".join(
        ball(x, y, 6, 9, c)
        for x, y, c in (
            (14, 42, "#e8504a"),
            (32, 48, "#ffd23f"),
            (50, 38, "#4fb0e8"),
            (68, 30, "#57c77a"),
            (86, 36, "#e878c0"),
        )
    ),
    "garland": line("M2 24Q50 80 98 24", "#4f9a4a", 4)
    + "".join(
        path(f"M{x} {y}l12 0l-6 16Z", c)
        for x, y, c in (
            (8, 32, "#e8504a"),
            (26, 46, "#ffd23f"),
            (44, 52, "#4fb0e8"),
            (62, 46, "#57c77a"),
            (80, 32, "#e878c0"),
        )
    ),
    "nutcracker": box(34, 2, 32, 22, "#2b2730", r=4)
    + ball(50, 34, 15, 14, "#ffe0bd")
    + box(38, 40, 24, 14, "#f4f0ea", r=5)
    + box(32, 50, 36, 28, "#d0302f", r=4)
    + box(36, 76, 11, 20, "#f4f0ea", r=2)
    + box(53, 76, 11, 20, "#f4f0ea", r=2)
    + disc(44, 31, 2.2, "#2E2430")
    + disc(56, 31, 2.2, "#2E2430")
    + line("M50 52V76", "#E2B23C", 3),
    "xylophone": "".join(
        box(6 + 12 * n, 30 + 3 * n, 10, 60 - 6 * n, c, r=3)
        for n, c in enumerate(("#e8504a", "#f5952e", "#ffd23f", "#57c77a", "#4fb0e8", "#6a6fd6", "#b36fd6"))
    ),
    "record player": box(4, 40, 92, 52, "#a86c42", r=4)
    + ball(42, 62, 34, 17, "#2b2730")
    + ball(42, 62, 10, 5, "#e8504a")
    + line("M84 46L80 66L62 68", "#D7DDE4", 3.4),
    "jukebox": path("M16 97V38C16 4 84 4 84 38V97Z", "#d9534f")
    + path("M26 50V38C26 14 74 14 74 38V50Z", "#ffd76a")
    + box(26, 56, 48, 32, "#8a3a5a", r=3)
    + line("M32 62V82M41 62V82M50 62V82M59 62V82M68 62V82", "#F2B9C8", 2.4),
    "tambourine": ball(50, 52, 44, 36, "#d99a5b")
    + ball(50, 52, 36, 28, "#f7ead2")
    + "".join(
        disc(x, y, 5, "#E2B23C") for x, y in ((10, 52), (90, 52), (24, 26), (76, 26), (24, 78), (76, 78))
    ),
    "katana": path("M92 4C80 34 56 62 34 80L28 74C50 56 74 30 92 4Z", "#d7dfe6")
    + line("M38 86L22 70", "#C8952A", 5)
    + line("M26 82L6 97", "#3a3d5a", 8),
    "torch": path("M42 50H58L54 97H46Z", "#8a5f3f")
    + path("M30 48C22 26 44 24 46 4C66 16 78 34 68 50Z", "#f5842b")
    + path("M40 48C38 34 50 34 50 22C60 32 64 42 58 50Z", "#ffd23f")
    + box(36, 46, 28, 8, "#5b6670", r=3),
    "cage": '<path d="M14 90V46C14 18 34 10 50 10S86 18 86 46V90" fill="none" stroke="#d9aa3a" stroke-width="4"/>'
    + line("M32 90V18M50 90V10M68 90V18M14 54H86", "#d9aa3a", 2.6)
    + box(10, 88, 80, 9, "#c8952a", r=3),
    "cannon": path("M10 42L78 30Q90 32 90 44T80 58L14 66Q4 54 10 42Z", "#3c424c")
    + disc(34, 76, 20, "#7D4D30")
    + disc(34, 76, 7, "#C8952A"),
    "staff": line("M50 30V97", "#8a5f3f", 6) + ball(50, 17, 15, 15, "#5fc7e8"),
    "rake": line("M50 4V74", "#b97f45", 5)
    + line("M22 76H78M22 76V94M36 76V94M50 76V94M64 76V94M78 76V94", "#8f98a3", 4),
    "hoe": line("M40 97V10", "#b97f45", 5) + path("M38 6H86L82 26Q60 14 38 16Z", "#8f98a3"),
    "safe": box(8, 10, 84, 80, "#59636e", r=6)
    + box(16, 18, 68, 64, "#6f7a86", r=4)
    + disc(50, 50, 17, "#C9D1D8")
    + line("M50 50V36M50 50L62 57M50 50L38 57", "#3C424C", 4)
    + box(14, 90, 14, 8, "#3c424c", r=2)
    + box(72, 90, 14, 8, "#3c424c", r=2),
    "robot vacuum": ball(50, 82, 46, 13, "#3c424c")
    + ball(50, 78, 46, 13, "#d7dde2")
    + ball(50, 77, 14, 4.4, "#4fb0e8"),
    "cylinder": path("M18 20V80Q18 94 50 94T82 80V20Z", "#4f9fd8") + ball(50, 20, 32, 12, "#8fc4ea"),
    "cone": path("M50 4L88 84Q88 96 50 96T12 84Z", "#f2a83e"),
    "hexagon": path("M50 4L92 27V73L50 96L8 73V27Z", "#4fb08f"),
    "portal": '<ellipse cx="50" cy="50" rx="34" ry="46" fill="#3A1E6B"/>'
    + "".join(
        f'<ellipse cx="50" cy="50" rx="{r}" ry="{r * 1.36:.1f}" fill="none" stroke="{c}" stroke-width="5"/>'
        for r, c in ((34, "#7d5cff"), (25, "#a58bff"), (16, "#d6c7ff"))
    ),
    "scarecrow": line("M50 30V97M14 48H86", "#8a5f3f", 5)
    + path("M30 42H70L76 80H24Z", "#c8523f")
    + path("M12 42H34V56H12Z", "#c8523f")
    + path("M66 42H88V56H66Z", "#c8523f")
    + ball(50, 28, 15, 15, "#e9cf9a")
    + path("M30 20Q50 -8 70 20Z", "#b97f45")
    + ball(50, 20, 26, 5, "#b97f45")
    + disc(45, 27, 2, "#2E2430")
    + disc(55, 27, 2, "#2E2430")
    + line("M44 34Q50 38 56 34", "#2E2430", 1.8),
}
