# The five verbs of a developer's day, and `run`. CI calls the same ones.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
CLIENTS := tests/clients
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: setup system setup-clients setup-services run check test campaigns promises bench docs gallery web web-dev check-web screens clean

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

# The web app: built into the package when its sources have changed. Needs Node 20 or later.
web: setup
	$(BIN)/python hatch_build.py

# The same with every change shown at once, against a server that runs already (EGAKU_SERVER).
web-dev: web/node_modules/.ready
	npm --prefix web run dev

web/node_modules/.ready: web/package-lock.json
	npm --prefix web ci --ignore-scripts --loglevel=error
	@touch $@

# With Node there is the web app on /; without, a plain page, and the API all the same.
run: $(VENV)/.installed
	@if command -v npm >/dev/null; then \
	  $(PIP) "hatchling>=1.27" && $(BIN)/python hatch_build.py || echo "The web app could not be built; going on without it."; \
	else echo "No npm on this machine: the web app is left out."; fi
	$(BIN)/egaku serve

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(if $(shell command -v npm),$(MAKE) --no-print-directory check-web,@echo "No npm on this machine: the web app is not checked.")

check-web: web/node_modules/.ready
	npm --prefix web run --silent check

# Two processes: most tests wait for servers they started. The clients share one server, and one table.
test: setup setup-clients setup-services
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore $(CLIENTS)
	$(BIN)/python -m pytest $(CLIENTS)

# The heavy ones: mutated bodies and pictures, schemathesis, promises at a tenth of their size, Chromium. Many bound
# times, and a machine's neighbours may break any of them once: what failed is tried again, alone, and both are shown.
campaigns: setup setup-services
	$(BIN)/python -m pytest -m campaign --durations 15 || \
	$(BIN)/python -m pytest -m campaign --last-failed --last-failed-no-failures none

# What egaku promises, each with today's figures. Takes most of an hour; SCALE=0.1 is what CI runs.
SCALE ?= 1
promises: setup setup-services
	$(BIN)/python -m tools.promises --scale $(SCALE)

bench: setup
	$(BIN)/python -m bench.overhead
	$(BIN)/python -m bench.serving
	$(BIN)/python -m bench.encoders
	$(BIN)/python -m bench.illustrator
	$(BIN)/python -m bench.understanding
	$(BIN)/python -m bench.edits
	$(BIN)/python -m bench.variations
	$(BIN)/python -m bench.moderation
	$(BIN)/python -m bench.sight
	$(BIN)/python -m bench.provenance

# Every client the compatibility table names, each in an environment of its own. Node's are left out without Node.
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

# A real S3 server for the tests of stores. PostgreSQL and Redis come from the system (postgresql, redis-server).
setup-services: .venvs/swift/.ready

.venvs/swift/.ready: tests/swift.txt
	$(PYTHON) -m venv --clear .venvs/swift
	.venvs/swift/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# Writes the tables of docs/compatibility.md from a run of every client.
docs: setup-clients
	EGAKU_REQUIRE_CLIENTS=1 EGAKU_WRITE_DOCS=1 $(BIN)/python -m pytest tests/clients

# Contact sheets of every public prompt, for one's own eyes.
gallery: setup
	$(BIN)/python -m tools.gallery

# Pictures of every page of the web app: docs/screens.
screens: web
	$(BIN)/python -m tools.screens
