# Two commands do all: `make demo` and `make test`. Each sets up what it needs from a bare Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
EXTRAS := .venv/.extras

# Python keeps what it compiled, beside the environment, even where it was told to leave the sources alone: every command starts in half the time.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/.compiled
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-all lint bench format clean

demo: $(READY)
	@$(BIN)/mianyue demo

# Four processes on two cores: much of a test is waiting for browsers, mail servers and databases.
test: $(READY) $(EXTRAS)
	@$(BIN)/python -m pytest -m "not slow" -n 4 --dist loadfile --no-loadscope-reorder

test-all: $(READY) $(EXTRAS)
	@$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/house

format: $(READY)
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(READY) $(EXTRAS)
	@UV_SYSTEM_CERTS=true $(BIN)/uv sync --quiet --frozen --inexact --group bench  # peers to compare with
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.scheduling
	@$(BIN)/python -m benchmarks.attendance

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mianyue needs Python 3.11 or newer; say PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.8"
	@UV_SYSTEM_CERTS=true $(BIN)/uv sync --quiet --frozen --inexact  # the machine's certificates: companies have their own
	@touch $(READY)

# The tests need the optional parts too: reading scans, and languages beyond the grammar's.
$(EXTRAS): $(READY)
	@UV_SYSTEM_CERTS=true $(BIN)/uv sync --quiet --frozen --inexact --all-extras
	@touch $(EXTRAS)

clean:
	rm -rf .venv .demo .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
