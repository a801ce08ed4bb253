.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.PHONY: help setup demo test check docs bench lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/ready: requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is not installed: install Python 3.11 or later, or say make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(VENV)/ready ## make .venv with everything pinned by hash

demo: setup ## a fiscal year of reminders in under a minute, on this machine only
	$(BIN)/tracker demo

test: setup ## every test, with a real Redis, PostgreSQL, SMTP server and Celery worker
	$(BIN)/python -m pytest

check: setup ## what decides: ruff, format, mypy, import-linter, tests with coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term $(PYTEST)

docs: setup ## the reference and the pictures of the ladder, from the program
	$(BIN)/python -m docs

bench: setup ## ratios measured side by side; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

lock: setup ## write the hashed requirement files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras -o requirements/runtime.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras --group dev -o requirements/dev.txt pyproject.toml

clean: ## remove .venv and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
