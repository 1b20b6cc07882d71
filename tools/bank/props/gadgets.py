"""Small machines, bottles and instruments, and creatures no emoji shows."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

STEEL = "#b9c0cc"


def _bricks() -> str:
    rows = []
    for row in range(5):
        start = 2 if row % 2 == 0 else -8
        for column in range(6):
            left, right = max(2, start + column * 20), min(98, start + column * 20 + 18)
            if right - left > 3:
                tone = ("#b5573f", "#c0644a", "#ad5240")[(row * 2 + column) % 3]
                rows.append(box(left, 42 + row * 11, right - left, 9, tone, r=1.2))
    return box(0, 40, 100, 58, "#d9cdbd", r=1.5) + "".join(rows) + box(0, 36, 100, 6, "#cbbba8", r=2)


DRAWINGS: dict[str, str] = {
    "wall": _bricks(),
    "perfume": box(24, 42, 52, 54, "#f3a8c4", r=10)
    + box(30, 58, 40, 32, "#f8c9da", r=6)
    + box(42, 30, 16, 13, "#e2b23c", r=2)
    + box(38, 12, 24, 20, "#e8c25a", r=5)
    + line("M31 52V80", "#FFFFFF", 3)
    + ball(50, 74, 9, 9, "#fdf3e0"),
    "sewing machine": box(6, 82, 88, 13, "#6b7280", r=4)
    + path("M66 82V28H84Q90 28 90 36V82Z", "#2f78a8")
    + path("M14 20H80Q90 20 90 32V42H34Q30 42 30 48V54H14Z", "#3a8bbd")
    + box(17, 54, 10, 8, STEEL, r=2)
    + line("M22 62V80", "#8A8F99", 2.5)
    + box(14, 79, 18, 4, "#e2e5ea", r=1)
    + ball(94, 36, 5, 11, "#e2b23c")
    + box(50, 8, 8, 13, "#d9485f", r=2)
    + line("M54 10Q30 6 24 20", "#D9485F", 1.2)
    + disc(72, 31, 4, "#F4F6F8"),
    "bagpipes": line("M44 44L22 6", "#5A3A26", 6)
    + line("M54 42L46 4", "#5A3A26", 6)
    + line("M64 44L70 4", "#5A3A26", 6)
    + "".join(
        ball(x, y, 5, 3.5, "#f1e6cf") for x, y in ((23, 8), (46, 6), (70, 6), (34, 26), (50, 24), (67, 24))
    )
    + path("M16 58C16 38 44 34 66 40C88 46 94 66 78 76C58 88 16 84 16 58Z", "#b8293d")
    + line("M22 50L82 70M34 41L88 58M18 64L66 80", "#1F5A3C", 3)
    + line("M28 80L62 42M48 84L80 46", "#F2C14E", 1.6)
    + line("M22 72L8 96", "#4A2E1E", 5)
    + line("M84 50L96 32", "#4A2E1E", 4),
    "whistle": path("M6 38H62Q94 38 94 62Q94 88 68 88Q44 88 42 62L6 58Z", "#e2b23c")
    + ball(68, 62, 14, 14, "#7a5a1c")
    + box(30, 38, 13, 8, "#5A4415", r=1)
    + line("M92 46Q104 30 84 16", "#C8303F", 4),
    "pipe": path("M56 44H92V70Q92 92 74 92Q56 92 56 70Z", "#7b4a2c")
    + line("M60 84Q40 84 34 60Q28 30 6 26", "#4A2B1C", 8)
    + ball(74, 45, 18, 6, "#3a2418"),
    "cane": line("M50 96V28Q50 8 66 8Q82 8 82 28", "#8a5a3c", 8) + box(45, 90, 10, 8, "#3A3A3A", r=2),
    "tv remote": box(34, 4, 32, 92, "#3b3f4a", r=9)
    + disc(50, 16, 5, "#E0474C")
    + disc(50, 36, 10, "#5F6675")
    + disc(50, 36, 4, "#8D95A5")
    + "".join(disc(x, y, 3.6, "#A7AEBB") for y in (56, 67, 78, 88) for x in (41, 50, 59)),
    "tape": ball(50, 54, 44, 42, "#e9c46a")
    + disc(50, 54, 24, "#C99B3F")
    + disc(50, 54, 20, "#F6EEDC")
    + flat("M50 96H98V86H66Z", "#F3D98E"),
    "blender": path("M26 6H78L70 60H34Z", "#cfe6f2")
    + path("M30 30H75L70 60H34Z", "#e5677f")
    + line("M78 14Q96 16 90 34Q86 46 73 46", "#8FB3C6", 5)
    + path("M32 60H72L80 96H24Z", "#4b5563")
    + disc(52, 80, 7, "#E9EBEF")
    + box(24, 2, 56, 7, "#374151", r=3),
    "spray can": box(30, 32, 40, 64, "#2fa38b", r=5)
    + path("M30 34Q34 20 44 18H56Q66 20 70 34Z", STEEL)
    + box(43, 6, 14, 13, "#f4f4f6", r=3)
    + box(30, 52, 40, 24, "#f8f4e6", r=0)
    + disc(50, 64, 8, "#E8543F"),
    "button": ball(50, 52, 44, 44, "#3f7fd0")
    + disc(50, 52, 32, "#3670BC")
    + "".join(disc(x, y, 5.5, "#1D3F70") for x in (40, 60) for y in (42, 62)),
    "air conditioner": box(4, 30, 92, 38, "#f2f4f6", r=7)
    + box(10, 56, 80, 7, "#4B5563", r=3)
    + disc(84, 42, 3, "#57C278")
    + "".join(line(f"M{x} 74Q{x - 5} 82 {x} 88", "#8CCBE8", 3) for x in (26, 50, 74)),
    "parking meter": box(45, 46, 10, 51, "#7b8290", r=2)
    + path("M28 50V26Q28 4 50 4Q72 4 72 26V50Z", "#4a6fa5")
    + flat("M35 30Q35 12 50 12Q65 12 65 30Z", "#E6F1F7")
    + line("M50 30L56 18", "#D9363E", 2.5)
    + box(44, 37, 12, 4, "#20304A", r=1),
    "anteater": path("M60 40Q92 12 98 40Q104 70 74 62Z", "#6b5a50")
    + path("M4 66Q2 62 8 60Q26 50 36 40Q52 26 70 38Q80 46 76 66H34Q28 60 10 67Z", "#8d7c70")
    + flat("M32 44Q44 54 60 66L48 66Q36 56 30 48Z", "#2E2A2A")
    + flat("M34 42Q46 50 66 64L61 66Q44 54 31 45Z", "#F1ECE4")
    + "".join(
        box(x, 60, 9, 34, tone, r=4)
        for x, tone in ((36, "#8d7c70"), (47, "#75665c"), (62, "#8d7c70"), (70, "#75665c"))
    )
    + ball(37, 38, 4, 5, "#6b5a50")
    + disc(26, 51, 1.8, "#1E1A1A"),
    "centaur": path("M34 56Q60 48 86 58Q94 66 90 78H38Q28 70 34 56Z", "#8a5a3c")
    + line("M89 60Q100 66 96 86", "#3D2618", 6)
    + "".join(
        box(x, 70, 8, 24, tone, r=3)
        for x, tone in ((36, "#8a5a3c"), (47, "#744a30"), (72, "#744a30"), (81, "#8a5a3c"))
    )
    + "".join(box(x - 0.5, 92, 9, 5, "#2E1E14", r=1.5) for x in (36, 47, 72, 81))
    + path("M28 34Q38 28 48 34L50 60Q42 68 32 62Z", "#f0b98d")
    + line("M30 38Q16 44 14 56", "#EBB083", 6)
    + line("M47 38Q58 46 52 56", "#E0A276", 6)
    + ball(38, 20, 11, 12, "#f4c197")
    + flat("M26 20Q26 4 40 5Q54 8 49 26Q48 16 40 14Q32 14 26 20Z", "#5A3620")
    + disc(33, 21, 1.5, "#2A1A12")
    + disc(41, 21, 1.5, "#2A1A12")
    + line("M34 27Q37 29 40 27", "#8A4A32", 1.4),
    "flying bird": path("M46 44Q60 6 92 4Q88 34 66 54Z", "#7fa3cf")
    + path("M6 50Q12 38 26 42Q50 40 74 54L98 56L90 63L97 72L70 66Q44 74 24 62Q14 60 6 50Z", "#5c87bf")
    + path("M38 50Q44 22 70 12Q78 40 58 60Z", "#6f97cb")
    + flat("M16 57Q34 70 62 66Q44 60 26 52Z", "#F4EFE4")
    + flat("M7 47L-1 52L9 54Z", "#F2A33A")
    + disc(16, 47.5, 1.9, "#1E2430"),
    "flown kite": line("M2 98Q20 62 66 40", "#F7F3EA", 0.9)
    + path("M78 4L98 30L66 52L54 22Z", "#e8433f")
    + flat("M78 4L98 30L74 28Z", "#F7C948")
    + flat("M54 22L74 28L66 52Z", "#3F8FD9")
    + line("M66 52Q76 62 66 70Q58 78 66 88", "#E8433F", 1.4)
    + flat("M63 66L74 70L72 63ZM58 78L70 82L66 74Z", "#F7C948"),
}
