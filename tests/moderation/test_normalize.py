"""Disguises are looked through, and innocent spellings are left alone."""

from __future__ import annotations

import time

import pytest

from egaku.moderation.normalize import fold, readings, reveal


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("n u d e woman", "nude woman"),
        ("n.u.d.e", "nude"),
        ("n-u-d-e", "nude"),
        ("na ked man", "naked man"),
        ("nud3 girl", "nude girl"),
        ("p0rn", "porn"),
        ("$exy", "sexy"),
        ("k1ll", "kill"),
        ("n*de", "nude"),
        ("p**n", "porn"),
        ("f**k", "fuck"),
        ("nuuude", "nude"),
        ("nnuuddee", "nude"),
        ("ｎｕｄｅ", "nude"),
        ("n\u200bu\u200bd\u200be", "nude"),
        ("nüdé", "nude"),
        ("n\u0336u\u0336d\u0336e\u0336", "nude"),
        ("nudе", "nude"),  # Cyrillic е
        ("ѕех", "sex"),  # all Cyrillic
        ("pοrn", "porn"),  # Greek ο
        ("<b>nu</b>de", "nude"),
        ("&#110;ude", "nude"),
        ("**nude**", "nude"),
        ("𝓷𝓾𝓭𝓮", "nude"),
        ("NUDE", "nude"),
        ("エ○チな絵", "エッチな絵"),
        ("セッ●ス", "セックス"),
        ("おっ○い", "おっぱい"),
        ("全・裸の女", "全裸の女"),
        ("セ ッ ク ス", "セックス"),
        ("はだかの女", "裸の女"),
        ("ﾊﾀﾞｶの女性", "裸の女性"),
        ("ヱロ漫画", "エロ漫画"),
        ("くびつり", "首吊り"),
        ("🍆💦", "people having sex"),
        ("🔪🩸", "killing someone with a weapon, blood"),
    ],
)
def test_disguises(disguised: str, plain: str) -> None:
    assert readings(disguised)[-1].strip() == plain


@pytest.mark.parametrize(
    "text",
    [
        "a good book in a cool school",
        "1girl, 8k, 4k, mp3, r2d2, c4d, h2o, 35mm, f1.8",
        "5 x 7 cm, 3 x 4 grid",
        "bass, grass, glass, class, assassin",
        "рисунок кота",
        "μία γάτα",
        "カップぬーどる",
        "カップヌードルとピエロとイエローとメロン",
        "立ちはだかる敵",
        "ところすべて",
        "ハダカデバネズミ",
        "まじさつまいも",
        "🍆 curry and 🍑 cobbler",
        "東京・大阪・京都",
        "○×クイズ",
        "it's 5 o'clock",
        "ちょこっと寄り道",
    ],
)
def test_innocent_spellings_stay(text: str) -> None:
    folded = fold(text)
    assert reveal(folded) == folded


def test_spaced_words_inside_a_sentence() -> None:
    assert "nude" in readings("a photo of a n u d e w o m a n, 8k")[-1]


def test_folding_keeps_japanese_voicing_marks() -> None:
    assert fold("が ぱ ば ヴ") == "が ぱ ば ヴ"


@pytest.mark.parametrize(
    "unit", ["n u d e ", "a*", "a", "全・", "na ked ", "<b", "**", "○", "ｎ\u200b", "\ud800"]
)
def test_time_is_bounded(unit: str) -> None:
    """No pattern runs away: the longest prompts take tens of milliseconds; the limit leaves room for load."""
    start = time.process_time()
    readings((unit * 32000)[:32000])
    assert time.process_time() - start < 2
