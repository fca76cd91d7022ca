# Everything runs in .venv, made from pyproject.toml on any machine with Python 3.11 and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help verify test check types frameworks vectors score docs wheel clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

verify: .venv/installed  ## judge the embedded NumPy backend
	$(BIN)/goldenrule verify numpy

test: .venv/installed-test  ## run the tests
	$(BIN)/pytest -q -n auto --dist loadfile

check: .venv/installed-lint  ## lint, formatting, spelling, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/pyright

frameworks: .venv/installed-frameworks  ## judge PyTorch, JAX and ONNX Runtime, and hold the bounds against them
	GOLDENRULE_REQUIRE_FRAMEWORKS=1 $(BIN)/pytest -q -n auto --dist worksteal tests/frameworks
	$(BIN)/goldenrule verify numpy torch jax onnxruntime --xfail tests/frameworks/deviations.txt

vectors: .venv/installed-test  ## check that the golden vectors can be made again
	$(BIN)/goldenrule generate --check

score: .venv/installed-test  ## measure what the vectors detect, with one of every 20 mutants
	$(BIN)/goldenrule score --share 20 --against docs/measured/score.json

docs: .venv/installed-docs  ## build the book into site/, strictly
	$(BIN)/goldenrule docs --build

wheel: .venv/installed-test  ## build the wheel, and use it from outside the checkout
	$(PYTHON) tests/wheel.py

clean:  ## remove what was made here
	rm -rf .venv build dist site

.venv/bin/pip:
	$(PYTHON) -m venv .venv

# An editable install that type checkers can see, too.
.venv/installed: pyproject.toml .venv/bin/pip
	$(PIP) --editable .
	@touch $@

.venv/installed-test: .venv/installed docs/book/katex.txt
	$(PIP) --editable '.[test]'
	$(PIP) --no-deps -r docs/book/katex.txt
	@touch $@

.venv/installed-lint: .venv/installed
	$(PIP) --editable '.[lint]' --config-settings editable_mode=strict
	@touch $@
	@rm .venv/installed  # its links are refused as vectors: every other command installs anew

.venv/installed-docs: .venv/installed docs/book/katex.txt
	$(PIP) --editable '.[docs]'
	$(PIP) --no-deps -r docs/book/katex.txt
	@touch $@

# PyTorch first and by version, so that its CPU build is taken where one is offered.
.venv/installed-frameworks: .venv/installed-test
	$(PIP) torch==2.13.0
	$(PIP) --editable '.[torch,jax,onnxruntime]'
	@touch $@
