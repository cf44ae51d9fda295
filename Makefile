# The commands people rely on: run, test, check, prove, bench. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR PORT
CHECKS := check-style check-templates check-types check-imports check-messages check-migrations
# Tests start Django a hundred times; without its compiled files each start takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-postgres prove prove-newest check $(CHECKS) audit bench format messages

help:
	@echo "make run     start the site on http://127.0.0.1:$(PORT) (PORT=, DATA_DIR=)"
	@echo "make test    run every test"
	@echo "make test-postgres  run again on PostgreSQL what asks a database (needs its programs, starts its own server)"
	@echo "make prove   the same with the long proofs (tests/proofs.py), on both databases (some half an hour), then prove-newest"
	@echo "make prove-newest  the tests without browsers on the newest Python and Django; the backup's on the system's Python"
	@echo "make check   lint, types, templates, migrations, messages, direction of imports"
	@echo "make audit   ask whether a locked package has a known fault (needs the network; says so when it cannot ask)"
	@echo "make bench   benchmarks"

run: $(VENV)/runtime
	@$(BIN)/python deploy/start.py

# Longest first, in the order of tests/conftest.py, so that the workers end together. One worker more than processors:
# each waits now and then for a browser, a process or the disk.
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
PYTEST = -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

test: $(VENV)/dev
	@$(BIN)/python $(PYTEST) $(ARGS)

# What a browser shows does not depend on the database: those tests need not run twice.
test-postgres: $(VENV)/dev
	@$(BIN)/python deploy/throwaway_postgres.py $(BIN)/python $(PYTEST) -m "not browser" $(ARGS)

prove: $(VENV)/dev
	@PROOFS=$$($(BIN)/python -m tests.proofs) $(MAKE) --no-print-directory test test-postgres
	@$(MAKE) --no-print-directory prove-newest

# On what a site may run on beside the locked versions; the environments lie outside the source tree.
prove-newest:
	@sh deploy/prove_newest.sh

# Side by side, each one's output in a piece where make can do that.
check: $(VENV)/dev
	@$(MAKE) --no-print-directory -j $(if $(filter output-sync,$(.FEATURES)),--output-sync) $(CHECKS)

check-style: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-templates: $(VENV)/dev
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')

check-types: $(VENV)/dev
	$(BIN)/mypy .

check-imports: $(VENV)/dev
	$(BIN)/lint-imports --no-cache

check-messages: $(VENV)/dev
	$(BIN)/python deploy/check_messages.py

# The command begins with Django's system checks.
check-migrations: $(VENV)/dev
	DATA_DIR=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run

# In an environment of its own: pip-audit brings a score of packages that nothing else needs.
AUDIT := .venv-audit
audit:
	@[ -x $(AUDIT)/bin/pip-audit ] || PYTHON=$(PYTHON) sh deploy/install.sh $(AUDIT) requirements/audit.txt || true
	@$(PYTHON) deploy/audit.py $(AUDIT)/bin/pip-audit

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

# A stamp file per set of packages, remade when its lock file changes, or the Python that it names: after an upgrade
# of the system the environment has none of its packages.
PYTHON_NOW := $(shell $(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
$(foreach stamp,$(wildcard $(VENV)/runtime $(VENV)/dev),$(if $(filter $(PYTHON_NOW),$(shell cat $(stamp))),,$(shell rm $(stamp))))
WRITE_STAMP = $(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])'
$(VENV)/runtime: requirements/runtime.txt
	@PYTHON=$(PYTHON) sh deploy/install.sh $(VENV) requirements/runtime.txt
	@$(WRITE_STAMP) > $@

$(VENV)/dev: requirements/dev.txt
	@PYTHON=$(PYTHON) sh deploy/install.sh $(VENV) requirements/dev.txt
	@$(WRITE_STAMP) | tee $(VENV)/runtime > $@
