# lighttrends. `make help` lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
GOFLAGS_BUILD := -trimpath -tags timetzdata -ldflags "-s -w -funcalign=1 -X main.version=$(VERSION)"
# Only the hottest of what answers requests is compiled with inlining. The binary
# stays below 45 MB that way; an answer costs some more of the server's time.
HOT := runtime/... internal/... sync/... strings bytes slices maps bufio io strconv \
	crypto/sha256 crypto/hmac crypto/subtle crypto/rand crypto/internal/fips140/sha256 crypto/internal/fips140/hmac crypto/internal/fips140/subtle \
	compress/... github.com/valyala/... github.com/gofiber/... github.com/maypok86/... \
	github.com/jackc/pgx/v5 github.com/jackc/pgx/v5/pgconn/... github.com/jackc/pgx/v5/pgproto3 \
	modernc.org/... lighttrends/internal/surface/kit lighttrends/internal/surface/contentapi lighttrends/internal/surface/portal \
	lighttrends/internal/platform/db lighttrends/internal/platform/memo lighttrends/internal/domain/access lighttrends/internal/domain/content
GOFLAGS_BUILD += -gcflags=all=-l $(foreach p,$(HOT),-gcflags=$(p)=)
export CGO_ENABLED ?= 1

# Packages in which several goroutines meet; the race detector watches these. The
# rooms run on Postgres only: it lets writers meet, where SQLite has one, and the
# detector would spend most of its time inside of SQLite itself. SQLite's own code
# is compiled for the detector all the same: generic functions of the standard
# library that it shares with the rest would else be without, and the detector
# would see races where locks are held.
RACE := go test -race -vet=off -short -timeout 30m
RACE_GROUND := $(addprefix ./internal/platform/,db/... memo/... once/... blob/... stripelocal/...) ./internal/surface/kit/...
RACE_ROOMS := ./internal/domain/...

.PHONY: help run demo build test test-go test-desk lint e2e bench web api freeze migrate

help: ## list the targets
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: ## start the server (serve) from source
	go run ./cmd/lighttrends

demo: ## start the demonstration from source
	go run ./cmd/lighttrends demo

build: ## build bin/lighttrends, one file without symbols
	CGO_ENABLED=0 go build $(GOFLAGS_BUILD) -o bin/lighttrends ./cmd/lighttrends

test: ## everything that proves it: Go on both engines, race detector, browser
	./.ci/tools test
	$(MAKE) --no-print-directory -j2 -Oline test-go test-desk build
	$(MAKE) --no-print-directory e2e

# The Go tests wait a good deal for databases and moments; the desk and the binary
# for the browser are checked and made meanwhile. make lint vets all of it, tests
# as well, so the tests need not do so a second and, for the race detector, a
# third time.
test-go:
	go run ./internal/platform/db/dbtest/withpg -memory go test -vet=off -timeout 30m ./...
	go run ./internal/platform/db/dbtest/withpg -memory sh -c "$(RACE) $(RACE_GROUND) && $(RACE) -skip '/^sqlite\$$' $(RACE_ROOMS)"

test-desk:
	cd web/sdk && npm ci --no-progress && npm run check && npm test
	cd web/desk && npm ci --no-progress && npm run check && npm test

e2e: build ## browser tests, on SQLite and on Postgres
	./.ci/tools browser
	cd web/examples/reader && npm ci --no-progress && npx tsc --noEmit
	cd web/e2e && npm ci --no-progress && npx tsc -p . && go run ../../internal/platform/db/dbtest/withpg -memory npx playwright test --project sqlite --project postgres && npx playwright test --project lighthouse --workers 1

lint: ## golangci-lint over everything, and the shell scripts' syntax
	./.ci/tools lint
	bin/golangci-lint run ./...
	bash -n .ci/run .ci/tools

bench: build ## the figures of README, as ratios in one run
	go run ./internal/platform/db/dbtest/withpg go run ./internal/app/bench

web: ## build the desk, which is committed (needs Node)
	cd web/desk && npm ci --no-progress && npm run build

api: ## pack the catalogues, write the OpenAPI documents and what is generated from them (needs Node)
	for api in content member admin; do gzip -9nc internal/surface/reference/examples/$$api.txt > web/openapi/examples/$$api.txt.gz; done
	for tag in de en; do gzip -9nc internal/platform/phrase/catalogue/$$tag.json > internal/platform/phrase/catalogue/$$tag.json.gz; done
	go run ./cmd/lighttrends openapi web/openapi
	node web/sdk/scripts/generate.mjs

freeze: ## keep today's OpenAPI documents as those of the release
	cp web/openapi/*.json web/openapi/released/

migrate: ## bring the database of the environment up to date
	go run ./cmd/lighttrends migrate
