# make site: the site in all languages, in _build/html.   make test: every test.
# Needs Python 3.11, or uv; everything else is installed below this folder.

.PHONY: site test test-site test-notebooks test-translations test-colab check runtimes lock colab-list clean
.DELETE_ON_ERROR:

UV := $(shell command -v uv)
PYTHON ?= $(shell command -v python3.11 || command -v python3)
export BOOK_DATASETS ?= $(abspath $(wildcard ../shared/datasets))
export UV_COMPILE_BYTECODE = 1

# An environment that is a link belongs to another checkout, and making it anew would empty it there.
own = test ! -L $(1) || { echo "make: $(1) is a link; make it where it lies" >&2; exit 1; };
ifdef UV
venv = $(own) $(UV) venv --quiet --clear --python $(2) $(1)
install = $(UV) pip install --quiet --python $(1)
else
venv = $(own) $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make: this needs Python 3.11 or uv; set PYTHON=/path/to/python3.11")' && $(PYTHON) -m venv --clear $(1)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check
endif

# LANGUAGES=ko: one language (and English) of the site; `book join` puts together what several machines have made.
site: .venv/.site
	.venv/bin/book build $(LANGUAGES)

# The runtimes first: some tests of the site compare its numbers with theirs, and are skipped where there are none.
test: runtimes test-site test-notebooks

# Every test but the notebooks' own.
test-site: .venv/.test
	.venv/bin/book build
	.venv/bin/book localize
	.venv/bin/pytest -n 2 --dist loadfile

# What a change of translations alone can break.
test-translations: .venv/.test
	.venv/bin/book check --format $(FORMAT)
	.venv/bin/book build
	.venv/bin/book localize
	.venv/bin/pytest -n 2 --dist loadfile tests/browser tests/po/test_po_form.py tests/po/test_po_tools.py

# The notebooks' own: all languages in one runtime, English in Colab's as well. PAGES="loss gain": those pages alone.
PAGES ?= *
test-notebooks: .venv/.test .venv-addons/.ready .venv-colab/.ready
	.venv/bin/book localize
	$(call nbval,addons) $(PAGES:%=_build/notebooks/*/%.ipynb)
	$(call nbval,colab) $(PAGES:%=_build/notebooks/en/%.ipynb)

# Two kernels at a time, each notebook in one of them.
nbval = .venv/bin/python -m pytest -p tests.nbval_plugin -n 2 --dist loadfile --nbval \
	--nbval-sanitize-with tests/sanitize.cfg --nbval-kernel-startup-timeout 300 --nbval-kernel-name $(1)

# The English notebooks alone in Colab's runtime, with another Python: what the published workflow does.
COLAB_PYTHON ?= 3.11
test-colab: .venv/.test .venv-colab/.ready
	.venv/bin/book localize en
	$(call nbval,colab) _build/notebooks/en

FORMAT ?= text
check: .venv/.site
	.venv/bin/book check --format $(FORMAT)

runtimes: .venv-addons/.ready .venv-colab/.ready

# The site and its tests run with newer Pythons too, the runtime with TensorFlow Addons does not.
SITE_PYTHON ?= 3.11

.venv/.site: requirements/site.txt
	$(call venv,.venv,$(SITE_PYTHON))
	$(call install,.venv) --require-hashes -r $<
	$(call install,.venv) --no-deps --no-build-isolation --editable .
	touch $@

.venv/.test: requirements/test.txt .venv/.site
	$(call install,.venv) --require-hashes -r $<
	touch $@

.venv-%/.ready: requirements/%.txt
	$(call venv,.venv-$*,$(if $(filter colab,$*),$(COLAB_PYTHON),3.11))
	$(call install,.venv-$*) --require-hashes -r $<
	touch $@

# Pin everything anew to the newest versions that have been out for a week, and say what changed; needs uv.
# ONLY=jinja2: that package alone, to its newest version of all.
lock:
	$(if $(UV),,$(error make lock needs uv: pip install uv))
	$(PYTHON) -m requirements.pin $(SETS) $(ONLY:%=--only=%)

# Ask what Colab installs today; `make lock SETS=colab` then pins it.
colab-list:
	$(PYTHON) -m requirements.colab_list

clean:
	rm -rf _build
