"""ScenePlan: what was understood from a prompt, and what will be painted.

The plan is the seam between understanding (words in, plan out) and composing (plan in, layers out). It is
immutable, compares by value, survives JSON, and can be read back to the caller in words.
"""

from __future__ import annotations

from dataclasses import dataclass

Facing = str
"""`left` or `right`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectPlan:
    """One kind of thing to draw, `count` times."""

    concept: str
    """Key of the bank, plain English in lower case: `dog`."""
    label: str = ""
    """The prompt's own word in its own language: `corgi`, `コーギー`."""
    count: int = 1
    """1 … 50."""
    color: str | None = None
    """One of vocabulary.COLORS; None leaves the art's own colours."""
    size: str | None = None
    """One of vocabulary.SIZES, relative to the concept's usual size; None is usual."""
    attributes: tuple[str, ...] = ()
    """Of vocabulary.ATTRIBUTES, in the order met."""
    facing: Facing | None = None
    portrait: bool = False
    """True when the face alone was asked for ("portrait of a cat")."""
    scenery: bool = False
    """True when this object *is* the setting's place (a pond, a castle one is in): it is listed so that
    relations can name it, but the scenery paints it already, so it is not drawn again. Comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationPlan:
    """How two of the plan's objects stand to each other: "cat on sofa"."""

    subject: int
    """Index into ScenePlan.objects."""
    relation: str
    """One of vocabulary.RELATIONS."""
    object: int
    """Index into ScenePlan.objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when. None means the prompt did not say; the composer chooses something fitting."""

    place: str | None = None
    time: str | None = None
    weather: str | None = None
    season: str | None = None
    mood: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenePlan:
    """Everything understood from one prompt. Slots use the closed lists of vocabulary.py."""

    prompt: str
    language: str = "en"
    """`en`, `ja`, or another BCP 47 language code."""
    objects: tuple[ObjectPlan, ...] = ()
    """In order of importance: the first is the subject of the picture."""
    relations: tuple[RelationPlan, ...] = ()
    setting: Setting = Setting()
    style: str | None = None
    composition: str | None = None
    lettering: str | None = None
    """Quoted text to draw, letter by letter as the prompt wrote it."""
    lettering_on: int | None = None
    """Index into objects of what carries the lettering (a sign, a banner); None paints it as a title."""
    background: str = "auto"
    """`auto`, `opaque` or `transparent`, as far as the prompt's words say."""
    colors: tuple[str, ...] = ()
    """Colours of the whole picture or its background ("in shades of teal and pink"), not of one object."""
    unknown: tuple[str, ...] = ()
    """Content words no table knew, in the prompt's spelling."""
