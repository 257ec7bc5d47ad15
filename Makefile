# The front door for people, hooks and CI alike. `make` alone lists the commands.
# To this machine alone, unless HOST says otherwise; an empty HOST would mean everyone.
ADDRESS := $(or $(HOST),127.0.0.1)
PORT ?= 8501
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

# Run by .venv's Python before the server starts, which takes seconds and then says less clearly what is wrong.
define CAN_LISTEN
import socket, sys
host, port = sys.argv[1:]
try:
    socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
except (OSError, OverflowError, ValueError) as error:
    sys.exit(f"Cannot serve on port {port} of {host} ({error}): choose a free port, such as PORT=8502, and an address of this machine with HOST=...")
endef
export CAN_LISTEN

.DEFAULT_GOAL := help
.PHONY: help setup running run test quick check tidy bench lock browser nginx pips gate hook spreadsheets

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

running:
	@sh setup.sh requirements.txt

setup: ## fill .venv with everything that running and developing need, exactly as locked
	@sh setup.sh requirements-dev.txt

run: running ## serve the dashboard to this machine on port 8501, or on PORT; to others with HOST=0.0.0.0
	@$(BIN)/python -c "$$CAN_LISTEN" "$(ADDRESS)" "$(PORT)"
	@HOST="$(ADDRESS)" PORT="$(PORT)" exec $(BIN)/python -m dashboard.serving

browser: setup
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || ls "$$HOME"/.cache/ms-playwright/chromium-* >/dev/null 2>&1 \
	|| { command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || SUDO=sudo; $$SUDO apt-get update -qq; $$SUDO apt-get install -y -qq chromium >/dev/null; }; } \
	|| $(BIN)/python -m playwright install chromium \
	|| { echo "No browser could be installed for the journeys: connect to the network and try again, or install Chromium yourself." >&2; exit 1; }

# For the test of replicas behind it, which is left out where it cannot be had. Unpacked and not installed, for an installed one
# would begin to serve this machine.
nginx:
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || [ -x build/nginx/usr/sbin/nginx ] || ! command -v apt-get >/dev/null \
	|| { mkdir -p build/nginx && cd build/nginx && { [ "$$(id -u)" = 0 ] || SUDO=sudo; } \
	&& { apt-get download -qq nginx nginx-common 2>/dev/null || { $$SUDO apt-get update -qq && apt-get download -qq nginx nginx-common; }; } \
	&& for package in *.deb; do dpkg-deb -x "$$package" . || exit; done && rm -f *.deb; } \
	|| echo "nginx could not be fetched: the test of replicas is left out." >&2

# The oldest pip that came with Python 3.11 and today's, for the tests of the set-up.
pips: build/pips/oldest build/pips/newest
build/pips/%: tests/pip-%.txt | setup
	@rm -rf $@; $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $@ -r $< \
	|| { echo "The pips that the tests try cannot be fetched: connect to the network and try again." >&2; rm -rf $@; exit 1; }
	@touch $@

# The journeys are taken in two parts, each of which shares a server and a browser; then the workers take the rest.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadgroup

test: setup browser nginx pips ## run every test, those in a real browser too
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term-missing:skip-covered

quick: setup ## run the tests that need neither a browser nor minutes
	$(BIN)/python -m pytest $(PARALLEL) -m "not browser and not slow"

check: setup ## formatting, lint, types, layers, dead code, data and words; changes nothing
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/ty check --quiet --python .venv .
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture
	$(BIN)/python -m dashboard check

tidy: setup ## put code and data into their canonical form
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/python -m dashboard tidy

gate: running ## what a change of the tables must pass on any host: the check, then in sentences what it changes since SINCE=...
	$(BIN)/python -m dashboard check
	$(BIN)/python -m dashboard changes --since "$(or $(SINCE),HEAD)"

hook: setup ## let git run the check before each commit that touches the tables
	git config core.hooksPath .githooks

spreadsheets: setup ## let LibreOffice save the made-up tables anew in three locales, for the tests
	@command -v soffice >/dev/null || { echo "LibreOffice is missing: install it (on Debian: apt-get install libreoffice-calc-nogui)." >&2; exit 1; }
	$(BIN)/python tests/spreadsheet/save.py

bench: setup browser ## measure page by page how long readers wait; CHECK=1 compares with bench/budget.toml, BESIDE=... with another checkout
	$(BIN)/python -m bench $(and $(CHECK),--check) $(and $(BESIDE),--beside "$(BESIDE)") $(and $(ROUNDS),--rounds $(ROUNDS))

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11
lock: ## write the lock files anew from pyproject.toml; what is locked stays unless it must change
	@test -x $(BIN)/uv || sh setup.sh requirements-dev.txt
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --constraint requirements.txt --group dev pyproject.toml -o requirements-dev.txt
