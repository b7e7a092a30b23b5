# Everything that a developer or a new user types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run test test-kill check docs lock bench clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(DONE)  ## Make .venv with the command marbre

$(DONE): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Marbre needs Python 3.11 to 3.13; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	@# --no-deps: the lock is complete, and pip before 23.3 refuses hashes beside extras
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup  ## Lay out the samples and show what is in them
	$(BIN)/marbre run samples

test: setup  ## Run all tests, on two cores
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-kill: setup  ## Kill runs, let calls on files fail, run again, compare: an hour or two
	$(BIN)/python -m tests.kill --kills 60 --torn 20 --points --errors

check: setup  ## Lint, types, layers, generated docs, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m warehouse.tables_page --check docs/tables.md
	$(MAKE) test

docs: setup  ## Write docs/tables.md anew from schemas/
	$(BIN)/python -m warehouse.tables_page docs/tables.md

lock: setup  ## Write requirements.lock anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --group dev -p 3.11 --no-header pyproject.toml -o requirements.lock

bench: setup  ## Time a run against plain spaCy: make bench CORPUS=folder
	$(BIN)/python benchmarks/run.py $(CORPUS)

clean:  ## Take away what was built; a warehouse stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
