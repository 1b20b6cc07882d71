"""`python -m egaku` is the same program as `egaku`."""

from egaku.cli import app

app()
