"""Cleaning icons: colours in one spelling, body paints in lower case, short ids, kept shapes kept."""

from __future__ import annotations

import skia
from tools.bank import svg

FOX = (
    '<path fill="orange" d="M0 0h20v20z"/><path fill="url(#shine)" d="M0 0h20v20z"/>'
    '<path fill="#FFF" d="M5 5h4v4z"/>'
    '<defs><linearGradient id="shine"><stop stop-color="#ff00ff"/><stop stop-color="#f90"/></linearGradient>'
    "</defs>"
)


def _orange(color: str) -> bool:
    return color.upper() in ("#FFA500", "#FF9900")


def test_names_and_short_forms_become_six_digits() -> None:
    root = svg.parse('<rect fill="white" stroke="#abc" width="1" height="1"/>', 8, 8)
    (rect,) = svg.shapes(root)
    assert (rect.get("fill"), rect.get("stroke")) == ("#FFFFFF", "#AABBCC")


def test_opacity_inside_a_colour_becomes_an_attribute() -> None:
    root = svg.parse('<path fill="rgba(255, 226, 99, .72)" d="M0 0h1"/>', 8, 8)
    (path,) = svg.shapes(root)
    assert path.get("fill") == "#FFE263"
    assert path.get("fill-opacity") == ".72"


def test_body_paints_are_lower_case_and_shading_follows_its_part() -> None:
    root = svg.parse(FOX, 32, 32)
    assert svg.mark_body(root, _orange)
    text = svg.text(root)
    assert '"#ffa500"' in text
    assert '"#ff00ff"' in text, "the highlight shares the outline of a body part"
    assert '"#FFFFFF"' in text


def test_a_kept_shape_is_never_body() -> None:
    root = svg.parse(f'<path {svg.KEEP}="1" fill="orange" d="M0 0h9v9z"/>', 32, 32)
    assert not svg.mark_body(root, _orange)
    assert '"#FFA500"' in svg.text(root)
    assert svg.KEEP not in svg.text(root)


def test_text_is_read_by_the_renderer_and_ids_are_short() -> None:
    text = svg.text(svg.parse(FOX, 32, 32))
    assert 'id="i0"' in text
    assert "shine" not in text
    assert skia.SVGDOM.MakeFromStream(skia.MemoryStream(text.encode(), True)) is not None


def test_removed_shapes_are_gone() -> None:
    root = svg.parse(FOX, 32, 32)
    first, *rest = svg.shapes(root)
    svg.remove(root, [first])
    assert list(svg.shapes(root)) == rest


def test_prefixed_ids_keep_their_references() -> None:
    root = svg.parse(FOX, 32, 32)
    svg.prefix_ids(root, "h")
    found = {element.get("id") for element in root.iter()} - {None}
    assert found == {"hshine"}
    assert any(shape.get("fill") == "url(#hshine)" for shape in svg.shapes(root))


def test_a_definition_given_twice_is_kept_once() -> None:
    shine = '<defs><linearGradient id="shine"><stop stop-color="#f90"/></linearGradient></defs>'
    root = svg.parse(f'{shine}<path fill="url(#shine)" d="M0 0h9"/>{shine}', 8, 8)
    assert svg.mark_body(root, _orange)
    assert svg.text(root).count("linearGradient id") == 1
    assert "#FF9900" not in svg.text(root)
