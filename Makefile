# `make` or `make help` lists the targets. Everything is installed into .venv, from hashed lock files.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes
# the project itself: no dependency is resolved and nothing is fetched, setuptools comes from the lock file
EDITABLE := $(PIP) install --quiet --no-deps --no-build-isolation --editable .
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
RESULTS ?= var

.DEFAULT_GOAL := help
.PHONY: help setup runtime demo run test check lint format types docs gallery bench lock train-emotion clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.everything ## prepare .venv with all that running, testing, measuring and training need

runtime: $(VENV)/.runtime ## prepare .venv with what the service alone needs

demo: runtime ## the service on 127.0.0.1:8080 with calls in French and English: red flags appear
	$(BIN)/qa-monitor demo

run: runtime ## the service, waiting for telephony
	$(BIN)/qa-monitor serve

test: setup ## every test that needs no server; those that play calls in real time go first, the others beside them
	$(BIN)/python -m tests.lanes

check: setup ## format, lint, types, import rule, then all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_imports.py
	$(MAKE) test

lint: setup ## formatting and lint, nothing changed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: setup ## format and sort imports in place
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

types: setup ## mypy, strict
	$(BIN)/mypy

docs: setup ## write the reference pages again: settings, OpenAPI
	$(BIN)/python -m tests.reference

gallery: setup ## take the pictures of docs/gallery.md again (needs Debian's chromium)
	QA_MONITOR_GALLERY=docs/images $(BIN)/python -m pytest -q tests/qa_monitor/console/test_gallery.py

bench: setup ## measure speech on this machine (needs Debian's asterisk-core-sounds-{fr,en}{,-wav})
	mkdir -p $(RESULTS)
	$(BIN)/python bench/accuracy.py --json $(RESULTS)/accuracy.json

lock: setup ## resolve the lock files again (UPGRADE=1 takes newer versions)
	$(PIP) install --quiet uv
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra build pyproject.toml -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra build --extra dev --extra train --extra g722 --extra parquet -c requirements.lock pyproject.toml -o requirements-dev.lock

train-emotion: setup ## fit the emotion model again on the recordings under QA_MONITOR_DATA (MODEL=small: for its encoder)
	@test -n "$$QA_MONITOR_DATA" || { echo "Set QA_MONITOR_DATA to the folder that holds emodb/." >&2; exit 2; }
	$(BIN)/python -m sentiment.training --data "$$QA_MONITOR_DATA" $(if $(MODEL),--model $(MODEL))

clean: ## remove .venv and everything built
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' || { echo "The module venv is missing: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) -r requirements.lock
	$(EDITABLE)
	$(BIN)/qa-monitor models check
	touch $@

$(VENV)/.everything: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) -r requirements-dev.lock
	$(EDITABLE)
	$(BIN)/qa-monitor models check
	touch $(VENV)/.runtime $@
