"""Builds the web app into the package: `web/` → `src/egaku/_web/`, for wheels and sdists (hatchling's hook).

What is built carries a stamp, a hash of its sources, and is not built again while that matches: so a wheel
made from the sdist needs no Node. An editable install never builds; `make web` does.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
OUTPUT = Path("src/egaku/_web")
STAMP = "stamp.txt"
SWITCH = "EGAKU_NO_WEB"
"""Set to 1, a build goes on without the web app when there is no Node."""
NOT_SOURCES = frozenset({"node_modules", "dist", ".vite", "coverage"})


class WebAppMissing(Exception):
    """There is no web app to put into the package; the text says what to do."""


class WebAppHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build unless what is there is up to date, or the install is editable."""
        if version == "editable":
            return
        try:
            build(Path(self.root))
        except WebAppMissing as missing:
            if os.environ.get(SWITCH) != "1":
                raise
            self.app.display_warning(f"{missing} Going on without it ({SWITCH}=1).")


def build(root: Path) -> bool:
    """Bring `src/egaku/_web` up to date; False when it was.

    Raises WebAppMissing without npm, and subprocess.CalledProcessError when the build fails.
    """
    sources, output = root / "web", root / OUTPUT
    if not (sources / "package.json").is_file():
        raise WebAppMissing("The sources of the web app (web/) are not here.")
    wanted = stamp(sources)
    if is_current(output, wanted):
        return False
    npm = shutil.which("npm")
    if npm is None:
        raise WebAppMissing(
            "The web app has to be built, and there is no npm on this machine. Install Node 20 or later, or "
            f"set {SWITCH}=1 to leave the app out."
        )
    (output / STAMP).unlink(missing_ok=True)
    for command in (["ci", "--ignore-scripts"], ["run", "build"]):
        subprocess.run([npm, *command, "--loglevel=error"], cwd=sources, check=True)  # noqa: S603  fixed words
    (output / STAMP).write_text(f"{wanted}\n", encoding="ascii")
    return True


def is_current(output: Path, wanted: str) -> bool:
    """True when what lies there was built from the sources with this stamp."""
    written = output / STAMP
    return (
        (output / "index.html").is_file()
        and written.is_file()
        and written.read_text(encoding="ascii").strip() == wanted
    )


def stamp(sources: Path) -> str:
    """SHA-256 over names and contents of everything the build reads."""
    digest = hashlib.sha256()
    for path in source_files(sources):
        name = path.relative_to(sources).as_posix().encode()
        content = path.read_bytes()
        digest.update(b"%d:%s%d:" % (len(name), name, len(content)))
        digest.update(content)
    return digest.hexdigest()


def source_files(sources: Path) -> Iterator[Path]:
    """Every file of the sources, in one order on every machine."""
    found = []
    for folder, folders, names in os.walk(sources):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        found += [Path(folder, name) for name in names]
    return iter(sorted(found, key=lambda path: path.relative_to(sources).as_posix()))


if __name__ == "__main__":
    sys.stdout.write("built\n" if build(ROOT) else "up to date\n")
