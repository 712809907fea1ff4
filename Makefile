# Two commands are enough: make run, make test. `make help` lists the rest.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
.DEFAULT_GOAL := help
.PHONY: help run dev test test-postgres test-browser check bench clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/.runtime ## Install what is missing and serve the portal as in production
	@$(PY) manage.py setup
	@echo "Serving on http://$(HOST):$(PORT)/  (stop with Ctrl+C)"
	@exec $(VENV)/bin/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 2 \
		--blocking-threads 1 --respawn-failed-workers --no-ws --log-level warning \
		climateportal.wsgi:application

dev: $(VENV)/.development ## Serve with automatic reload and debug pages
	@DEBUG=on HTTPS=off $(PY) manage.py setup
	@DEBUG=on HTTPS=off $(PY) manage.py runserver $(HOST):$(PORT)

test: $(VENV)/.development ## The test suite on SQLite
	@$(PY) manage_tests.py

$(VENV)/.runtime: requirements.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
