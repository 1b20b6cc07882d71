"""Where drawn pictures go: the files `--out` names, whose endings say their format, or a folder.

What is there already is replaced only with `--force`: it may be a picture that nobody can draw again.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FORMATS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp"}
"""Formats by the endings of their files."""


class OutputFault(Exception):
    """Pictures cannot go where they should; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Output:
    """What `--out`, `--format` and `--force` say."""

    out: Path
    wanted: str | None
    force: bool

    @property
    def names_files(self) -> bool:
        """True for a file's name, False for a folder, there or to be made."""
        return bool(self.out.suffix) and not self.out.is_dir()

    def format(self) -> str:
        """What is wanted, else what the file's ending says, else PNG. Raises OutputFault when they differ."""
        if not self.names_files:
            return self.wanted or "png"
        ending = FORMATS.get(self.out.suffix.lower())
        if ending is None:
            raise OutputFault(
                f"{self.out}: a picture's name ends in {', '.join(FORMATS)}, and this is no folder"
            )
        if self.wanted in FORMATS.values() and self.wanted != ending:
            raise OutputFault(f"{self.out} is the name of a {ending} file, and --format says {self.wanted}")
        return self.wanted or ending

    def check(self, count: int) -> None:
        """Raise OutputFault when `count` pictures would replace a file. Before they are drawn."""
        if self.names_files and not self.force:
            for path in self._named(count):
                if path.exists():
                    raise OutputFault(f"{path} is there already; --force replaces it")

    def write(self, files: Sequence[bytes], count: int, extension: str) -> list[Path]:
        """Write what was drawn of `count` pictures; returns where. Raises OutputFault."""
        try:
            if self.names_files:
                return [
                    self._write(path, data) for path, data in zip(self._named(count), files, strict=False)
                ]
            return self._write_into_folder(files, extension)
        except OSError as error:
            where = error.filename or self.out
            raise OutputFault(f"{where} cannot be written: {error.strerror}") from None

    def _named(self, count: int) -> list[Path]:
        if count == 1:
            return [self.out]
        return [self.out.with_stem(f"{self.out.stem}-{number}") for number in range(1, count + 1)]

    def _write(self, path: Path, data: bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Exclusively: somebody may have put a file there while the pictures were drawn.
        with path.open("wb" if self.force else "xb") as file:
            file.write(data)
        return path

    def _write_into_folder(self, files: Sequence[bytes], extension: str) -> list[Path]:
        self.out.mkdir(parents=True, exist_ok=True)
        free = (self.out / f"{name}.{extension}" for name in _names_by_time(several=len(files) > 1))
        return [next(path for path in free if _write_new(path, data)) for data in files]


def _names_by_time(*, several: bool) -> Iterator[str]:
    """Numbered when there are several; what is taken, by a program of the same second, is passed over."""
    name = f"egaku {time.strftime('%Y-%m-%d %H.%M.%S')}"
    if not several:
        yield name
    for number in itertools.count(1 if several else 2):
        yield f"{name} {number}"


def _write_new(path: Path, data: bytes) -> bool:
    """False when there is such a file already."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True
