"""A plan as a Japanese sentence."""

from __future__ import annotations

from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from egaku.engines.illustrator.understand import lexicon

_COLORS = {
    "red": "赤い", "orange": "オレンジ色の", "yellow": "黄色い", "green": "緑の", "blue": "青い",
    "purple": "紫の", "pink": "ピンクの", "brown": "茶色い", "black": "黒い", "white": "白い",
    "gray": "灰色の", "gold": "金色の", "silver": "銀色の", "turquoise": "ターコイズ色の",
    "teal": "青緑の", "navy": "紺色の", "beige": "ベージュの", "cream": "クリーム色の",
    "crimson": "真紅の", "maroon": "えんじ色の", "magenta": "マゼンタの", "lavender": "藤色の",
    "violet": "すみれ色の", "indigo": "藍色の", "olive": "オリーブ色の", "lime": "黄緑の",
    "mint": "ミント色の", "coral": "珊瑚色の", "salmon": "サーモンピンクの", "peach": "ピーチ色の",
    "tan": "黄褐色の", "cyan": "シアンの", "sky blue": "水色の", "rainbow": "虹色の",
}  # fmt: skip
_SIZES = {"tiny": "とても小さな", "small": "小さな", "large": "大きな", "giant": "巨大な"}
_ATTRIBUTES = {
    "striped": "縞模様の", "spotted": "水玉模様の", "shiny": "つやのある", "metallic": "金属の",
    "wooden": "木製の", "glass": "ガラスの", "golden": "金の", "fluffy": "ふわふわの",
    "transparent": "透明な", "glowing": "光る", "baby": "赤ちゃんの", "old": "古い",
    "happy": "うれしそうな", "sad": "悲しそうな", "angry": "怒った",
    "upside down": "逆さまの",
}  # fmt: skip
_WEARING = {
    "かぶった": frozenset({
        "hat", "sun hat", "top hat", "graduation cap", "cap", "helmet", "hard hat", "party hat", "cowboy hat",
        "witch hat", "santa hat", "chef hat", "straw hat", "wizard hat", "beanie", "crown", "flower crown",
    }),
    "かけた": frozenset({"glasses", "sunglasses", "goggles", "monocle"}),
    "はいた": frozenset({
        "shoe", "sneaker", "boot", "high heel", "ballet shoes", "sandal", "flip flops", "socks", "jeans",
        "pants", "shorts", "skirt",
    }),
    "巻いた": frozenset({"scarf", "bandana"}),
    "着た": frozenset({
        "lab coat", "safety vest", "shirt", "t-shirt", "coat", "jacket", "dress", "kimono", "sari",
        "swimsuit", "bikini", "blouse", "sweater", "suit", "tuxedo", "armor", "spacesuit", "life jacket",
        "martial arts uniform", "cape",
    }),
}  # fmt: skip
_DOING = {
    "sleeping": ("で", "眠っている"), "flying": ("を", "飛んでいる"), "running": ("を", "走っている"),
    "jumping": ("で", "跳ねている"), "swimming": ("で", "泳いでいる"), "sitting": ("に", "座っている"),
    "standing": ("に", "立っている"), "dancing": ("で", "踊っている"), "eating": ("で", "食べている"),
}  # fmt: skip
"""What somebody does: the particle a place takes before it, and the verb."""
_BESIDE = {
    "on": "の上", "under": "の下", "in": "の中", "inside": "の中", "next to": "の隣", "behind": "の後ろ",
    "in front of": "の前", "above": "の上空", "below": "の下", "left of": "の左", "right of": "の右",
    "between": "の間",
}  # fmt: skip
_RELATIONS = {
    "around": "{0}を囲む", "riding": "{0}に乗った", "holding": "{0}を持った",
    "wearing": "{0}を身につけた", "chasing": "{0}を追いかける", "looking at": "{0}を見ている",
}  # fmt: skip
_PLACES = {
    "beach": "浜辺", "sea": "海", "underwater": "海の中", "forest": "森", "jungle": "ジャングル",
    "meadow": "草原", "flower field": "花畑", "mountain": "山", "desert": "砂漠", "snowfield": "雪原",
    "lake": "湖", "river": "川辺", "waterfall": "滝", "pond": "池", "pool": "プール", "swamp": "沼",
    "island": "島", "cave": "洞窟", "volcano": "火山", "hill": "丘", "field": "畑", "city": "街",
    "street": "通り", "skyline": "街並み", "village": "村", "park": "公園", "garden": "庭",
    "farm": "農場", "road": "道", "bridge": "橋", "harbor": "港", "castle": "城", "space": "宇宙",
    "moon": "月面", "mars": "火星", "sky": "空", "room": "部屋", "living room": "居間",
    "lounge": "ラウンジ", "kitchen": "台所", "bedroom": "寝室", "library": "図書館", "cafe": "カフェ",
    "restaurant": "レストラン", "classroom": "教室", "office": "オフィス", "bathroom": "浴室",
    "stage": "舞台", "stadium": "競技場", "studio": "スタジオ", "ruins": "廃墟", "temple": "寺",
    "zen garden": "日本庭園", "bamboo forest": "竹林",
}  # fmt: skip
_TIMES = {
    "dawn": "夜明けの",
    "day": "昼の",
    "golden hour": "夕日の射す",
    "sunset": "夕焼けの",
    "night": "夜の",
}
_WEATHERS = {
    "sunny": "晴れた", "cloudy": "曇りの", "rain": "雨の", "storm": "嵐の", "snow": "雪の",
    "fog": "霧の", "wind": "風の吹く", "rainbow": "虹の出た", "aurora": "オーロラの出た",
}  # fmt: skip
_AMID = {
    "sunny": "晴れた日", "cloudy": "曇りの日", "rain": "雨の中", "storm": "嵐の中", "snow": "雪の中",
    "fog": "霧の中", "wind": "風の中", "rainbow": "虹の下", "aurora": "オーロラの下",
}  # fmt: skip
_SEASONS = {"spring": "春の", "summer": "夏の", "autumn": "秋の", "winter": "冬の"}
_MOODS = {
    "happy": "楽しい", "calm": "穏やかな", "dreamy": "幻想的な", "spooky": "不気味な",
    "dramatic": "劇的な", "melancholy": "物悲しい", "romantic": "ロマンチックな", "festive": "お祭りの",
    "epic": "壮大な", "cozy": "居心地のよい",
}  # fmt: skip
_STYLES = {
    "flat": "フラットなイラスト", "glossy 3d": "3Dレンダリング", "sticker": "ステッカー",
    "paper cut-out": "切り絵", "watercolor": "水彩画", "oil painting": "油絵", "impasto": "厚塗りの油絵",
    "gouache": "ガッシュ画", "ink wash": "水墨画", "ukiyo-e": "浮世絵", "pencil": "鉛筆画",
    "charcoal": "木炭画", "crayon": "クレヨン画", "chalk": "チョーク画", "pastel": "パステル画",
    "line art": "線画", "comic": "漫画", "pop art": "ポップアート", "pixel art": "ドット絵",
    "low poly": "ローポリの絵", "stained glass": "ステンドグラス", "mosaic": "モザイク画",
    "cross-stitch": "刺繍", "neon": "ネオン風の絵", "blueprint": "設計図",
    "vaporwave": "ヴェイパーウェイヴ風の絵", "noir": "白黒の絵", "sepia": "セピア色の絵",
    "photo": "写真風の絵", "poster": "ポスター", "logo": "ロゴ", "pattern": "連続模様",
    "children's book": "絵本の挿絵",
}  # fmt: skip
_FRAMINGS = {
    "close-up": "クローズアップ", "wide": "広い構図", "portrait": "肖像の構図",
    "top-down": "真上からの構図", "centered": "中央の構図", "symmetric": "左右対称の構図",
    "pattern": "繰り返しの構図",
}  # fmt: skip


