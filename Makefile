# Everything runs in .venv, which `make` itself creates; TeX is installed where it is missing and can be.
EXAM ?= exams/midterm1.toml
DRAWS ?= 2000

.PHONY: exam test lint types format golden sweep bench offsets wheel-test clean setup tex

exam: setup tex            # build the sample exam, or another: make exam EXAM=exams/final.toml
	.venv/bin/m4ml build $(EXAM)

test: lint types tex       # all that a change must pass
	.venv/bin/pytest -n auto --cov --cov-report=term-missing:skip-covered

lint: setup
	.venv/bin/ruff check
	.venv/bin/ruff format --check

types: setup
	.venv/bin/mypy

format: setup
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

golden: setup tex          # write the golden files anew; look at the difference before committing
	.venv/bin/pytest tests --update-golden

sweep: setup tex           # every problem of the bank over many draws, every reader over many broken files
	.venv/bin/m4ml check --draws $(DRAWS)
	.venv/bin/pytest -n auto tests/test_fuzz_readers.py --hypothesis-profile=sweep

bench: setup tex
	.venv/bin/pytest benchmarks --benchmark-columns=min,median,rounds --benchmark-sort=name

offsets: setup tex         # how far apart the drawn places of 20 versions of the sample exam are, in a copy of the course
	.venv/bin/python benchmarks/offsets.py $(EXAM) 20

wheel-test: setup tex      # build a wheel and make a course and its papers with it alone; needs the network
	sh tools/wheel.sh

clean:                     # all that can be made again, except .venv
	rm -rf build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

setup:
	@sh tools/setup.sh

tex:
	@sh tools/tex.sh
