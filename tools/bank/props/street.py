"""Buildings and things of the street."""

from __future__ import annotations

from tools.bank.draw import ball, box, disc, flat, line, path

STONE, BRICK, TILE = "#b9b2a8", "#b5624c", "#c8523f"

DRAWINGS: dict[str, str] = {
    "lighthouse": path("M36 30H64L72 94H28Z", "#f4f0ea")
    + path("M34.6 42H65.4L67.4 57H32.6Z", "#d9453f")
    + path("M30.6 72H69.4L71.3 87H28.7Z", "#d9453f")
    + box(32, 25, 36, 6, "#4a525c", r=2)
    + box(39, 11, 22, 15, "#ffd76a", r=2)
    + path("M36 12L50 2L64 12Z", "#d9453f")
    + box(45, 80, 10, 14, "#5b3a2c", r=4)
    + ball(50, 95, 34, 4, "#8d8791"),
    "windmill": path("M36 38H64L72 97H28Z", "#efe6d6")
    + path("M34 40Q50 18 66 40Z", "#b5524c")
    + box(44, 78, 12, 19, "#7d4d30", r=5)
    + box(45, 54, 10, 11, "#7cc3ea", r=2)
    + "".join(
        f'<g transform="rotate({45 + 90 * n} 50 38)">'
        + box(48.6, -2, 2.8, 40, "#7d4d30", r=1)
        + box(51, 0, 11, 28, "#f7f0dd", r=1)
        + "</g>"
        for n in range(4)
    )
    + disc(50, 38, 4, "#5B3A2C"),
    "pagoda": "".join(
        box(50 - w * 0.55, y, w * 1.1, 14, "#c8453a", r=1)
        + path(
            f"M{50 - w - 10} {y + 3}Q{50 - w * 0.6} {y - 2} {50 - w * 0.5} {y - 9}H{50 + w * 0.5}Q{50 + w * 0.6} {y - 2} {50 + w + 10} {y + 3}Q50 {y - 2} {50 - w - 10} {y + 3}Z",
            "#3f5a54",
        )
        for w, y in ((36, 80), (30, 59), (24, 38), (18, 19))
    )
    + line("M50 10V0", "#d9aa3a", 3)
    + box(44, 82, 12, 14, "#5b2a24", r=2),
    "barn": path("M8 97V48L26 22L50 10L74 22L92 48V97Z", "#c2403a")
    + line("M6 50L26 22L50 10L74 22L94 50", "#f4ece0", 4)
    + box(34, 58, 32, 39, "#9c2f2b", r=1)
    + line("M34 58H66V97H34ZM34 58L66 97M66 58L34 97", "#f4ece0", 3)
    + box(42, 30, 16, 15, "#5b2420", r=1),
    "pyramid": path("M50 12L98 94H2Z", "#e3bd72")
    + flat("M50 12L98 94H62Z", "#B98A45", 0.55)
    + line("M38 33H59M29 48H66M20 64H74M11 79H84", "#C79B55", 1.4),
    "igloo": path("M4 92C4 48 28 26 50 26S96 48 96 92Z", "#e6f2fa")
    + line(
        "M8 74H92M16 56H84M30 38H70M34 38V26M50 38V26M66 38V30M28 56V40M44 56V38M60 56V38M74 56V44M18 74V58M38 74V56M62 74V56M82 74V58",
        "#b4cfe2",
        1.8,
    )
    + path("M32 94V76C32 60 68 60 68 76V94Z", "#d3e6f3")
    + flat("M39 94V78C39 68 61 68 61 78V94Z", "#3C5A78"),
    "treehouse": path("M42 50C46 74 40 90 32 97H68C60 90 54 74 58 50Z", "#8a5f3f")
    + ball(26, 34, 24, 20, "#58a64a")
    + ball(74, 34, 24, 20, "#58a64a")
    + ball(50, 20, 28, 19, "#62b356")
    + box(24, 60, 52, 5, "#a86c42", r=1)
    + box(30, 38, 40, 24, "#c98b5a", r=1)
    + path("M26 40L50 22L74 40Z", TILE)
    + box(44, 46, 11, 16, "#6e4229", r=2)
    + line("M36 65V97M44 65V97M36 74H44M36 83H44M36 92H44", "#c98b5a", 2),
    "doghouse": path("M14 97V50L50 22L86 50V97Z", "#d9935a")
    + line("M8 54L50 20L92 54", "#b5423a", 8)
    + flat("M34 97V72C34 54 66 54 66 72V97Z", "#3F2A22"),
    "birdhouse": box(47, 66, 6, 32, "#8a5f3f", r=1)
    + path("M26 66V36L50 16L74 36V66Z", "#6fb0d0")
    + line("M20 40L50 14L80 40", "#b5423a", 6)
    + disc(50, 44, 8, "#33261F")
    + line("M50 57V61", "#8A5F3F", 4),
    "clock tower": box(34, 24, 32, 73, "#c9ae84", r=1)
    + path("M30 26L50 2L70 26Z", "#4f6b78")
    + disc(50, 40, 12, "#FBF7EC")
    + '<circle cx="50" cy="40" r="12" fill="none" stroke="#4A3A2C" stroke-width="2.4"/>'
    + line("M50 40V32M50 40L56 43", "#2E2430", 2)
    + "".join(box(x, y, 6, 10, "#4f6b78", r=3) for x in (39, 55) for y in (58, 74)),
    "big ben": box(36, 22, 28, 75, "#cfb078", r=1)
    + path("M36 22L50 0L64 22Z", "#5d6f6a")
    + disc(50, 36, 10, "#FBF7EC")
    + '<circle cx="50" cy="36" r="10" fill="none" stroke="#7A5F2E" stroke-width="2.4"/>'
    + line("M50 36V29M50 36L55 39", "#2E2430", 1.8)
    + line("M42 52V94M50 52V94M58 52V94", "#9C8150", 2),
    "greenhouse": path("M6 97V48L50 14L94 48V97Z", "#bfe6d6")
    + line("M6 97V48L50 14L94 48V97ZM28 97V32M50 97V14M72 97V32M6 62H94", "#f7faf8", 3)
    + ball(24, 86, 12, 10, "#58a64a")
    + ball(72, 86, 14, 11, "#58a64a"),
    "well": line("M22 60V26M78 60V26", "#8a5f3f", 5)
    + path("M10 30L50 8L90 30Z", TILE)
    + box(12, 58, 76, 39, STONE, r=5)
    + line(
        "M14 70H86M14 84H86M30 58V70M52 58V70M74 58V70M22 70V84M42 70V84M64 70V84M34 84V97M58 84V97",
        "#8D867C",
        1.8,
    )
    + line("M50 20V50", "#C9A25F", 2),
    "arch": path("M6 97V50C6 24 26 6 50 6S94 24 94 50V97H70V52C70 40 62 32 50 32S30 40 30 52V97Z", STONE),
    "chimney": box(30, 26, 40, 71, BRICK, r=1) + box(24, 16, 52, 12, "#9c4f3c", r=2),
    "water mill": path("M28 97V44L60 18L94 44V97Z", "#d9c3a0")
    + line("M24 48L60 18L97 46", "#8a4a3a", 6)
    + '<circle cx="28" cy="68" r="25" fill="none" stroke="#7d4d30" stroke-width="6"/>'
    + line("M28 43V93M3 68H53M10 50L46 86M46 50L10 86", "#7d4d30", 3.4),
    "sphinx": path("M4 92V76Q10 66 30 66L34 30Q48 10 64 30L68 66Q90 66 96 84V92Z", "#dcb56a")
    + disc(44, 34, 2, "#5B452A")
    + disc(56, 34, 2, "#5B452A"),
    "fire hydrant": box(34, 30, 32, 60, "#d9363e", r=4)
    + path("M32 32Q50 4 68 32Z", "#d9363e")
    + box(20, 46, 60, 13, "#c22f36", r=4)
    + box(26, 88, 48, 9, "#b3262f", r=3)
    + disc(50, 52, 7, "#E9C46A"),
    "phone booth": box(24, 6, 52, 91, "#c8302f", r=4)
    + "".join(
        box(30 + 14.5 * n, 20 + 17 * row, 11.5, 14, "#cfe9f5", r=1) for n in range(3) for row in range(4)
    )
    + box(29, 9, 42, 8, "#fbf4e6", r=1),
    "traffic cone": box(8, 86, 84, 11, "#e0662e", r=3)
    + path("M42 8H58L80 88H20Z", "#f2762e")
    + path("M36.5 32H63.5L69 52H31Z", "#ffffff")
    + path("M28 66H72L75 78H25Z", "#ffffff"),
    "flagpole": line("M24 98V4", "#9AA6B0", 4)
    + path("M26 8Q46 0 64 8T96 8V44Q78 52 62 44T26 44Z", "#d9453f"),
    "stone lantern": box(28, 90, 44, 8, "#8f938f", r=2)
    + box(42, 60, 16, 32, "#9da19c", r=2)
    + box(32, 54, 36, 8, "#8f938f", r=2)
    + box(36, 34, 28, 20, "#a9ada8", r=1)
    + box(43, 38, 14, 13, "#ffd76a", r=1)
    + path("M18 36Q50 26 82 36L64 20Q50 12 36 20Z", "#8f938f")
    + ball(50, 13, 5, 7, "#8f938f"),
}

DRAWINGS |= {
    "bridge": path("M2 46Q50 22 98 46V60Q50 38 2 60Z", "#b5836a")
    + path("M2 56Q50 34 98 56V92H84C84 66 66 54 50 54S16 66 16 92H2Z", STONE)
    + line("M4 44Q50 18 96 44M4 34V48M26 24V38M50 19V33M74 24V38M96 34V48", "#8a5f4a", 2.6),
    "sink": box(8, 44, 84, 14, "#eef2f5", r=5)
    + path("M16 56H84L76 84H24Z", "#dfe6ea")
    + box(42, 84, 16, 14, "#c3ccd3", r=2)
    + line("M50 44V24Q50 12 64 14L68 24", "#9aa6b0", 6),
}
