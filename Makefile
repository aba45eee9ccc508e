# For people: each target is one line that could be typed by hand. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help deps configure build server run test check fuzz format bench bench-overload bench-router soak humaneval hostile-humaneval clean \
	fidelity fidelity-stdlib image image-test image-bench image-rolling
include kube/lifecycle.mk

PRESET ?= release
JOBS ?= $(shell nproc)
BUILD := build/$(PRESET)
# An interpreter that stands first in PATH may be anybody's; tests use the system's.
PYTHON ?= /usr/bin/python3
# hostile-humaneval: the fence's mode, the needs of the corpus that are met (all, if empty), harmless runs afterwards.
MODE ?= best
HAVE ?=
RUNS ?= 1000
# image-rolling: requests in all.
REQUESTS ?= 50000
# fidelity: the folder whose programs are compared.
DIR ?= test/fidelity/programs
# bench: words for test/bench/run.py.
ARGS ?=
# fuzz: how long each fuzzer runs.
SECONDS ?= 600

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' Makefile kube/lifecycle.mk | sed -E 's/:[^#]*## /\t/' | expand -t 14

deps: ## Install what is missing to build and run (Debian packages, and npm's for the page)
	@tools/deps build page

configure: deps
	@cmake --preset $(PRESET) --log-level=WARNING -DPython3_EXECUTABLE=$(PYTHON)

build: configure ## Build the server and all tests (PRESET=debug, asan, tsan, fuzz, coverage for others)
	@cmake --build --preset $(PRESET) -j $(JOBS)

server: configure ## Build build/release/playground alone
	@cmake --build --preset $(PRESET) -j $(JOBS) --target playground

run: server ## Serve http://localhost:5000 (page and /python) and http://localhost:6000 (/py/eval)
	@echo "playground: http://localhost:5000 (Ctrl-C ends it)"
	@exec $(BUILD)/playground all

test: ## Install what is missing, build, and run every test
	@tools/deps build test fidelity
	@$(MAKE) --no-print-directory build
	@tools/run-tests $(PRESET)

check: ## Format, clang-tidy, the unit and integration tests under ASan with UBSan, and some seconds of each fuzzer
	@tools/deps build test check
	@tools/check

fuzz: ## Run each fuzzer for SECONDS (600), one after the other (NAMES="request form": only these)
	@tools/deps build check
	@tools/fuzz $(SECONDS) $(NAMES)

image: ## Build the images playground-slim and playground by podman or docker (IMAGE_OPTIONS="--build-arg …")
	@tools/image

image-test: ## Build the images and test them: as restricted pods, by `podman kube play`, rolled under load, under attack (root)
	@tools/deps build test image
	@tools/image
	@$(PYTHON) -m pytest -q -p no:cacheprovider test/image

image-bench: ## Measure from start to ready in a container, by image
	@$(PYTHON) test/bench/image_start.py

image-rolling: ## Roll two backends and a ui under a load of 50,000 requests (REQUESTS=, needs the images, root)
	@$(PYTHON) test/image/rolling.py --requests $(REQUESTS)

format: ## Rewrite the sources as .clang-format has them
	@tools/sources | xargs clang-format -i

bench: ## Measure against Flask, the floor, bubblewrap, nginx and HAProxy; what is promised; what grows (ARGS="--rounds 1 …")
	@tools/deps build bench
	@tools/unpack build/bench/packages nginx haproxy liblua5.3-0 libopentracing1 libopentracing-c-wrapper0
	@$(MAKE) --no-print-directory server
	@cmake --build --preset $(PRESET) --target bench_floor
	@$(PYTHON) test/bench/run.py --binary $(BUILD)/playground $(ARGS)

bench-overload: ## Measure what a backend does with three times what it can do
	@tools/deps build
	@$(MAKE) --no-print-directory server
	@$(PYTHON) test/bench/overload.py --binary $(BUILD)/playground

soak: ## Half an hour of mixed load: do memory, descriptors and children stay what they were?
	@tools/deps build
	@$(MAKE) --no-print-directory server
	@$(PYTHON) test/bench/soak.py --binary $(BUILD)/playground

bench-router: ## Measure the ui as a router: failing backends, restarts (as root)
	@tools/deps build bench
	@$(MAKE) --no-print-directory server
	@$(PYTHON) test/bench/router_failures.py --binary $(BUILD)/playground
	@$(PYTHON) test/bench/rolling.py --binary $(BUILD)/playground

humaneval: server ## Run a HumanEval file through ui and backend: make humaneval CORPUS=HumanEval.jsonl.gz
	@PLAYGROUND_BINARY=$(BUILD)/playground $(PYTHON) test/fidelity/humaneval.py --corpus "$(CORPUS)"

fidelity: server ## Run the *.py of a folder through the service and through python3.11, print what differs: make fidelity DIR=path
	@PLAYGROUND_BINARY=$(BUILD)/playground $(PYTHON) test/fidelity/run.py "$(DIR)"

fidelity-stdlib: server ## The same with the standard library's own tests, test by test (MODULES="test_abc test_json": only these)
	@tools/deps fidelity
	@PLAYGROUND_BINARY=$(BUILD)/playground $(PYTHON) test/fidelity/stdlib.py $(MODULES)

hostile-humaneval: server ## The hostile corpus, then 1,000 runs of a HumanEval file on the same server: CORPUS=… [MODE=t0] [HAVE=…]
	@PLAYGROUND_BINARY=$(BUILD)/playground $(PYTHON) test/hostile/run.py --mode "$(MODE)" --have "$(HAVE)" \
		--then-humaneval "$(CORPUS)" --runs $(RUNS)

clean: ## Delete what was built
	@rm -rf build
