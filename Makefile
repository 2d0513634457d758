.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
COACH := .venv/bin/coach
export RASA_TELEMETRY_ENABLED = false
export UV_PYTHON_PREFERENCE = managed

# uv from the path, else one of our own, kept in .tools.
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)

.tools/bin/uv: requirements/uv.txt
	@echo "Fetching uv ..."
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt

.venv/ready: requirements/dev.txt pyproject.toml $(filter .tools/bin/uv,$(UV))
	@echo "Installing the locked requirements (about 3 GB, a few minutes the first time) ..."
	@test -x $(PYTHON) || $(UV) venv --quiet --python "$$(pyenv which python3.10 2>/dev/null || command -v python3.10 || echo 3.10)" .venv
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements/dev.txt
	@$(UV) pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: install
install: .venv/ready ## build the environment from the locked requirements

.PHONY: setup
setup: install ## prepare the database, load the knowledge, train if the data changed
	@$(COACH) setup

.PHONY: serve
serve: setup ## start the coach on SQLite and print the address of a page with the widget
	@$(COACH) serve

.PHONY: chat
chat: setup ## talk to the coach in the terminal
	@$(COACH) chat

.PHONY: lint
lint: install ## ruff and mypy
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy bot actions

.PHONY: validate
validate: install ## check the conversation data and the knowledge
	@.venv/bin/rasa data validate --fail-on-warnings --domain domain.yml --config config.yml --data data/nlu data/stories data/rules
	@$(COACH) knowledge check data/knowledge

node_modules/ready: package.json package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.PHONY: browser
browser: node_modules/ready ## find or install what the browser tests need
	@sh scripts/chromium.sh

.PHONY: test
test: lint validate setup browser ## everything CI runs, from lint to browser tests
	@$(PYTHON) -m pytest tests

.PHONY: screenshots
screenshots: setup browser ## write pictures of the widget's main states to build/screenshots, the best to docs/images
	@PYTHONPATH=. $(PYTHON) tests/web/screenshots.py

.PHONY: bench
bench: setup ## measure the coach beside a stock Rasa (long)
	@$(COACH) bench

.PHONY: evaluate
evaluate: setup ## score the development messages, where they are
	@$(COACH) evaluate ../shared/eval/dev.jsonl ../shared/eval/dev_written.jsonl

.PHONY: slack-blocks
slack-blocks: install ## write the Slack blocks of each kind of reply to build/slack-blocks.json
	@$(COACH) doctor blocks

.PHONY: lock
lock: ## write the locked, hashed requirements anew
	@$(UV) pip compile --quiet --universal --no-emit-index-url --no-header --generate-hashes --python-version 3.10 --extra dev pyproject.toml -o requirements/dev.txt
	@$(UV) pip compile --quiet --universal --no-emit-index-url --no-header --generate-hashes --python-version 3.10 --constraint requirements/dev.txt pyproject.toml -o requirements/base.txt

.PHONY: clean
clean: ## remove the environment, models and local data
	rm -rf .venv .tools .coach models node_modules build

.PHONY: help
help: ## list every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
