"""The Japanese grammar plans what its English twin plans."""

import pytest

from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.understand import understand
from egaku.engines.illustrator.understand.japanese_words import words


def core(plan: ScenePlan) -> tuple[object, ...]:
    """What twins must share: objects, relations, setting, style and lettering."""
    objects = sorted((item.concept, item.count, item.color or "", item.size or "") for item in plan.objects)
    links = sorted(
        (plan.objects[link.subject].concept, link.relation, plan.objects[link.object].concept)
        for link in plan.relations
    )
    return objects, links, plan.setting, plan.style, plan.composition, plan.lettering, plan.background


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("白いシャム猫", "a white siamese cat"),
        ("赤い車と青い家", "a red car and a blue house"),
        ("帽子をかぶった猫", "a cat wearing a hat"),
        ("机の上の三つのりんご", "three apples on a desk"),
        ("猫がソファの上で寝ている", "a cat sleeping on a sofa"),
        ("犬の隣に座っている猫", "a cat sitting next to a dog"),
        ("馬に乗った宇宙飛行士", "an astronaut riding a horse"),
        ("犬がリスを追いかけている", "a dog chasing a squirrel"),
        ("木々に囲まれた城", "a castle surrounded by trees"),
        ("月を見上げる子供", "a child looking up at the moon"),
        ("雨の街で傘をさした女の子", "a girl holding an umbrella in a city in the rain"),
        ("パーティーハットをかぶったコーギーの油絵", "an oil painting of a corgi wearing a party hat"),
        ("水槽の中を泳ぐ金魚", "a goldfish swimming in an aquarium"),
        ("猫3匹と犬2匹", "3 cats and 2 dogs"),
        ("青い背景に白い猫", "a white cat on a blue background"),
        ("透明な背景の赤いバラ", "a red rose on a transparent background"),
        ("「OPEN」と書かれた看板", 'a sign that says "OPEN"'),
        ("小さな黒猫", "a small black cat"),
        ("夜の森", "a forest at night"),
        ("家の左に木、家の右に車", "a tree to the left of a house and a car to the right of the house"),
        ("アボカドの形をした椅子", "a chair in the shape of an avocado"),
        ("人のいないビーチ", "a beach without people"),
        ("二軒の家の間の木", "a tree between two houses"),
        ("池を泳ぐアヒル", "a duck swimming in a pond"),
        ("浮世絵風の狐", "a fox in the style of ukiyo-e"),
    ],
)
def test_twins(japanese: str, english: str) -> None:
    assert core(understand(japanese)) == core(understand(english))


def test_the_subject_comes_first_although_it_is_said_last() -> None:
    plan = understand("大きな木の下で本を読む少年")
    assert plan.language == "ja"
    assert plan.objects[0].concept == "boy"
    assert plan.objects[0].label == "少年"


@pytest.mark.parametrize(
    ("prompt", "count"),
    [("五匹の魚", 5), ("魚が五匹いる", 5), ("１２羽の鳥", 12), ("二十本の木", 20), ("りんごをひとつ", 1),
     ("数匹の犬", 4), ("子供たち", 3), ("鳥の群れ", 9), ("たくさんの風船", 8)],
)  # fmt: skip
def test_counts(prompt: str, count: int) -> None:
    assert understand(prompt).objects[0].count == count


def test_words_beginning_with_a_number_are_no_counts() -> None:
    assert [item.concept for item in understand("一角獣と三日月").objects] == ["unicorn", "crescent moon"]


def test_compounds_end_in_their_head() -> None:
    item = understand("秋田県犬").objects[0]
    assert (item.concept, item.label) == ("dog", "秋田県犬")


def test_hiragana_nouns_need_room() -> None:
    assert understand("いかにも静かな夜").objects == ()
    assert understand("いかとたこ").objects[0].concept == "squid"


def test_verb_forms() -> None:
    assert [word.form for word in words("座っている猫") if word.has("jloc")] == ["attr"]
    assert [word.form for word in words("座って、猫が") if word.has("jloc")] == ["te"]


def test_unknown_words_are_named() -> None:
    plan = understand("ゾルブラックスに乗った王様")
    assert plan.unknown == ("ゾルブラックス",)
    assert [item.concept for item in plan.objects] == ["king"]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("ぞうさんがりんごをたべている", [("elephant", 1, None), ("apple", 1, None)]),
        ("ピンクのぞう", [("elephant", 1, "pink")]),
        ("あかいくるまとあおいふね", [("car", 1, "red"), ("ship", 1, "blue")]),
        ("うみをおよぐいるか", [("dolphin", 1, None)]),
        (
            "赤、青、黄色の三つの風船",
            [("balloon", 1, "red"), ("balloon", 1, "blue"), ("balloon", 1, "yellow")],
        ),
        ("白黒の牛", [("cow", 1, None)]),
        ("傘を持たない女の子", [("girl", 1, None)]),
        ("くまの家族", [("bear", 4, None)]),
        ("ネコの騎士", [("cat", 1, None), ("shield", 1, None)]),
        ("海賊の帽子をかぶったオウム", [("parrot", 1, None), ("hat", 1, None)]),
        ("眠る赤ちゃん", [("baby", 1, None)]),
    ],
)
def test_as_children_write(prompt: str, expected: list[tuple[str, int, str | None]]) -> None:
    assert [(item.concept, item.count, item.color) for item in understand(prompt).objects] == expected


def test_unknown_hiragana_is_named_and_grammar_is_not() -> None:
    assert understand("ぽよぽよのぬめぬめが空を飛ぶ").unknown == ("ぽよぽよ", "ぬめぬめ")
    for prompt in (
        "丸い鳥を描いてください",
        "なんかいい感じのやつ",
        "猫がごろごろしている",
        "楽しそうに踊る犬",
    ):
        assert understand(prompt).unknown == (), prompt
