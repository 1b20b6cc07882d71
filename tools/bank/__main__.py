"""`python -m tools.bank`: rebuild everything the illustrator ships, lexicon first, then the art."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

from tools.bank import notice, packages


def main() -> None:
    """Fetch (or take) the packages, then run each builder on them."""
    parser = argparse.ArgumentParser(prog="python -m tools.bank", description=__doc__)
    parser.add_argument(
        "--packages", type=Path, help="a node_modules directory that already holds the packages"
    )
    parser.add_argument("--only", choices=["lexicon", "art"], help="build one part")
    options = parser.parse_args()
    modules = options.packages or packages.install()
    for part in ("lexicon", "art"):
        name = f"tools.bank.{part}"
        if options.only in (None, part) and importlib.util.find_spec(name) is not None:
            importlib.import_module(name).build(modules)
    notice.write(modules)


if __name__ == "__main__":
    main()
