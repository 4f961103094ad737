# `make run` and `make test` do all the set-up a bare machine needs; everything else builds on them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
OUT ?= out
export PYTHON VENV
export PYTHONPATH := $(CURDIR)
# never the writer of __pycache__ off: start-up is measured with it
unexport PYTHONDONTWRITEBYTECODE

# processes that test side by side; a file of tests stays in one of them
JOBS ?= auto

# 100 % of the branches of what decides about points and money, 85 % of the rest
STRICT := perfdesk/amounts.py,perfdesk/scoring/*,perfdesk/rules/*,perfdesk/policy/*,perfdesk/checks/*,perfdesk/template/*,perfdesk/store/migrations/*

.PHONY: help run test setup-run setup-dev setup-package gates format core-test ui-test monkey faults fuzz tests coverage accuracy recognition bench screenshots lock deb package-smoke input-smoke licences update-key update fonts windows-setup windows-smoke clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: setup-run ## set up, then open the program with the samples (without a display: do the main job, results in out/)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
		exec $(PY) -m ui --samples; \
	else \
		echo "No display: doing the main job without a window; see $(OUT)/"; \
		QT_QPA_PLATFORM=offscreen exec $(PY) -m ui --demo $(OUT); \
	fi

test: setup-dev ## set up, then every gate and every test
	@$(MAKE) --no-print-directory gates
	@$(MAKE) --no-print-directory tests
	@$(MAKE) --no-print-directory coverage

setup-run:
	@sh packaging/bootstrap.sh run
	@sh packaging/environment.sh run

setup-dev:
	@sh packaging/bootstrap.sh test
	@sh packaging/environment.sh dev

gates: setup-dev ## format, lint, types, import floors, licences
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(PY) -m mypy --no-error-summary perfdesk ui tests packaging $(wildcard bench)
	@$(VENV)/bin/lint-imports --no-logo
	$(PY) packaging/licence_gate.py

format: setup-dev ## let ruff tidy the source
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

tests: setup-dev ## every test, with coverage measured
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(JOBS) --dist loadfile --cov --cov-report=

# None in sys.modules makes every import of Qt fail: the core proves that it needs none
core-test: setup-dev ## the tests of the core, with Qt made unimportable
	$(PY) -c "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None; import pytest; sys.exit(pytest.main(sys.argv[1:]))" \
		-p no:pytest-qt -o qt_api= -W ignore::pytest.PytestConfigWarning --ignore=tests/ui tests

ui-test: setup-dev ## the tests of the window
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/ui

monkey: setup-dev ## random actions on the real window against the core (SEED=7, MOVES=10000); says the fewest that go wrong
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.monkey $(or $(SEED),1) $(or $(MOVES),10000)

faults: setup-dev ## kill, fill, break and damage the store beside an oracle (ROUNDS=500, MOMENTS=10, SEED=1; WRITE=1: renew docs/reliability.md)
	ROUNDS=$(ROUNDS) MOMENTS=$(MOMENTS) SEED=$(SEED) $(PY) -m tests.faults $(if $(WRITE),--write)

fuzz: setup-dev ## damaged Word, Excel and data files by the thousand: read or refused, never worse (COUNT=10000, SEED=1)
	COUNT=$(COUNT) SEED=$(SEED) OUT=$(OUT) $(PY) -m tests.fuzz

coverage: ## hold the last run of the tests to its thresholds
	$(PY) -m coverage report --include='$(STRICT)' --fail-under=100
	$(PY) -m coverage report --omit='$(STRICT)' --fail-under=85

accuracy: setup-dev ## how well the checks find what is wrong (WRITE=1: renew docs/accuracy.md)
	$(PY) -m tests.accuracy $(if $(WRITE),--write)

recognition: setup-dev ## how well forms in the styles of other bureaus are read (STYLES="torn pages" for some, ARGS=--differences; WRITE=1: renew docs/recognition.md)
	$(PY) -m tests.house_styles $(STYLES) $(ARGS) $(if $(WRITE),--write)

bench: setup-dev ## side-by-side measurements against peers (ROWS="pdf keystroke" for some of them)
	@test -d .bench-peers || $(PY) -m pip install -q --disable-pip-version-check --no-deps --target .bench-peers \
		'XlsxWriter>=3.2,<4' 'typst>=0.14' || echo "Some peers are not here; their rows are not measured."
	QT_QPA_PLATFORM=offscreen $(PY) -m bench $(ROWS)

screenshots: setup-dev ## pictures of every screen and dialog (MANUAL=1: renew those of the handbook; SHOTS="home new" for some)
	$(PY) packaging/screenshots.py $(OUT)/screenshots $(if $(MANUAL),--manual) $(SHOTS)

lock: ## renew requirements-*.txt from pyproject.toml (UPGRADE=1: newest versions)
	@test -x .venv-lock/bin/pip-compile || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install -q pip-tools; }
	.venv-lock/bin/python packaging/lock.py $(if $(UPGRADE),--upgrade)

setup-package: setup-run
	@sh packaging/bootstrap.sh package

deb: setup-package ## the Linux packages, .deb and portable, built in a Debian 11 root (as root; CACHE=out/cache keeps what is built once)
	PY=$(PY) OUT=$(OUT) sh packaging/linux/build.sh

package-smoke: setup-package ## try the .deb in a fresh root without Python and network: pictures in out/linux/pictures (PICTURES=1: renew those of docs/release.md)
	PY=$(PY) OUT=$(OUT) sh packaging/linux/smoke.sh $(if $(PICTURES),docs/release)

input-smoke: ## type Chinese into the .deb's program with fcitx, fcitx 5 and ibus (as root): pictures in out/linux/pictures
	OUT=$(OUT) sh packaging/linux/input-smoke.sh

licences: setup-dev ## write what 关于 shows: every part of the program with its licence
	$(PY) packaging/licence_texts.py

update-key: setup-run ## a key to sign updates with: NAME="whose it is" KEY=FILE outside the repository (docs/release.md)
	PYTHONPATH="$$PWD:$$PWD/packaging" $(PY) packaging/updates.py key "$(NAME)" "$(KEY)"

update: setup-run ## signed update files: KEY=FILE WORDS=FILE, of FROM=PORTABLE or FROM=FOLDER, without it the 参数包 of resources/
	PYTHONPATH="$$PWD:$$PWD/packaging" $(PY) packaging/updates.py $(if $(FROM),program "$(FROM)",parameters) $(OUT)/updates "$(KEY)" "$(WORDS)"

fonts: setup-dev ## build the faces in resources/fonts/
	$(PY) packaging/build_fonts.py

windows-setup: setup-package ## the setup for Windows, made on Debian as root: out/windows/ (CACHE=out/cache keeps what is downloaded once)
	@PY=$(PY) OUT=$(OUT) sh packaging/windows/build.sh

windows-smoke: setup-package ## try that setup under wine without network (as root; PICTURES=1: renew those of docs/release.md)
	@PY=$(PY) OUT=$(OUT) sh packaging/windows/smoke.sh $(if $(PICTURES),docs/release)

clean: ## remove what can be made again
	rm -rf $(VENV) .venv-lock $(OUT) .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
