"""Picture files on local disk: written whole or not at all, named by chance, deleted by age."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from egaku.storage.keys import random_text

NAME = re.compile(r"img-[A-Za-z0-9]{24}\.(png|jpeg|webp)")
"""The only names that exist; 24 base62 characters are 142 bits, so none can be guessed."""

TEMPORARY = ".tmp"


class ImageStore:
    """A folder of pictures. Every name is made here; no byte of a client's file name reaches a path."""

    def __init__(self, folder: Path, keep_seconds: int, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._keep_seconds = keep_seconds
        self._now = now
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, data: bytes, extension: str) -> str:
        """Store one picture; its new name. Blocking. Raises OSError when the disk refuses."""
        name = f"img-{random_text(24)}.{extension}"
        path = self._path(name)
        path.parent.mkdir(exist_ok=True)
        temporary = path.with_suffix(TEMPORARY)
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return name

    def find(self, name: str) -> Path | None:
        """The file of that name, or None. Anything but a name we could have made is None."""
        if not NAME.fullmatch(name):
            return None
        path = self._path(name)
        return path if path.is_file() else None

    def delete(self, name: str) -> bool:
        """Remove one picture; False when there was none."""
        path = self.find(name)
        if path is None:
            return False
        path.unlink(missing_ok=True)
        return True

    def sweep(self) -> int:
        """Delete pictures past their time and writes a crash left half done; how many. Blocking."""
        oldest = self._now() - self._keep_seconds
        gone = 0
        for shelf in self._folder.iterdir():
            if not shelf.is_dir():
                continue
            with os.scandir(shelf) as entries:
                gone += sum(_delete_if_older(Path(entry), oldest) for entry in entries)
        return gone

    def _path(self, name: str) -> Path:
        # Two characters of the name spread the files over folders that stay small.
        return self._folder / name[4:6].lower() / name


def _delete_if_older(path: Path, oldest: float) -> bool:
    """True when this call deleted it."""
    try:
        if path.stat().st_mtime > oldest:
            return False
        path.unlink()
    except FileNotFoundError:
        # A write that just ended has renamed its temporary file.
        return False
    return True
