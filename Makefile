# What can be done with this checkout. `make help` lists it.

PYTHON ?= python3
IN := .venv/bin/python
JOBS ?= 2
NEWER := python3.12 python3.13 python3.14
# Tests and checks never see an installation's own settings.
CHECKING := env -u SYMPOSIA_MODE -u SYMPOSIA_DATA -u SYMPOSIA_PORT -u DATABASE_URL -u DATABASE_OWNER_URL
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header $(if $(UPGRADE),--upgrade)

.PHONY: help run test check journey bench lrs-conformance vc-conformance record-conformance nightly docs lock clean python runtime dev frontend

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 24

run: runtime ## set up what is missing, then start the demonstration (SYMPOSIA_DATA, SYMPOSIA_PORT)
	@SYMPOSIA_MODE=demo exec $(IN) -m symposia.cli run

test: dev check frontend ## check, then the whole suite on its own throw-away database
	$(CHECKING) $(IN) -m pytest -n $(JOBS) --dist loadgroup -m "not nightly"

check: dev ## format, lint, types, import contracts, templates, migrations
	$(IN) -m ruff format --check .
	$(IN) -m ruff check .
	$(CHECKING) $(IN) -m mypy
	$(IN) .venv/bin/lint-imports --no-cache
	$(IN) -m djlint symposia/web/templates --lint --quiet
	$(CHECKING) DJANGO_SETTINGS_MODULE=config.settings_test $(IN) -W ignore manage.py makemigrations --check --dry-run

journey: dev frontend ## the journeys in a real browser, the main job first of all; leaves docs/screens
	$(CHECKING) $(IN) -m pytest tests/journeys -m browser -p no:xdist

bench: dev frontend ## measure: make bench [NAME="checkin register"] [SIZE=10000]
	@$(CHECKING) $(IN) -m benchmarks $(NAME) $(if $(SIZE),--size $(SIZE))

lrs-conformance: dev ## the official suite of stores of statements: make lrs-conformance SUITE=path
	$(CHECKING) $(IN) -m conformance.lrs "$(SUITE)" $(if $(VERSION),--version $(VERSION))

vc-conformance: dev ## official suites of credentials: make vc-conformance SUITE="path path"
	$(CHECKING) DJANGO_SETTINGS_MODULE=config.settings_test $(IN) -m conformance.vc $(SUITE)

record-conformance: dev ## badges and records against their schemas: make record-conformance SCHEMAS=path
	$(CHECKING) $(IN) -m conformance.records "$(SCHEMAS)"

nightly: dev frontend ## everything, the slow tests too, and the suite on each newer Python found
	$(CHECKING) $(IN) -m pytest -n $(JOBS) --dist loadgroup -m "nightly or not nightly"
	@for newer in $(NEWER); do command -v $$newer >/dev/null || continue; \
	echo "The suite on $$newer"; \
	$$newer bootstrap.py dev .cache/$$newer && \
	$(CHECKING) .cache/$$newer/bin/python -m pytest -n $(JOBS) --dist loadgroup -m "not nightly" || exit 1; done

docs: dev ## write the references from the code, then build everything into docs/_build
	$(CHECKING) $(IN) -m symposia.cli reference
	$(IN) -m sphinx -q -b html docs docs/_build

lock: dev ## lock requirements/*.in: exact versions with hashes, every platform [UPGRADE=1]
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/runtime.in -c requirements/dev.txt -o requirements/runtime.txt

clean: ## remove what can be made again; the data folder stays
	rm -rf .venv node_modules .cache symposia/web/static/dist docs/_build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime: python
	@$(PYTHON) bootstrap.py runtime

dev: python
	@$(PYTHON) bootstrap.py dev

frontend: runtime
	@$(IN) -m symposia.running.frontend

python:
	@command -v $(PYTHON) >/dev/null || { \
	echo "Python 3.11 or newer is needed (Debian, Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }
