# Every recipe sets up what it needs: a virtual environment from the hashed lock file, and for tests a browser.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

# Where bytecode may not be kept, every process of a test run compiles the product and rewrites the tests again.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test check format bench fuzz docs lock audit sbom clean

demo: $(VENV)/.run-ready
	@$(BIN)/throughline demo

test: $(VENV)/.test-ready
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# The types are read beside all the rest, or one processor would wait for the other. What is left out is named in conftest.py too.
check: $(VENV)/.test-ready
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/basedpyright --pythonpath $(BIN)/python > $(VENV)/types.txt 2>&1 & types=$$!; \
	  $(BIN)/lint-imports --no-logo && $(BIN)/deptry . && $(BIN)/vulture && \
	  $(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not browser and not slow"; tests=$$?; \
	  wait $$types; types=$$?; cat $(VENV)/types.txt; exit $$((tests + types))

format: $(VENV)/.test-ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.test-ready
	@$(BIN)/python -m tests.bench

# Every act killed at each single step before which the disk changed, then ten minutes of spoilt returns.
fuzz: $(VENV)/.test-ready
	@KILLS=every $(BIN)/python -m pytest -q -n 2 --dist loadfile tests/pipelines/test_killed.py \
	  tests/pipelines/test_killed_decisions.py tests/pipelines/test_removal_killed.py tests/pipelines/test_key_killed.py
	@$(BIN)/python -m tests.fuzz

docs: $(VENV)/.test-ready
	@$(BIN)/python -m tests.docs.generate

lock: $(VENV)/.test-ready
	@$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --output-file requirements.lock --quiet
	@$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --constraints requirements.lock \
	  --output-file requirements-dev.lock --quiet

# Every locked package against the published advisories. It asks pypi.org about each name and version, and nothing else.
audit: sbom
	@$(BIN)/pip-audit --disable-pip --require-hashes --strict --progress-spinner off \
	  --requirement requirements.lock --requirement requirements-dev.lock

# What the program is made of, with fingerprints, for whoever keeps an inventory: CycloneDX. Needs no network.
sbom: $(VENV)/.test-ready
	@mkdir -p build
	@$(BIN)/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --of JSON \
	  --output-file build/throughline.cdx.json requirements.lock
	@echo "The bill of materials is build/throughline.cdx.json"

$(VENV)/.venv-made:
	@$(PYTHON) -c 'import sys; sys.exit("Throughline needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.12, for example.") if sys.version_info < (3, 11) else None'
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The lock file is whole, so nothing is left to resolve: an older pip asked to resolve it would look at newer releases
# of what others name with extras, and refuse them for want of a hash.
$(VENV)/.run-ready: requirements.lock pyproject.toml | $(VENV)/.venv-made
	@echo "Installing what Throughline runs on (about a minute the first time)"
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: requirements-dev.lock $(VENV)/.run-ready
	@echo "Installing what the tests need"
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
