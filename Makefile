# Foreshock needs Python 3.11 or later with venv, and make. The rest goes into .venv, from uv.lock.

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.synced
AXE   := tests/browser/node_modules/.package-lock.json
UV    := uv>=0.13,<1

# The first of these that is new enough and can make a virtual environment; failing that, the first new enough.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3.11 python3.12 python3.13 python3
PYTHON ?= $(shell \
  for code in 'import ensurepip, venv; $(NEW_ENOUGH)' '$(NEW_ENOUGH)'; do \
    for name in $(CANDIDATES); do \
      if $$name -c "$$code" >/dev/null 2>&1; then echo $$name; exit; fi; \
    done; \
  done)

# uv must take the Python that is here and the environment beside this file, whatever the shell has active.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)
unexport VIRTUAL_ENV PYTHONHOME

# An environment that was copied or moved with the checkout points at the old place: build it anew.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

.DEFAULT_GOAL := help
.PHONY: brief test lint bench check-venv help

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-11s %s\n", $$1, $$2 }'

brief: $(STAMP) ## install, then brief the bundled case idlib-2020
	@$(BIN)/foreshock brief idlib-2020
	@$(BIN)/foreshock brief idlib-2020 -o idlib-2020.html >/dev/null
	@echo; echo "The same as a page, with map, timeline and every source: $(CURDIR)/idlib-2020.html"

test: lint $(AXE) ## install, lint, check types, run every test
	@$(BIN)/python -m pytest -n 2

lint: $(STAMP) ## install, check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m mypy

bench: $(STAMP) ## install, then measure against the budgets
	@$(BIN)/python -m benchmarks

check-venv: ## say whether this machine has the Python that Foreshock needs
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then \
	  echo "Foreshock needs Python 3.11 or later; none of '$(or $(PYTHON),$(CANDIDATES))' is." >&2; \
	  echo "Debian or Ubuntu: apt-get install python3 python3-venv. Or name one: make PYTHON=/path/to/python ..." >&2; \
	  exit 2; \
	fi
	@if ! $(PYTHON) -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  name=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  echo "'$(PYTHON) -m venv' does not work here: the package that holds it is not installed." >&2; \
	  echo "Debian or Ubuntu: apt-get install python3-venv (or $$name), then run make again." >&2; \
	  exit 2; \
	fi

$(STAMP): uv.lock pyproject.toml
	@$(MAKE) --no-print-directory check-venv PYTHON='$(PYTHON)'
	@if [ "$$(cat $@ 2>/dev/null)" != "$(CURDIR)" ] || [ ! -x $(BIN)/uv ]; then \
	  echo "Making $(VENV) ..." >&2; \
	  $(PYTHON) -m venv --clear $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check '$(UV)'; \
	fi
	@$(BIN)/uv sync --locked --quiet --python $(BIN)/python
	@printf '%s\n' '$(CURDIR)' > $@

# The rules that the page is tested against for people who do not see it well. Without npm, or where
# npm fails, make goes on, and the tests that need them are skipped, or fail where CI requires them.
$(AXE): tests/browser/package-lock.json
	@if command -v npm >/dev/null; then \
	  (cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2 && touch node_modules/.package-lock.json) \
	  || echo "npm did not bring axe-core" >&2; \
	fi
