# Go may be off PATH under sudo.
export PATH := $(PATH):/usr/local/go/bin

PKG ?= ./...
SOAK ?= 10m
FUZZTIME ?= 30s
DEMO ?= pxq-demo
BENCH ?= .

.PHONY: help build test lint soak bench fuzz golden demo clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 14

build: ## builds bin/pxq
	go build -o bin/pxq ./cmd/pxq

test: ## every check and test, on SQLite and on a PostgreSQL of its own (PKG=./billing/... for some)
	@.ci/needs
	@.ci/test-postgres .ci/test $(PKG)

lint: ## gofmt, vet, go.mod and staticcheck
	@.ci/lint

# Tests that go on for as long as PXQ_SOAK tells skip without it.
soak: ## the tests named Soak, for SOAK=10m each
	@.ci/needs
	PXQ_SOAK=$(SOAK) .ci/test-postgres go test -race -count=1 -v -run Soak -timeout 24h $(PKG)

bench: ## measures everything into testdata/bench.md; .ci/bench tells what can be set
	@.ci/needs
	BENCH='$(BENCH)' .ci/test-postgres .ci/bench $(or $(BENCH_FILE),testdata/bench.md)

fuzz: ## every fuzz target for FUZZTIME=30s
	@FUZZTIME=$(FUZZTIME) .ci/fuzz

golden: ## rewrites the golden files; read the difference before committing it
	@.ci/golden

demo: ## makes and runs a synthetic month in DEMO=pxq-demo
	go run ./cmd/pxq demo $(DEMO)

clean: ## removes what make has built and the demo
	rm -rf bin pxq pxq-demo coverage*
