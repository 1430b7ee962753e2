# lighttrends. `make help` lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
GOFLAGS_BUILD := -trimpath -tags timetzdata -ldflags "-s -w -X main.version=$(VERSION)"
# What runs rarely is compiled without inlining: 3 MB less in the binary.
SELDOM := lighttrends/internal/surface/adminapi github.com/danielgtaylor/huma/v2 github.com/stripe/... github.com/minio/... \
	github.com/riverqueue/... github.com/go-webauthn/... github.com/pressly/... github.com/goccy/... github.com/alecthomas/... \
	lighttrends/internal/app/... lighttrends/internal/surface/transfer lighttrends/internal/platform/stripelocal/... \
	lighttrends/internal/platform/stripeapi lighttrends/internal/domain/billing/... lighttrends/internal/domain/media/... \
	github.com/jackc/pgx/v5/pgtype github.com/klauspost/... net/http github.com/VictoriaMetrics/... github.com/yuin/... golang.org/x/image/... golang.org/x/net/... github.com/google/... github.com/schollz/... gorm.io/... \
	github.com/lib/... github.com/wneessen/... github.com/fxamacker/... github.com/tinylib/...
GOFLAGS_BUILD += $(foreach p,$(SELDOM),-gcflags=$(p)=-l)
export CGO_ENABLED ?= 1

# Packages in which several goroutines meet; the race detector watches these.
RACE := ./internal/platform/db/... ./internal/platform/memo/... ./internal/platform/once/... ./internal/platform/blob/... \
	./internal/platform/stripelocal/... ./internal/domain/... ./internal/surface/kit/...

.PHONY: help run demo build test lint e2e bench web migrate

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
	go run ./internal/platform/db/dbtest/withpg go test -timeout 15m ./...
	go run ./internal/platform/db/dbtest/withpg go test -race -short -timeout 15m $(RACE)
	cd web/desk && npm ci --no-progress && npm run check && npm test
	$(MAKE) --no-print-directory e2e

e2e: build ## browser tests, on SQLite and on Postgres
	./.ci/tools browser
	cd web/e2e && npm ci --no-progress && npx tsc -p . && go run ../../internal/platform/db/dbtest/withpg npx playwright test

lint: ## golangci-lint over everything, and the shell scripts' syntax
	./.ci/tools lint
	bin/golangci-lint run ./...
	bash -n .ci/run .ci/tools

bench: build ## the figures of README, as ratios in one run
	go run ./internal/platform/db/dbtest/withpg go run ./internal/app/bench

web: ## build the desk, which is committed (needs Node)
	cd web/desk && npm ci --no-progress && npm run build

migrate: ## bring the database of the environment up to date
	go run ./cmd/lighttrends migrate
