# Every chore has a name here.  Needs Python 3.11 with venv, and make.

PYTHON ?= python3
PIP_INSTALL = .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test lint audit format bench lock clean

# Set up and serve the knowledge base; ISSUES=PATH also ingests and publishes a file or folder of yours, once;
# BIND=ADDRESS:PORT serves it there.
run: .venv/installed
	@.venv/bin/python manage.py start $(if $(BIND),--bind "$(BIND)") $(if $(ISSUES),--issues "$(ISSUES)")

# Set up and run the whole suite, a worker on each core; browser tests run where Chromium is found.
# Their many programs are compiled once, be that forbidden elsewhere.
# ARGS="tests/search -k agency" chooses tests; ARGS=-n0 runs them one after the other, for a debugger.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/installed-dev
	@.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/installed-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python manage.py makemigrations --check --dry-run

# What is known against the locked dependencies; says so where no advisories can be had.
audit: .venv/installed-dev
	.venv/bin/python -m pip check
	.venv/bin/python .ci/audit.py

format: .venv/installed-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# CORPUS=FOLDER names the unpacked regulations.
bench: .venv/installed-dev
	@.venv/bin/python -m benchmarks $(if $(CORPUS),--corpus "$(CORPUS)")

# Lock every dependency with its hashes, without saying where it was fetched from.
lock: .venv/installed-dev
	.venv/bin/python -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml
	.venv/bin/python -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf var .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Half an environment, as where ensurepip is missing, would be taken for a whole one the next time.
.venv/bin/python:
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: requirements.lock | .venv/bin/python
	$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed | .venv/bin/python
	$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@