def sentence(plan: ScenePlan) -> str:
    """One sentence on the picture, and one on the words that were not understood, if any."""
    head = _head(plan)
    art = _STYLES.get(plan.style or "", "絵")
    notes: list[str] = []
    if plan.composition:
        notes.append(_FRAMINGS[plan.composition])
    if plan.colors:
        notes.append(
            "、".join(_COLORS[color].removesuffix("の").removesuffix("い") for color in plan.colors)
            + "の配色"
        )
    if plan.lettering:
        notes.append(f"「{plan.lettering}」の文字入り")
    if plan.background == "transparent":
        notes.append("背景は透明")
    tail = f"（{'、'.join(notes)}）" if notes else ""
    return f"{head}{'の' if head else ''}{art}{tail}。{_apology(plan)}"


def _circumstances(plan: ScenePlan) -> str:
    setting = plan.setting
    return "".join(
        (
            _SEASONS.get(setting.season or "", ""),
            _TIMES.get(setting.time or "", ""),
            _WEATHERS.get(setting.weather or "", ""),
        )
    )


def _scene(plan: ScenePlan) -> str:
    """Where and when: 「夕焼けの海」, or an empty string."""
    named = any(plan.objects[link.object].scenery for link in plan.relations)
    place = "" if named else _PLACES.get(plan.setting.place or "", "")
    return _circumstances(plan) + place if place else ""


