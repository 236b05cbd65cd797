# Two commands to start with; each does the set-up first, once:
#   make demo    check every document in sample_docs/ through the service, and show what was found
#   make test    run the tests
.PHONY: demo test test-slow lint setup serve samples benchmark lock clean

LOCK ?= requirements-dev.lock
BIN := .venv/bin

demo: setup
	@$(BIN)/docscan demo

test: setup
	@$(BIN)/pytest -q -n auto -m "not slow"

test-slow: setup
	@$(BIN)/pytest -q -n auto -m slow

lint: setup
	@failed=0; \
	for each in "ruff format --check ." "ruff check ." mypy lint-imports; do \
	  echo "$$each"; $(BIN)/$$each || failed=1; \
	done; exit $$failed

setup:
	@PYTHON="$(PYTHON)" .ci/setup $(LOCK)

serve: setup
	@$(BIN)/docscan serve

samples: setup
	@$(BIN)/python -m sample_docs.generate

benchmark: setup
	@$(BIN)/python -m tests.benchmark sample_docs --readme README.md --details tests/benchmark/sample_docs.md
	@$(BIN)/python -m tests.golden.measure --split all --readme README.md
	@$(BIN)/python -m tests.benchmark.understanding --split held_out --readme README.md

lock: setup
	@for each in "requirements.lock --extra speed --group build" "requirements-dev.lock --extra speed --group build --group dev"; do \
	  $(BIN)/uv pip compile -q --upgrade pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url -o $$each; done

clean:
	rm -rf .venv docscan-demo docscan-data
