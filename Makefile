# Everything runs in .venv, which tools/bootstrap.py makes from requirements.lock.
# A finished .venv is left as it is, so each target may ask for it.

ISSUE ?= 2021
JOBS ?= 2
BENCH ?=
BIN := .venv/bin
AXE := build/judges/node_modules/axe-core/axe.min.js
SPELLED := $(wildcard src tests tools bench docs layouts .ci Makefile pyproject.toml *.md)

# PYTHON=... names another; else the first of these that is new enough.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifeq ($(strip $(PYTHON)),)
PYTHON := $(shell for python in $(PYTHONS); do \
	"$$python" -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo "$$python" && break; done)
endif

.DEFAULT_GOAL := build
.PHONY: build test lint setup judges help fonts profiles words schema codes messages declarations preflight-rules folding gallery preview-shots review-shots report bench typesetting-report press-report archive-proofs archive-report site-views wheel lock clean

build: setup  ## build the issue ISSUE (2021) for screen and print
	@$(BIN)/newsletter build $(ISSUE)

test: judges  ## run the whole test suite with coverage
	@$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term:skip-covered

lint: setup  ## run every linter and name those that found something
	@failed=; \
	for check in 'ruff check' 'ruff format --check' mypy lint-imports 'codespell $(SPELLED)'; do \
		name="$${check%% $(firstword $(SPELLED))*}"; \
		echo "== $$name"; \
		$(BIN)/$$check || failed="$$failed, $$name"; \
	done; \
	[ -z "$$failed" ] || { echo "lint: not clean: $${failed#, }" >&2; exit 1; }

setup:  ## make .venv and install the system libraries that are missing
	@"$(PYTHON)" -c '$(IS_NEW_ENOUGH)' 2>/dev/null || { \
		echo "set-up: needs Python 3.11 or later, which $(or $(PYTHON),$(PYTHONS)) is not;" \
			"install one, or name it: make PYTHON=python3.12" >&2; \
		exit 3; }
	@"$(PYTHON)" tools/bootstrap.py

judges:  ## set up, with the programs that tests and reports hold our files against
	@"$(PYTHON)" tools/bootstrap.py judges
	@[ -e $(AXE) ] || npm install --silent --no-save --no-audit --no-fund \
		--prefix build/judges axe-core@4.14.1 2>/dev/null \
		|| echo "no axe-core (npm, network): tests that need it are skipped"

fonts: setup  ## make fonts/ again from packaged fonts
	@$(BIN)/python tools/build_fonts.py

profiles: setup  ## make profiles/ again from packaged ICC profiles
	@$(BIN)/python tools/build_profiles.py

words: setup  ## make the dictionary of words again from the package jieba
	@$(BIN)/python tools/build_words.py

schema: setup  ## write the JSON schemas that editors complete from
	@$(BIN)/newsletter schema

codes: setup  ## write docs/codes.md from the catalogue of messages
	@$(BIN)/python tools/build_codes.py

messages: setup  ## write click's words in Chinese for gettext
	@$(BIN)/python tools/build_messages.py

declarations: setup  ## read the C declarations of WeasyPrint and ours into the seam
	@$(BIN)/python tools/build_declarations.py

preflight-rules: setup  ## write the tables of rules into docs/preflight.md and .zh.md
	@$(BIN)/python tools/build_preflight_rules.py

folding: setup  ## draw docs/imposition, how sheets are folded
	@$(BIN)/python tools/build_folding_figure.py

gallery: setup  ## write docs/gallery, the pages of 2021 in every layout
	@$(BIN)/python tools/build_gallery.py

preview-shots: judges  ## write docs/preview, screenshots of the live preview
	@$(BIN)/python tools/build_preview_shots.py

review-shots: judges  ## write docs/review, screenshots of the report of a review
	@$(BIN)/python tools/build_review_shots.py

report: setup  ## print pages, bookmarks, digests and facts, measured now
	@$(BIN)/python tools/report.py

bench: judges  ## measure speed and memory beside other tools into docs/performance.md
	@$(BIN)/python -m bench.speed $(BENCH)

typesetting-report: judges  ## measure the lines of ours, WeasyPrint and Typst into docs/
	@$(BIN)/python -m bench.typesetting --page docs/typesetting-figures.md

archive-report: setup  ## measure search and site of 1,000 generated issues into docs/
	@$(BIN)/python -m bench.archive --page docs/archive-figures.md

site-views: judges  ## write docs/archive-site, the web site in a browser's windows
	@$(BIN)/python tools/build_site_views.py

press-report: judges  ## measure the print file of 2021 by other programs into docs/
	@$(BIN)/python -m bench.press --page docs/press-figures.md

archive-proofs: setup  ## try what the archive promises: damage, killed writers, 1,000 issues
	@$(BIN)/python -m bench.archive.proofs

wheel: setup  ## build dist/newsletter-*.whl with layouts, fonts, profiles and words
	@$(BIN)/python -m build --wheel --no-isolation

lock:  ## resolve requirements.lock again; UPGRADE=1 takes newer versions
	@"$(PYTHON)" -m venv --clear build/lock
	@build/lock/bin/pip install --quiet --disable-pip-version-check uv
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --extra dev \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --no-strip-extras \
		$(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml

clean:  ## take away what was built, but neither .venv nor archive/
	@rm -rf build dist htmlcov .coverage .coverage.*
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20
