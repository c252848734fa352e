# "make" alone says what there is. Python 3.11 or later; everything goes into .venv and .cache.
.DEFAULT_GOAL := help
.PHONY: help demo demo-wiki test lock clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Also lets examples/ and tests/ be imported before packages that bring a "tests" of their own.
export PYTHONPATH := $(CURDIR)

help:
	@echo "make demo       the whole job on a folder of example pages, offline"
	@echo "make demo-wiki  the same on a real MediaWiki on 127.0.0.1, to look at in a browser"
	@echo "make test       lint, types and all tests, those on a real MediaWiki included"
	@echo "make lock       refresh requirements.txt and requirements-dev.txt"
	@echo "make clean      remove .venv and .cache"

demo: .venv/wikibot.stamp
	@$(BIN)/python examples/demo.py

demo-wiki: .venv/wikibot.stamp
	@$(BIN)/python examples/demo.py --mediawiki

test: .venv/dev.stamp
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	@if [ -n "$$WIKIBOT_CORPUS" ]; then echo "Scoring the reader on $$WIKIBOT_CORPUS"; \
	  $(BIN)/python scripts/score "$$WIKIBOT_CORPUS"; \
	else echo "WIKIBOT_CORPUS names no folder of real pages: the reader is not scored on any"; fi
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.mediawiki
	$(BIN)/python -m pytest --quiet --numprocesses=auto

lock: .venv/wikibot.stamp
	@echo "Looking for the newest versions…"
	@scripts/lock

clean:
	rm -rf .venv .cache build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/wikibot.stamp: requirements.txt pyproject.toml scripts/venv
	@echo "Making .venv (once, about half a minute)…"
	@scripts/venv
	@$(PIP) install -r requirements.txt
	@$(PIP) install --no-deps --editable .
	@touch $@

.venv/dev.stamp: .venv/wikibot.stamp requirements-dev.txt
	@echo "Installing what the tests need (once, about half a minute)…"
	@$(PIP) install -r requirements-dev.txt
	@touch $@
