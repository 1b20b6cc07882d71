"""Words whose disguises are looked through: spaced, masked, misspelt with digits, or written in kana.

A word here is not forbidden. It is only put back into its usual spelling before the text is judged.
"""

from __future__ import annotations

LATIN = frozenset(  # one string reads better than two hundred quoted words
    """
    anal ass bdsm behead beheaded beheading bitch blood bloody blowjob bomb boob boobs breast
    breasts bukkake cocaine cock corpse crack cum cumshot cunt cutting dead decapitated dick dildo
    child children ecstasy erotic explicit explosive fag faggot fellatio fuck fucked fucking gangbang genital
    genitals gore gory guts handjob hang hanging hate hentai heroin hitler horny hung jew jews kill
    kid kids killed killer killing kkk lesbian loli lynch massacre masturbate masturbating meth milf molest
    murder murdered murdering naked nazi nazis negro nigger nipple nipples noose nsfw nude nudes
    nudity orgasm orgy overdose pedo penis porn porno pornographic pornography pussy rape raped
    raping retard sex sexual sexy shit shoot shooting slit slut slutty stab stabbed stabbing
    schoolgirl strangle strangling strip stripper suicide swastika teen teens terrorist tit tits
    topless torture tortured toddler underage undress undressed vagina weapon whore wrist wrists xxx
    """.split()  # noqa: SIM905  # likewise
)

JAPANESE = {
    "裸": ("はだか(?!る|っ|で?砂|で?走|ん|りゅう)", "ハダカ(?!デバネズミ|イワシ|ムギ|カメ)", "はダカ"),
    "全裸": ("ぜんら", "ゼンラ", "全ら", "まっぱ(?!だか)", "マッパ(?!ー|ル|とい)"),
    "ヌード": ("ぬーど(?!る)", "ﾇｰﾄﾞ"),
    "エロ": ("(?<![ぴいめへげれん])えろ(?![いーくぐりすまうん])", "ヱロ"),
    "エロい": ("えろい", "えっろ"),
    "エッチ": ("えっち", "Ｈな(?=絵|画像|写真|こと)"),
    "セックス": ("せっくす", "セッ久ス", "せくす(?!て)"),
    "おっぱい": ("オッパイ", "おぱい", "おっぱぃ", "オッパィ"),
    "乳首": ("ちくび", "チクビ", "ビーチク"),
    "巨乳": ("きょにゅう", "キョニュウ"),
    "ちんこ": ("チンコ(?!ロ)", "チンポ(?!コ)", "ちんぽ(?!こ)"),
    "まんこ": ("マンコ(?!ロ|パ)",),
    "強姦": ("ごうかん(?!する新)", "ゴウカン"),
    "殺す": ("(?<!と)ころす(?!け|ぽ)", "コロス(?!ケ)"),
    "殺して": ("(?<!と)ころして(?!ん)", "コロシテ"),
    "殺人": ("さつじん", "サツジン"),
    "殺され": ("(?<!と)ころされ", "コロサレ"),
    "血まみれ": ("ちまみれ", "チマミレ", "血塗れ", "血みどろ"),
    "生首": ("なまくび", "ナマクビ"),
    "死体": ("したい(?=が転がる|の山|写真)", "シタイ(?=が転がる|の山|写真)"),
    "自殺": ("じさつ(?!ま)", "ジサツ"),
    "首吊り": ("くびつり", "クビツリ", "首つり"),
    "リストカット": ("りすとかっと", "りすか", "手首カット"),
    "死ね": ("タヒね", "氏ね", "タヒネ"),
    "爆弾": ("ばくだん(?!い|おに)", "バクダン(?!い)"),
    "麻薬": ("まやく(?!そ)", "マヤク"),
    "覚醒剤": ("かくせいざい", "カクセイザイ"),
    "大麻": ("たいま(?=を吸|の売|を売)", "タイマ(?=を吸|の売|を売)"),
    "ナチス": ("なちす",),
}
"""Usual spelling → patterns of others, with what must not stand beside them (立ちはだかる, ヌードル)."""

MASKED = [
    "エッチ",
    "エロ画像",
    "エロい",
    "セックス",
    "おっぱい",
    "ちんこ",
    "ちんぽ",
    "まんこ",
    "チンコ",
    "マンコ",
    "ヌード",
    "全裸",
    "乳首",
    "レイプ",
    "強姦",
    "フェラチオ",
    "オナニー",
    "巨乳",
    "殺す",
    "殺人",
    "自殺",
    "死ね",
    "死体",
    "首吊り",
    "リストカット",
    "爆弾",
    "麻薬",
    "覚醒剤",
    "コカイン",
    "ヘロイン",
    "大麻",
    "ナチス",
    "ヒトラー",
    "キチガイ",
]  # likewise
"""Words looked for behind 伏せ字 (エ○チ) and behind separators (全・裸)."""
