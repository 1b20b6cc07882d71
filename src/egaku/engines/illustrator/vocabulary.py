"""The words a plan may use: one closed list per slot, plain English in lower case.

Understanding maps any language onto these; composing and painting switch on them. Adding a word here means
teaching both sides.
"""

from __future__ import annotations

COLORS = (
    "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray",
    "gold", "silver", "turquoise", "teal", "navy", "beige", "cream", "crimson", "maroon", "magenta",
    "lavender", "violet", "indigo", "olive", "lime", "mint", "coral", "salmon", "peach", "tan", "cyan",
    "sky blue", "rainbow",
)  # fmt: skip

SIZES = ("tiny", "small", "large", "giant")

RELATIONS = (
    "on", "under", "in", "inside", "next to", "behind", "in front of", "above", "below", "left of",
    "right of", "between", "around", "riding", "holding", "wearing", "chasing", "looking at",
)  # fmt: skip

PLACES = (
    "beach", "sea", "underwater", "forest", "jungle", "meadow", "flower field", "mountain", "desert",
    "snowfield", "lake", "river", "waterfall", "pond", "pool", "swamp", "island", "cave", "volcano", "hill",
    "field", "city", "street", "skyline", "village", "park", "garden", "farm", "road", "bridge", "harbor",
    "castle", "space", "moon", "mars", "sky", "room", "living room", "lounge", "kitchen", "bedroom",
    "library", "cafe", "restaurant", "classroom", "office", "bathroom", "stage", "stadium", "studio",
    "ruins", "temple", "zen garden", "bamboo forest",
)  # fmt: skip

TIMES = ("dawn", "day", "golden hour", "sunset", "night")

WEATHERS = ("sunny", "cloudy", "rain", "storm", "snow", "fog", "wind", "rainbow", "aurora")

SEASONS = ("spring", "summer", "autumn", "winter")

MOODS = ("happy", "calm", "dreamy", "spooky", "dramatic", "melancholy", "romantic", "festive", "epic", "cozy")

STYLES = (
    "flat", "glossy 3d", "sticker", "paper cut-out", "watercolor", "oil painting", "impasto", "gouache",
    "ink wash", "ukiyo-e", "pencil", "charcoal", "crayon", "chalk", "pastel", "line art", "comic", "pop art",
    "pixel art", "low poly", "stained glass", "mosaic", "cross-stitch", "neon", "blueprint", "vaporwave",
    "noir", "sepia", "photo", "poster", "logo", "pattern", "children's book",
)  # fmt: skip

COMPOSITIONS = ("close-up", "wide", "portrait", "top-down", "centered", "symmetric", "pattern")

ATTRIBUTES = (
    "striped", "spotted", "shiny", "metallic", "wooden", "glass", "golden", "fluffy", "transparent",
    "glowing", "baby", "old", "happy", "sad", "angry", "sleeping", "flying", "running", "jumping", "swimming",
    "sitting", "standing", "dancing", "eating", "upside down",
)  # fmt: skip
