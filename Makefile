# The project's commands. `make site` and `make test` do all their own set-up, once per lock file.

PYTHON ?= python3
export PYTHON
export PYTHONUTF8 := 1
# Browsers and drivers are Debian's: Selenium's manager looks for nothing and downloads nothing.
export SE_OFFLINE := true
export SE_AVOID_STATS := true

VENV := .venv
BIN := $(VENV)/bin
key = $(shell cat $(1) | git hash-object --stdin | cut -c1-16)
LIBRARIES := $(VENV)/.installed-$(call key,requirements.lock pyproject.toml)
CHECKERS := node_modules/.installed-$(call key,package-lock.json)

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help setup site serve docs test lint bench mutation lock hooks clean distclean machine

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(LIBRARIES) ## the Python environment alone, as every other command needs it

site: $(LIBRARIES) ## set up, then build the portal and every sub-site into public/
	@echo "==> Building the website group into public/"
	@$(BIN)/gongkai build

serve: $(LIBRARIES) ## set up, then show the group at a local address, rebuilt on save
	@$(BIN)/gongkai serve

docs: $(LIBRARIES) ## set up, then build the handbook into build/handbook/
	@echo "==> Building the handbook into build/handbook/"
	@$(BIN)/gongkai docs

test: $(LIBRARIES) machine $(CHECKERS) ## set up (a browser, fonts, Java too), then run every test
	@echo "==> Running the tests, two at a time"
	@$(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(LIBRARIES) ## format, rules, types, YAML, workflows, and the content itself
	@faults=; run() { echo "==> $$*"; "$(BIN)/$$@" || faults="$$faults $$1"; }; \
	run ruff format --check --quiet; \
	run ruff check --quiet; \
	run mypy --strict generator; \
	run yamllint --strict .; \
	run actionlint; \
	run gongkai check; \
	if [ -n "$$faults" ]; then echo "!!! Lint found faults:$$faults"; exit 1; fi

bench: $(LIBRARIES) ## measure check and build beside Hugo, MkDocs and Zensical (ARGS="--articles 100000 --runs 3")
	@$(BIN)/python -m tests.bench $(ARGS)

mutation: $(LIBRARIES) ## change the review gate in small ways and count what its tests notice (ARGS="--sample 300")
	@$(BIN)/python -m tests.mutation $(ARGS)

lock: $(LIBRARIES) ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer ones)
	$(BIN)/uv pip compile --quiet --no-config --default-index https://pypi.org/simple \
		--universal --python-version 3.11 --extra dev --generate-hashes \
		--custom-compile-command 'make lock' $(ARGS) pyproject.toml --output-file requirements.lock

hooks: $(LIBRARIES) ## check changed records before every commit
	@$(BIN)/pre-commit install

clean: ## remove what was built and cached
	rm -rf public build site .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache .coverage*

distclean: clean ## clean, and remove the environment and the checkers
	rm -rf $(VENV) node_modules

$(LIBRARIES): ; @\
	echo "==> Set-up: the locked Python libraries into $(VENV)/ (once per lock file, about a minute)" && \
	.ci/need python && \
	{ $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "!!! Python 3.11 or newer is needed; name one: make PYTHON=python3.13 ..."; exit 1; }; } && \
	{ $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV); } && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement requirements.lock && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable . && \
	rm -f $(VENV)/.installed-* && touch $@ && \
	echo "==> Set-up: done"

machine:
	@.ci/need browser fonts java npm rsync

$(CHECKERS): | machine ; @\
	echo "==> Set-up: the checkers of built pages into node_modules/ (once per lock file)" && \
	npm ci --ignore-scripts --no-audit --no-fund && \
	touch $@
