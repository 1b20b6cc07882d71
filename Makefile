# The five verbs of a developer's day, and `run`. CI calls the same ones.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: setup setup-clients run check test campaigns bench docs gallery clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(STAMP)

run: setup
	$(BIN)/egaku serve

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: setup
	$(BIN)/python -m pytest

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
