# Under sudo Go may not be in PATH.
export PATH := $(PATH):/usr/local/go/bin

PKG ?= ./...
SOAK ?= 10m
FUZZTIME ?= 30s
DEMO ?= pxq-demo
BENCH ?= .

.PHONY: help build test lint soak bench fuzz golden demo sbom reproducible clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 14

# The same commit gives the same bytes, on any computer and in any folder: see make reproducible. Debug information is left
# out; stack traces still have line numbers.
build: ## builds bin/pxq
	CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -buildvcs=auto -o bin/pxq ./cmd/pxq

test: ## every check and test, on SQLite and on a temporary PostgreSQL (PKG=./billing/... for some)
	@.ci/needs
	@.ci/test-postgres .ci/test $(PKG)

lint: ## gofmt, vet, go.mod, staticcheck, licences, known vulnerabilities
	@.ci/lint

# The tests named Soak run for PXQ_SOAK, and are skipped without it.
soak: ## the tests named Soak, for SOAK=10m each
	@.ci/needs
	PXQ_SOAK=$(SOAK) .ci/test-postgres go test -race -count=1 -v -run Soak -timeout 24h $(PKG)

bench: ## measures everything and writes testdata/bench.md; see .ci/bench for options
	@.ci/needs
	BENCH='$(BENCH)' .ci/test-postgres .ci/bench $(or $(BENCH_FILE),testdata/bench.md)

fuzz: ## every fuzz target for FUZZTIME=30s
	@FUZZTIME=$(FUZZTIME) .ci/fuzz

golden: ## rewrites the golden files; read the difference before committing it
	@.ci/golden

demo: ## makes and runs a synthetic month in DEMO=pxq-demo
	go run ./cmd/pxq demo $(DEMO)

sbom: build ## lists the modules in bin/pxq, in bin/pxq.cdx.json (CycloneDX)
	@go run ./.ci/supply sbom bin/pxq >bin/pxq.cdx.json
	@echo bin/pxq.cdx.json

reproducible: ## builds the last commit twice and compares; takes minutes
	@.ci/reproducible

clean: ## removes what make has built and the demo
	rm -rf bin pxq pxq-demo coverage*
