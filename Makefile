# The five verbs of a developer's day, and `run`. CI calls the same ones.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: setup system setup-clients run check test campaigns bench docs gallery clean

# What running needs, then what developing needs on top.
$(VENV)/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade "pip>=25.1"
	$(PIP) --editable .
	@$(BIN)/python -c "import skia" 2>/dev/null || $(MAKE) --no-print-directory system
	@touch $@

$(VENV)/.developed: $(VENV)/.installed
	$(PIP) --editable . --group dev
	@touch $@

setup: $(VENV)/.developed

# skia-python's wheel links against two system libraries that slim images leave out.
system:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends libegl1 libgl1 libexpat1 >/dev/null; \
	else \
	  echo "egaku draws with Skia, which needs libEGL and libGL. Install them, then run make again:"; \
	  echo "  Debian, Ubuntu: sudo apt-get install libegl1 libgl1     Fedora: sudo dnf install mesa-libEGL mesa-libGL"; \
	  exit 1; \
	fi
	@$(BIN)/python -c "import skia"

run: $(VENV)/.installed
	$(BIN)/egaku serve

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: setup setup-clients
	$(BIN)/python -m pytest

# The heavy ones: mutated bodies and pictures, schemathesis.
campaigns: setup
	$(BIN)/python -m pytest -m campaign

bench: setup
	$(BIN)/python -m bench.overhead
	$(BIN)/python -m bench.encoders
	$(BIN)/python -m bench.illustrator
	$(BIN)/python -m bench.understanding
	$(BIN)/python -m bench.edits
	$(BIN)/python -m bench.variations

# Every client the compatibility table names, each in an environment of its own. Node's are left out without Node.
CLIENTS      := tests/clients
CLIENT_VENVS := $(patsubst $(CLIENTS)/requirements/%.txt,.venvs/%/.ready,$(wildcard $(CLIENTS)/requirements/*.txt))
CLIENT_NODE  := $(if $(shell command -v npm),$(CLIENTS)/node/node_modules/.ready)

setup-clients: setup $(CLIENT_VENVS) $(CLIENT_NODE)
	$(if $(CLIENT_NODE),,@echo "No npm on this machine: the Node clients are left out and their tests will skip.")

.venvs/%/.ready: $(CLIENTS)/requirements/%.txt
	$(PYTHON) -m venv --clear .venvs/$*
	.venvs/$*/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(CLIENTS)/node/node_modules/.ready: $(CLIENTS)/node/package-lock.json
	npm --prefix $(CLIENTS)/node ci --loglevel=error
	@touch $@

# Writes the tables of docs/compatibility.md from a run of every client.
docs: setup-clients
	EGAKU_REQUIRE_CLIENTS=1 EGAKU_WRITE_DOCS=1 $(BIN)/python -m pytest tests/clients

# Contact sheets of every public prompt, for one's own eyes.
gallery: setup
	$(BIN)/python -m tools.gallery
