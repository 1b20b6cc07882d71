"""The lettering font: M PLUS Rounded 1c, cut down to the letters people write on signs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = "@expo-google-fonts/m-plus-rounded-1c/800ExtraBold/MPLUSRounded1c_800ExtraBold.ttf"
CREDIT = (
    "M PLUS Rounded 1c (lettering.ttf): Copyright 2021 The M+ FONTS Project Authors "
    "(https://github.com/coz-m/MPLUS_FONTS); OFL-1.1. Subset."
)


def build(packages: Path, data: Path) -> None:
    """Write `lettering.ttf` into `data`: Latin, Greek, Cyrillic, kana, JIS X 0208 level 1 kanji."""
    font = TTFont(packages / SOURCE)
    options = subset.Options(hinting=False, layout_features=["kern", "palt"], name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=set(_letters()))
    cutter.subset(font)
    font["head"].modified = font["head"].created  # the build's clock must not show in the file
    font.recalcTimestamp = False
    font.save(data / "lettering.ttf")


def _letters() -> Iterator[int]:
    for first, last in ((0x20, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2044), (0x3000, 0x30FF)):
        yield from range(first, last + 1)
    yield from range(0xFF01, 0xFF9F)
    yield from (0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2605, 0x2606, 0x2661, 0x2665, 0x266A)
    for row in range(16, 48):  # JIS X 0208 level 1: 2,965 kanji in common use
        for cell in range(1, 95):
            try:
                yield ord(bytes((row + 0xA0, cell + 0xA0)).decode("euc_jp"))
            except UnicodeDecodeError:
                continue
