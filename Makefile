# make run     start the app and open it in a browser
# make dev     the same, and follow changes of the source
# make test    all tests, those in a real browser included
# make check   format, lint, types, direction of imports
# make format  put the source in the common format
# make mathlive  fetch the files of the formula editor, in the version named below, from npm

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
MATHLIVE := 0.111.1
# Candidates are tried, not just looked up: version managers leave names that do not start.
PYTHONS := python3 python python3.14 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: run dev test check format browser postgres mathlive
.DEFAULT_GOAL := run

run: $(VENV)/.app
	$(BIN)/streamlit run serve.py

dev: $(VENV)/.app
	$(BIN)/streamlit run serve.py --server.fileWatcherType=auto --server.runOnSave=true

test: $(VENV)/.dev browser postgres
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/.env:
	@for p in $(PYTHONS); do \
	  if $$p -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then found=$$p; break; fi; \
	done; \
	if [ -x $(BIN)/python ] && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  && $(BIN)/python -c '$(NEW_ENOUGH)'; then :; \
	elif [ -z "$$found" ]; then \
	  echo 'Nabla needs Python 3.11 or newer; none of $(PYTHONS) is.' >&2; exit 1; \
	elif ! $$found -m venv --clear $(VENV); then \
	  rm -rf $(VENV); \
	  echo "$$found cannot make an environment; install its venv module (Debian: python3-venv)." >&2; \
	  exit 1; \
	fi
	@touch $@

$(VENV)/.app: $(VENV)/.env requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.app requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# No stamp: looking is quick, and a browser can be gone by the next run.
browser: $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tools/get_chromium.sh

postgres:
	@sh tools/get_postgres.sh

# For a new version change the number above; assets/mathlive/README.md says what the files are.
mathlive:
	@rm -rf .mathlive && mkdir .mathlive
	cd .mathlive && npm pack --silent mathlive@$(MATHLIVE) && tar xzf mathlive-$(MATHLIVE).tgz
	@rm -rf assets/mathlive/fonts
	cp -R .mathlive/package/fonts .mathlive/package/mathlive.min.mjs .mathlive/package/LICENSE.txt \
	  assets/mathlive
	@echo $(MATHLIVE) > assets/mathlive/VERSION
	@rm -rf .mathlive
