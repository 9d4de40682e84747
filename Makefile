# Each target sets up .venv first where it is missing or out of date.
.DEFAULT_GOAL := help
.PHONY: help setup book test corpus lint types fmt golden bench fuzz validate clean lock

python := .venv/bin/python
compile = .venv/bin/uv pip compile pyproject.toml --quiet --no-config --no-header --generate-hashes \
	--no-emit-index-url --universal --python-version 3.11 $(UPGRADE)

help: ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: ## make .venv with everything the project needs; leaves .venv/bin/publish
	@.ci/setup

book: setup ## build every book of manuscripts/ into dist/
	@for folder in manuscripts/*/; do .venv/bin/publish build "$$folder" -o dist || exit; done

test: setup ## run the tests
	@$(python) -m pytest

corpus: setup ## score the shared corpus; CORPUS=all, raw or clean, PATTERN=, SEED=, FURNITURE=other
	@$(python) -m tests.corpus --set "$(CORPUS)" --pattern "$(PATTERN)" --seed "$(SEED)" --furniture "$(FURNITURE)"

lint: setup ## check style
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

types: setup ## check types
	@$(python) -m mypy

fmt: setup ## format the code and mend what can be mended
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

golden: setup ## rewrite the golden files of the tests; review the diff
	@$(python) -m pytest --golden

bench: setup ## measure time and memory beside other programs; PRINT=1 the printed book; KEEP=--keep writes tests/bench/*.md
	@$(python) -m tests.bench$(if $(PRINT),.printing) $(KEEP)

fuzz: setup ## damage manuscripts at random and check what holds for all; MINUTES=10, SEED=
	@$(python) -m tests.fuzz --minutes "$(or $(MINUTES),10)" --seed "$(or $(SEED),1)"

validate: book ## check dist/ with EPUBCheck, Ace by DAISY and Chromium; CORPUS=suite, KEEP=--keep
	@$(python) -m tests.validate --corpus "$(CORPUS)" dist/*.epub dist/*.pdf
	@$(python) -m tests.browser $(KEEP) dist/*.epub

lock: setup ## write the lock files anew; with UPGRADE=--upgrade take the newest releases
	@$(compile) -o requirements.lock
	@$(compile) --all-extras --group dev -o requirements-dev.lock

clean: ## remove what was built; keep .venv
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find dist -mindepth 1 ! -name .gitkeep -delete
	@find publish tests -name __pycache__ -prune -exec rm -rf {} +