def _head(plan: ScenePlan) -> str:
    drawn = [index for index, item in enumerate(plan.objects) if not item.scenery]
    mood = _MOODS.get(plan.setting.mood or "", "")
    if not drawn and plan.setting.place is not None:
        return mood + (_scene(plan) or _PLACES[plan.setting.place])
    if not drawn:
        words = _circumstances(plan) + mood
        return f"{words}情景" if words else "" if plan.lettering else "自由に想像した情景"
    targets = {link.object for link in plan.relations}
    starts = [index for index in drawn if index not in targets] or drawn[:1]
    said: set[int] = set()
    texts = [_chain(plan, starts[0], said, _scene(plan))]
    texts += [_chain(plan, index, said) for index in starts[1:]]
    texts += [_chain(plan, index, said) for index in drawn if index not in said]
    return ("" if _scene(plan) else _meanwhile(plan)) + mood + "と".join(texts)


def _meanwhile(plan: ScenePlan) -> str:
    """When it is and what the weather is like, before things without a place: 「夜、」, 「春の雨の中、」."""
    setting = plan.setting
    when = _SEASONS.get(setting.season or "", "") + _TIMES.get(setting.time or "", "")
    named = setting.weather in {item.concept for item in plan.objects}
    weather = "" if named else _AMID.get(setting.weather or "", "")
    if weather:
        return f"{when}{weather}、"
    return f"{when.removesuffix('の').replace('夕日の射す', '夕日の中')}、" if when else ""


def _chain(plan: ScenePlan, index: int, said: set[int], scene: str = "") -> str:
    """An object with what stands before it: where it is, what it does, what hangs on it."""
    item = plan.objects[index]
    if index in said:
        return name(item.concept)
    said.add(index)
    doing = next((word for word in item.attributes if word in _DOING), "")
    deeds: list[str] = []
    stands = ""
    links = [link for link in plan.relations if link.subject == index]
    for link in sorted(links, key=lambda one: one.relation != "wearing"):
        target = plan.objects[link.object]
        other = _chain(plan, link.object, said)
        deed = _deed(link.relation, target.concept, doing)
        if deed is not None:
            deeds.append(f"{other}を{deed}")
            doing = ""
        elif link.relation in _BESIDE and doing:
            particle, verb = _DOING[doing]
            seat = doing == "sitting" and link.relation == "on"
            stands += other + ("" if seat else _BESIDE[link.relation]) + particle + verb
            doing = ""
        elif link.relation in _BESIDE:
            stands += f"{other}{_BESIDE[link.relation]}の"
        elif link.relation == "wearing":
            deeds.append(f"{other}を{_worn(target.concept)}")
        else:
            deeds.append(_RELATIONS[link.relation].format(other))
    if deeds and stands.endswith("の"):
        stands = stands[:-1] + "で"
    before = _placed(item, scene, doing, bare=not (deeds or stands))
    if before is None:
        before = _DOING[doing][1] if doing else ""
    return before + stands + "".join([*map(_going_on, deeds[:-1]), *deeds[-1:]]) + _phrase(item)


