# The commands people rely on: run, test, check, prove, bench. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR PORT
# Tests start Django a hundred times; without its compiled files each start takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-postgres prove check bench format messages

help:
	@echo "make run     start the site on http://127.0.0.1:$(PORT) (PORT=, DATA_DIR=)"
	@echo "make test    run every test"
	@echo "make test-postgres  run again on PostgreSQL what asks a database (needs its programs, starts its own server)"
	@echo "make prove   the same with the long proofs (tests/proofs.py), on both databases: some half an hour"
	@echo "make check   lint, types, templates, migrations, messages, direction of imports"
	@echo "make bench   benchmarks"

run: $(VENV)/runtime
	@$(BIN)/python deploy/start.py

# Longest first, in the order of tests/conftest.py, so that the workers end together.
PYTEST := -m pytest -n auto --dist loadgroup --no-loadscope-reorder

test: $(VENV)/dev
	@$(BIN)/python $(PYTEST) $(ARGS)

# What a browser shows does not depend on the database: those tests need not run twice.
test-postgres: $(VENV)/dev
	@$(BIN)/python deploy/throwaway_postgres.py $(BIN)/python $(PYTEST) -m "not browser" $(ARGS)

prove: $(VENV)/dev
	@PROOFS=$$($(BIN)/python -m tests.proofs) $(MAKE) --no-print-directory test test-postgres

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python deploy/check_messages.py
	DATA_DIR=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run
	DATA_DIR=$$(mktemp -d) $(BIN)/python manage.py check

bench: $(VENV)/dev
	@$(BIN)/python deploy/bench.py
	@$(BIN)/python deploy/bench_lists.py
	@$(BIN)/python deploy/bench_inbox.py
	@$(BIN)/python -m deploy.bench_intake

format: $(VENV)/dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

messages: $(VENV)/dev
	$(BIN)/python manage.py makemessages -l nb -l nn -l en --no-location --ignore .venv --ignore var
	$(BIN)/python manage.py compilemessages --ignore .venv

# A stamp file per set of packages, remade when its lock file changes.
$(VENV)/runtime: requirements/runtime.txt
	@PYTHON=$(PYTHON) sh deploy/install.sh $(VENV) requirements/runtime.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt
	@PYTHON=$(PYTHON) sh deploy/install.sh $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/runtime
