# `make help` lists the targets. Nothing is installed outside .venv and web/ui/node_modules, except the servers and the
# browser that `make test` needs (scripts/servers).

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'
INSTALL_PROJECT := $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .

PACKAGES := $(patsubst %/__init__.py,%,$(wildcard */__init__.py))
# What starts servers or a browser.
SLOW_TESTS := tests/test_servers.py tests/web/signin/test_hospitals.py $(addprefix tests/realtime/backplane/test_, cluster.py lines.py redis.py \
	refusals.py replays.py sentinel.py starvation.py tls.py) \
	tests/bench tests/contract tests/endtoend tests/faults tests/browser

# Where the machine has a gibibyte or two of memory to spare for files, tests keep theirs there: a disk that is slow, or
# that others are at, is not what they are about.
MEMORY := $(shell df --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 2097152 { print "/dev/shm" }')
# Three on two processors: some of what tests do is to wait. With four, those that compute make each other late.
PYTEST := $(MEMORY:%=TMPDIR=%) $(BIN)/pytest --numprocesses=3 --dist=loadfile

# What was compiled is kept, whatever the environment says: tests start hundreds of processes, and each would compile all
# that is ours anew.
unexport PYTHONDONTWRITEBYTECODE

# What takes one processor, or the network, goes beside the rest; what one of them says stays in one piece.
TOGETHER := $(MAKE) --no-print-directory --jobs=4 --output-sync=target

UI := web/ui
# Folders too: they change when a file goes.
UI_SOURCES := $(shell find $(UI)/src $(UI)/build) $(wildcard realtime/rooms/identifiers/*.json) $(addprefix $(UI)/, index.html package.json tsconfig.json vite.config.ts)

.DEFAULT_GOAL := help

.PHONY: help setup run ui check style types pages units servers test bench bench-quick drill fuzz advisories docs fmt lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 8

setup: .venv/.developed $(UI)/node_modules/.installed ## install the locked versions; does nothing when they have not changed

run: .venv/.runnable $(UI)/dist/index.html ## serve the demo on this machine
	$(BIN)/curbside serve --demo

ui: $(UI)/dist/index.html ## build what the browser is served; does nothing when it is up to date

check: setup ## format, lint, types, import contracts, unit tests
	$(TOGETHER) style types pages units

style: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy $(PACKAGES)
	$(BIN)/lint-imports

pages: setup
	sh scripts/node npm run --silent check

units: setup
	$(PYTEST) $(SLOW_TESTS:%=--ignore=%)

servers: .venv/.developed
	sh scripts/servers
	sh scripts/servers compiler
	sh scripts/provider

test: setup ## check, then everything that needs servers or a browser; this is what CI runs
	$(TOGETHER) style types pages units servers
	$(MAKE) --no-print-directory ui
	$(PYTEST) --no-loadscope-reorder $(SLOW_TESTS)

bench: .venv/.developed ui ## measure this machine and other servers on it, and print the table; takes half an hour
	sh scripts/servers
	sh scripts/servers compiler nats network
	$(BIN)/python -m bench --json build/bench/figures.json --svg build/bench/figures.svg

bench-quick: .venv/.developed ## the famous room and a few more, in a minute
	sh scripts/servers compiler
	$(BIN)/python -m bench --quick

drill: .venv/.developed ## break a deployment in every known way and check the promises; SEED=n repeats a run, PACE=1 takes full times, CONTROLS=1 switches defences off
	sh scripts/servers
	sh scripts/servers compiler
	mkdir -p build
	$(BIN)/curbside drill --json build/drill.json $(SEED:%=--seed %) $(PACE:%=--pace %) $(if $(CONTROLS),--controls)

fuzz: .venv/.developed ## bytes of any kind against wire and rules, guided by what they reach; SECONDS=n
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-fuzz.txt
	$(BIN)/python -m tests.fuzz.seeds build/fuzz/seeds
	mkdir -p build/fuzz/found
	$(BIN)/python -m tests.fuzz.wire -max_total_time=$(or $(SECONDS),60) -max_len=70000 -artifact_prefix=build/fuzz/ \
		build/fuzz/found build/fuzz/seeds

advisories: $(UV) ## ask for known holes in what the project is built on
	$(UV) tool run pip-audit --disable-pip --require-hashes --requirement requirements.txt
	sh scripts/node npm audit --omit=dev

docs: .venv/.developed ## make the protocol's reference and schema anew
	$(BIN)/python -m scripts.wire_docs

fmt: setup ## format, and repair what the linters can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	sh scripts/node npm run --silent fmt

lock: $(UV) ## renew the four requirements files
	$(LOCK) pyproject.toml --group build --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group node --output-file requirements-node.txt
	$(LOCK) --group fuzz --output-file requirements-fuzz.txt

clean: ## remove .venv, caches and build output; var/, where the data is, stays
	rm -rf .venv build dist $(UI)/dist $(UI)/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name var -prune -o -name .git -prune -o -name __pycache__ -type d -exec rm -rf {} +

# The two locks agree on every version, and the dev lock holds all of the other: `run` adds, `setup` makes the environment exact.
.venv/.runnable: requirements.txt pyproject.toml | $(UV)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes --requirement requirements.txt
	$(INSTALL_PROJECT)
	@touch $@

.venv/.developed: requirements-dev.txt requirements.txt pyproject.toml | $(UV)
	$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.txt
	$(INSTALL_PROJECT)
	@touch .venv/.runnable $@

$(UI)/node_modules/.installed: $(UI)/package-lock.json $(UI)/.npmrc | $(UV)
	sh scripts/node npm ci --include=dev --loglevel=error
	@touch $@

$(UI)/dist/index.html: $(UI_SOURCES) $(UI)/node_modules/.installed
	sh scripts/node npm run --silent build

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Curbside needs Python 3.11 or newer, with venv: name one, as in `make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12`.' >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13'
