"""The zoo: hostile and odd pictures, each made by code, each with what must become of it.

`specimens()` gives them all. A specimen is either shown (its pixels are known) or refused (its kinds of fault
are). The same list is fed to the decoder here and, over HTTP, to the server.
"""

from __future__ import annotations

from functools import cache

from tests.imaging import zoo_refused, zoo_shown
from tests.imaging.specimen import Specimen


@cache
def specimens() -> tuple[Specimen, ...]:
    """Every animal, in a fixed order, with unique names."""
    return (*zoo_shown.specimens(), *zoo_refused.specimens())
