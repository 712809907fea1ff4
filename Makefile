# Two commands are enough: make run, make test. `make` alone lists the rest.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r
# Two workers as there are two cores on the smallest machine; more processes than cores only wait.
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run dev test test-postgres test-browser check catalogues bench lock

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.runtime ## Install what is missing and serve the portal as in production
	@$(PY) manage.py setup
	@echo "Ilmastohankkeet: http://$(HOST):$(PORT)/  (stop with Ctrl+C)"
	@exec $(VENV)/bin/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 2 \
		--blocking-threads 1 --respawn-failed-workers --no-ws --log-level warning \
		climateportal.wsgi:application

dev: $(VENV)/.development ## Serve with automatic reload and debug pages
	@DEBUG=on HTTPS=off $(PY) manage.py setup
	@DEBUG=on HTTPS=off $(PY) manage.py runserver $(HOST):$(PORT)

test: $(VENV)/.development ## Run the tests on SQLite
	@$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		-m "not browser"

test-postgres: $(VENV)/.development ## Run the tests on PostgreSQL (DATABASE_URL tells which)
	@test -n "$(DATABASE_URL)" || { echo "Set DATABASE_URL=postgres://…"; exit 2; }
	@$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		-m "not browser"

test-browser: $(VENV)/.development ## Run the browser and accessibility tests (needs chromium)
	@BROWSER_TESTS=yes $(PY) -m pytest -n $(JOBS) --dist loadfile -m browser tests/browser

check: $(VENV)/.development ## Lint, format, migrations, translations, deployment settings
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@ENV_FILE= SECRET_KEY=check DEBUG=on $(PY) manage.py makemigrations --check --dry-run
	@ENV_FILE= SECRET_KEY=check DEBUG=on $(PY) manage.py catalogues --check
	@ENV_FILE= SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		ALLOWED_HOSTS=ilmasto.example.fi $(PY) manage.py check --deploy --fail-level WARNING

catalogues: $(VENV)/.development ## Collect new texts for translation
	@ENV_FILE= SECRET_KEY=catalogues DEBUG=on $(PY) manage.py catalogues --update

bench: $(VENV)/.development ## Measure page sizes, queries and times (about five minutes)
	@$(PY) -m tests.bench

lock: ## Pin newer versions of the dependencies (needs uv)
	@uv pip compile -q pyproject.toml --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -o requirements.txt
	@uv pip compile -q pyproject.toml --extra dev -c requirements.txt --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		-o requirements-dev.txt

$(VENV)/.runtime: requirements.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PIP) requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@$(PIP) requirements-dev.txt
	@touch $@
