# What one types. `make` alone lists it. Needs Python 3.11 or newer and make; everything else is fetched into .venv.
PYTHON ?= python3
BIN := .venv/bin
GOODWORD_TEST_PROCESSES ?= 3
PYTEST := $(BIN)/python -m pytest -n $(GOODWORD_TEST_PROCESSES)
# Hundreds of processes are started: what one has compiled the others find.
COMPILED := -u PYTHONDONTWRITEBYTECODE
ON_SQLITE := env $(COMPILED) -u DATABASE_URL -u GOODWORD_DATA_DIR -u DJANGO_SETTINGS_MODULE
ON_POSTGRES := env $(COMPILED) -u GOODWORD_DATA_DIR -u DJANGO_SETTINGS_MODULE $(BIN)/python -m tests.support.postgres --
CODE := src tests bench scripts frontend/build.py hatch_build.py

.PHONY: help run test test-slow test-full lint semgrep attack format bench lock wheel pictures frontend chromium dovecot clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.run frontend ## the product with a demo company: http://127.0.0.1:8000
	@$(BIN)/goodword up

test: lint chromium dovecot ## everything, on SQLite and on PostgreSQL (DATABASE_URL, else one of its own)
	$(ON_SQLITE) $(PYTEST)
	$(ON_POSTGRES) $(PYTEST)

test-slow: .venv/.dev frontend chromium dovecot semgrep ## the same with minutes to spend
	$(ON_SQLITE) $(PYTEST) --size slow
	$(ON_POSTGRES) $(PYTEST) --size slow

test-full: .venv/.dev frontend chromium dovecot semgrep ## the full figures: hours
	$(ON_SQLITE) $(PYTEST) --size full
	$(ON_POSTGRES) $(PYTEST) --size full

lint: .venv/.dev frontend ## style, types, layers, templates
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/bandit -q -r src -ll -x '*/migrations/*' 2>/dev/null
	@mkdir -p .mypy_cache
	env -u DATABASE_URL GOODWORD_DATA_DIR=.mypy_cache/data $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src/goodword

semgrep: .venv/.dev ## what this house forbids and no general rule knows (scripts/semgrep)
	PATH="$$(scripts/attack_tools.sh semgrep):$$PATH" semgrep scan --config scripts/semgrep/ours.yml --project-root . --metrics=off --disable-version-check --error --quiet src
	PATH="$$(scripts/attack_tools.sh semgrep):$$PATH" $(BIN)/python scripts/semgrep/prove.py

attack: .venv/.dev frontend semgrep ## sqlmap and wapiti against a server of its own, for some minutes
	$(ON_SQLITE) $(BIN)/python scripts/attack.py --tools "$$(scripts/attack_tools.sh attack)"

format: .venv/.dev ## put the code into shape
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: .venv/.dev ## measure everything: tables, and one JSON document (BENCH=--quick: in minutes)
	@$(BIN)/python bench/everything.py $(BENCH)

lock: .venv/.dev ## compile requirements/*.txt anew
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
	  --extra postgres pyproject.toml requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
	  -c requirements/run.txt requirements/dev.in -o requirements/dev.txt

wheel: .venv/.run frontend ## the installable package, in dist/
	$(BIN)/pip wheel -q --no-deps --no-build-isolation -w dist .

pictures: .venv/.dev frontend chromium ## the main pages at three widths in two languages, and those of the browser tests, in pictures/
	PYTHONPATH=$(CURDIR)/src:$(CURDIR)/bench:$(CURDIR) $(ON_SQLITE) $(BIN)/python bench/pictures.py pictures
	GOODWORD_PICTURES=$(CURDIR)/pictures $(ON_SQLITE) $(BIN)/python -m pytest -m browser

frontend: .venv/.run
	@$(BIN)/python frontend/build.py

chromium:
	@scripts/ensure_chromium.sh

dovecot:
	@scripts/ensure_dovecot.sh

clean: ## forget .venv and what was built; data stays
	rm -rf .venv .attack build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache src/goodword/doors/web/static/goodword/dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Goodword needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv || { echo "python3 cannot make a virtual environment: on Debian, apt install python3-venv" >&2; rm -rf .venv; exit 1; }

.venv/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what Goodword stands on …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -r requirements/run.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "installing what the checks need …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -r requirements/dev.txt
	@touch $@
