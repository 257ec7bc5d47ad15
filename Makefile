# The front door for people, hooks and CI alike. `make` alone lists the commands.
PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check tidy bench lock browser

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/ready ## build .venv with everything, exactly as locked

.venv/ready: requirements.txt requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: setup ## serve the dashboard on port 8501, or on PORT
	$(BIN)/python -m uvicorn dashboard.server:app --host 0.0.0.0 --port $(PORT) --no-access-log

browser: setup
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || ls "$$HOME"/.cache/ms-playwright/chromium-* >/dev/null 2>&1 \
	|| { command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || SUDO=sudo; $$SUDO apt-get update -qq; $$SUDO apt-get install -y -qq chromium >/dev/null; }; } \
	|| $(BIN)/python -m playwright install chromium

test: setup browser ## run every test, those in a real browser too
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

check: setup ## formatting, lint, types, layers, data and words; changes nothing
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/ty check --quiet --python .venv .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m dashboard check

tidy: setup ## put code and data into their canonical form
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/python -m dashboard tidy

bench: setup browser ## measure start-up, first chart and a filter change, at growing sizes of the tables
	$(BIN)/python bench/run.py

lock: setup ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt
