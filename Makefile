# `make run` and `make test` are all that a newcomer needs; both set everything up first.
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(PY) --require-hashes
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links
FRENCH := resources/translations/heatmap_fr
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
        $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup run test gpu test-gpu lint docs shots translations bench package soak lock clean system

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F "|" '{printf "make %-9s %s\n", $$1, $$2}'

setup: $(VENV)/.base ## .venv with what the program needs, and the system libraries

run: setup ## the demo store, measured: a summary, a heat map and a report
	$(PY) main.py --demo

test: $(VENV)/.dev ## all tests but the ones below
	$(PY) -m pytest -n auto --dist worksteal

gpu: $(VENV)/.gpu ## adds ultralytics and torch (about 6 GB)

test-gpu: $(VENV)/.dev $(VENV)/.gpu ## the tests that need ultralytics and torch
	$(PY) -m pytest -m gpu_extra

soak: $(VENV)/.dev ## the tests that take minutes
	$(PY) -m pytest -m soak

lint: $(VENV)/.dev ## ruff and mypy
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

shots: $(VENV)/.dev ## pictures of what there is to see, into out/shots
	$(PY) -m tests.shots

translations: $(VENV)/.dev ## the console's texts: new ones to translate, and what the program reads (needs qt6-l10n-tools)
	$(VENV)/bin/pylupdate6 --no-obsolete --ts $(FRENCH).ts $$(git ls-files 'heatmap_gui/desktop/*.py')
	/usr/lib/qt6/bin/lrelease -silent -removeidentical $(FRENCH).ts -qm $(FRENCH).qm

docs: $(VENV)/.dev ## the reference pages, from the program itself
	$(PY) -m tests.documents

bench: $(VENV)/.dev ## this program's speed on this machine
	$(PY) main.py bench

package: $(VENV)/.base ## source archive and wheel, into dist/
	$(UV) build --quiet
	@ls dist

lock: $(UV) ## pins the requirements anew
	echo uv | $(LOCK) --output-file requirements/uv.txt -
	$(LOCK) --output-file requirements/base.txt pyproject.toml
	$(LOCK) --output-file requirements/dev.txt --extra dev --constraints requirements/base.txt pyproject.toml
	$(LOCK) --output-file requirements/gpu.txt --extra gpu --constraints requirements/dev.txt pyproject.toml

clean: ## forgets .venv and everything that was made
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache

system:
	@packaging/system-libraries

$(UV): requirements/uv.txt | system
	@test -n "$(PYTHON)" || { echo "no Python 3.11, 3.12 or 3.13 found: install one, or name it: make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/uv.txt
	@touch $@

$(VENV)/.base: requirements/base.txt $(UV)
	$(INSTALL) --requirement requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(INSTALL) --requirement requirements/dev.txt
	@touch $@

$(VENV)/.gpu: requirements/gpu.txt $(VENV)/.base
	$(INSTALL) --requirement requirements/gpu.txt
	@touch $@
