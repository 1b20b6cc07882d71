"""What clients might send: values of every JSON type, and texts meant to break things."""

from __future__ import annotations

from hypothesis import strategies as st

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=40)
    | st.text(st.characters(), max_size=40)
    | st.sampled_from(
        ["", "1", "0", "auto", "url", "256x256", "1024x1024", "true", "dall-e-3", "gpt-image-1", "\0"]
    ),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3)
    ),
    max_leaves=5,
)
"""Any value, with lone surrogates in some texts."""

FORM_TEXT = st.text(max_size=30) | st.sampled_from(
    ["1", "10", "11", "-1", "1e3", "٣", " 2 ", "+1", "true", "False", "0x1"]
)
"""Any value of a form's text field."""

NAMES = st.sampled_from(
    [
        "prompt", "model", "n", "size", "response_format", "quality", "style", "background", "output_format",
        "output_compression", "stream", "partial_images", "seed", "user", "moderation", "strength", "image",
        "images", "mask", "input_fidelity", "safety_identifier",
    ]
) | st.text(max_size=10)  # fmt: skip
"""Names of fields, most of them known somewhere."""

MODELS = st.sampled_from(
    [
        None,
        "",
        "dall-e-2",
        "dall-e-3",
        "gpt-image-1",
        "gpt-image-1.5",
        "gpt-image-2",
        "chatgpt-image-latest",
        "sdxl",
    ]
)
