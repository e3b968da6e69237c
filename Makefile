# Every target works on a fresh clone. On Debian 12 it needs python3.11 and make; the rest is installed into .venv, and
# what the tests need beyond that (PostgreSQL, Chromium, gettext) by ops/services and ops/debian.
PYTHON ?= python3.11
PORT ?= 8000
SITE_ADDRESS ?= http://127.0.0.1:$(PORT)
# Half of the tests, in order, to each of two processes: what a module sets up once is not set up by both.
PARALLEL := -n 2 --dist worksteal

BIN := .venv/bin
PY := $(BIN)/python
# What the tests are told of the services.
SERVICES := . var/services.env; CHROMIUM=$$CHROMIUM LIBREOFFICE=$$LIBREOFFICE CLIENTS=$$CLIENTS JAVA=$$JAVA TEST_ELASTICSEARCH_URL=$$ELASTICSEARCH_URL
MANAGE := $(PY) manage.py
PYTEST := $(BIN)/pytest
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/wagtail/*/LC_MESSAGES/*.po))
# Temporary files stay in the clone too. `exec`, so that whoever ends make ends the server and not a shell.
SERVE := PORT=$(PORT) SITE_ADDRESS=$(SITE_ADDRESS) TMPDIR=$(CURDIR)/var/tmp
# Only where nobody has to be asked for it: all else works without.
PANGO := $(PY) -c 'import weasyprint' >/dev/null 2>&1 || { command -v apt-get >/dev/null && \
	{ [ "$$(id -u)" = 0 ] || sudo -n true; } 2>/dev/null && ops/debian libpango-1.0-0 libpangoft2-1.0-0; }
# For `check --deploy`: what production reads from its environment, with nothing behind it.
PRODUCTION := DJANGO_SETTINGS_MODULE=portal.settings.production DATABASE_URL=sqlite:///:memory: \
	SECRET_KEY=only-for-the-check-$$($(PY) -c 'import secrets; print(secrets.token_hex(32))') \
	ALLOWED_HOSTS=portal.example SITE_ADDRESS=https://portal.example

.PHONY: help run dev prepare check test lint format soak bench screenshots messages clean
.DELETE_ON_ERROR:

help:
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: export DJANGO_SETTINGS_MODULE := portal.settings.demo
run: prepare  ## set up what is missing and serve the portal with its demo content, on PORT
	exec env $(SERVE) $(PY) -m gunicorn --config ops/gunicorn.py portal.wsgi

dev: export DJANGO_SETTINGS_MODULE := portal.settings.dev
dev: prepare  ## the same, reloading, with error pages
	env $(SERVE) $(PY) -m ops.worker & exec env $(SERVE) $(MANAGE) runserver 127.0.0.1:$(PORT)

prepare: .venv/.run $(MESSAGES)
	@mkdir -p var/tmp
	@exec env $(SERVE) $(PY) -m ops.prepare

check: lint  ## lint and the fast tests on SQLite, without a browser or a server
	$(PYTEST) $(PARALLEL) -m "not slow and not journey and not drill and not proxy and not image and not cluster"

test: .venv/.dev $(MESSAGES)  ## set up everything and run every test
	@mkdir -p var
	ops/services up > var/services.env
	$(MAKE) --no-print-directory lint
	$(SERVICES) $(PYTEST) $(PARALLEL) -m "not cluster and not proxy and not image"
	$(SERVICES) TEST_DATABASE_URL=$$DATABASE_URL $(PYTEST) $(PARALLEL) -m "not journey and not sqlite_suffices and not cluster and not proxy and not image"

lint: .venv/.dev $(MESSAGES)  ## style, types, layers, cycles, lengths, migrations, translations, production settings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	$(PY) -m ops.limits
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) -m ops.foreign_keys
	DJANGO_SETTINGS_MODULE=portal.settings.test $(MANAGE) makemigrations --check --dry-run
	command -v xgettext >/dev/null || ops/debian gettext
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) -m ops.messages check
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

format: .venv/.dev  ## put the code into the one style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The property tests and drills with many more examples than `make test` has time for, on both databases.
soak: export HYPOTHESIS_PROFILE := soak
soak: .venv/.dev $(MESSAGES)  ## properties and drills with many more examples
	@mkdir -p var
	ops/services up postgres elasticsearch > var/services.env
	$(SERVICES) $(PYTEST) $(PARALLEL) -m "hypothesis or drill"
	test -x /usr/sbin/nginx || ops/debian nginx-light
	$(SERVICES) $(PYTEST) -m proxy
	$(SERVICES) TEST_DATABASE_URL=$$DATABASE_URL $(PYTEST) -m image
	$(SERVICES) TEST_DATABASE_URL=$$DATABASE_URL $(PYTEST) $(PARALLEL) -m "hypothesis or drill"
	ops/services up postgres cluster > var/services.env
	$(SERVICES) TEST_ELASTICSEARCH_CLUSTER=$$ELASTICSEARCH_CLUSTER TEST_DATABASE_URL=$$DATABASE_URL $(PYTEST) -s -m cluster

bench: .venv/.dev $(MESSAGES)  ## measure, each figure beside its rival
	@mkdir -p var
	ops/services up postgres elasticsearch > var/services.env
	. var/services.env; BENCH_POSTGRES_URL=$$DATABASE_URL BENCH_ELASTICSEARCH_URL=$$ELASTICSEARCH_URL $(PY) -m tools.bench $(ARGUMENTS)

screenshots: export DJANGO_SETTINGS_MODULE := portal.settings.demo
screenshots: .venv/.dev prepare  ## make the pictures in docs/images/
	@mkdir -p var
	ops/services up chromium > var/services.env
	. var/services.env; CHROMIUM=$$CHROMIUM $(PY) -m ops.screenshots

# Takes new strings of templates and code into the .po files, to be translated there.
messages: .venv/.run  ## take new strings into the .po files
	command -v xgettext >/dev/null || ops/debian gettext
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) -m ops.messages extract

# Database, uploads and what was made from sources; .env stays.
clean:  ## remove what was made, .env excepted
	ops/services down
	rm -rf .venv var locale/*/LC_MESSAGES/*.mo locale/wagtail/*/LC_MESSAGES/*.mo

.venv/.run: requirements.txt
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || ops/debian python3-venv
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --require-hashes --only-binary :all: -r requirements.txt
	@$(PANGO) || echo "Without Pango (libpango-1.0-0, libpangoft2-1.0-0) there are no practices as PDF." >&2
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	$(PY) -m pip install --quiet --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

%.mo: %.po .venv/.run
	$(PY) -m ops.messages compile $<