def _going_on(deed: str) -> str:
    """A verb's te form: 「傘を持った」 → 「傘を持って」."""
    deed = deed.removesuffix("いる") if deed.endswith("ている") else deed
    if deed.endswith("追いかける"):
        return deed[:-1] + "て"
    return deed[:-1] + "て" if deed.endswith("た") else deed


def _worn(concept: str) -> str:
    return next((verb for verb, garments in _WEARING.items() if concept in garments), "身につけた")


def _placed(item: ObjectPlan, scene: str, doing: str, *, bare: bool) -> str | None:
    """「海に立っている」, 「海に浮かぶ」, 「海にいる」; None when there is no scene to be in."""
    if not scene:
        return None
    if doing:
        particle, verb = _DOING[doing]
        return scene + particle + verb
    known = lexicon.info(item.concept)
    if known.group in ("animal", "person", "fantasy", "insect"):
        return f"{scene}にいる" if bare else f"{scene}で、"
    if known.group == "vehicle" and known.footing == "water":
        return f"{scene}に浮かぶ"
    return f"{scene}の" if bare else f"{scene}で、"


def _deed(relation: str, concept: str, doing: str) -> str | None:
    """The verb that says a relation together with what the subject is doing; None when each is said alone."""
    group = lexicon.info(concept).group
    if relation == "holding" and doing == "eating" and group == "drink":
        return "飲んでいる"
    if relation == "holding" and doing == "eating" and group in ("food", "fruit", "vegetable", "plant"):
        return "食べている"
    if relation == "holding" and doing == "flying" and concept == "kite":
        return "揚げている"
    if relation == "chasing" and doing == "running":
        return "追いかける"
    return None


def name(concept: str) -> str:
    """The concept's usual Japanese name, or its English one where none is known."""
    polite = {"woman": "女性", "man": "男性"}.get(concept)
    return polite or lexicon.info(concept).japanese or concept


def _phrase(item: ObjectPlan) -> str:
    words = [_SIZES.get(item.size or "", "")]
    words += [_ATTRIBUTES[word] for word in item.attributes if word not in _DOING]
    words.append(_COLORS.get(item.color or "", ""))
    noun = name(item.concept)
    own = item.label
    label = (
        f"（{own}）" if own and noun not in own and own not in noun and _foreign(own, item.concept) else ""
    )
    counter = _counter(item.concept)
    count = (
        f"{item.count}{'個' if counter == 'つ' and item.count > 9 else counter}の" if item.count > 1 else ""
    )
    face = "の顔" if item.portrait else ""
    return count + "".join(words) + noun + face + label


def _foreign(own: str, concept: str) -> bool:
    """Whether the prompt's word says more than another spelling of the same name."""
    if all("ぁ" <= char <= "ー" and not "ァ" <= char <= "ヺ" for char in own):
        return False
    tags = lexicon.entries("ja").get(own, "")
    return not tags.startswith(f"concept={concept}") or len(own) > 3


def _counter(concept: str) -> str:
    known = lexicon.info(concept)
    if known.group == "fantasy":
        return "体"
    if known.group == "person":
        return "人"
    if known.group == "vehicle":
        return "台" if known.footing == "ground" else "隻" if known.footing == "water" else "機"
    if known.group in ("animal", "insect"):
        return "羽" if known.footing in ("sky", "water") else "匹"
    return {"flower": "本", "plant": "本", "building": "棟"}.get(
        known.group, "つ" if known.group != "clothing" else "着"
    )


def _apology(plan: ScenePlan) -> str:
    if not plan.unknown:
        return ""
    named = [word for word in plan.unknown if not lexicon.insults(word)]
    if not named:
        return "描けなかった言葉があります。"
    words = "".join(f"「{word}」" for word in named[:8])
    return f"{words}は語彙にないため描けませんでした。"
