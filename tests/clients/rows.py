"""All rows of the compatibility table, in its order."""

from __future__ import annotations

from tests.clients.case import Case
from tests.clients.rows_faults import FAULTS
from tests.clients.rows_legacy import EDIT, GENERATE, KEYS, PATHS, UPLOAD, VARIATION
from tests.clients.rows_moderation import MODERATION
from tests.clients.rows_modern import DALLE3, GPT_IMAGE, MODELS

CASES: list[Case] = [
    *(*GENERATE, *EDIT, *VARIATION, *UPLOAD, *FAULTS, *KEYS, *PATHS),
    *(*DALLE3, *GPT_IMAGE, *MODELS, *MODERATION),
]
