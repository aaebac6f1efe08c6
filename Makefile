# Everything here works from a fresh clone: what is missing is installed first, what is there is left alone.
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-long format audit lock clean runtime development

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  PYTHON=python3.12 takes another Python; ARGS=... goes to pytest (test) or pip-compile (lock)."

run: runtime ## Serve the dashboard on http://127.0.0.1:8050 (PORT, HOST, DATABASE_URL; FEED=1 plays invented events)
	@$(VENV_PYTHON) -m tools.run

test: development ## Run all checks: ruff, bandit, mypy, pytest
	@$(VENV_PYTHON) -m tools.check $(ARGS)

test-long: development ## The same, the slow tests too
	@$(VENV_PYTHON) -m tools.check --long $(ARGS)

format: development ## Lay out the code and mend what ruff can mend
	@$(VENV_PYTHON) -m ruff check --fix-only .
	@$(VENV_PYTHON) -m ruff format .

audit: development ## Ask for known holes in what is installed (pip-audit; needs the internet)
	@$(VENV_PYTHON) -m tools.audit $(ARGS)

lock: development ## Pin requirements*.in into requirements*.txt (ARGS=--upgrade takes the newest)
	@$(VENV_PYTHON) -m tools.lock $(ARGS)

clean: ## Remove the environment and all caches; data under var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime:
	@$(PYTHON) tools/environment.py requirements.txt

development:
	@$(PYTHON) tools/environment.py requirements.txt requirements-dev.txt
