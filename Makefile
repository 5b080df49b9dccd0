# Kith's commands. `make` alone lists them. No target needs an argument to be useful.

ADDR ?= localhost:8080
DATA ?= .cache/school
REAL ?= ../shared/data
FUZZTIME ?= 20s

# -buildvcs=false: a clone that another user owns must build too.
GO_BUILD = CGO_ENABLED=0 go build -trimpath -buildvcs=false

.DEFAULT_GOAL := help
.PHONY: help run build web packages generate types test quick bench bench-engine bench-answers check-data videos shots fuzz dev stories

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

run: web ## build everything and serve a living school on http://localhost:8080 (ADDR=, DATA=)
	@echo "run: compiling bin/kith (the first time this also fetches Go modules: about a minute)"
	@$(GO_BUILD) -ldflags '-s -w' -o bin/kith ./cmd/kith
	@echo "run: opening the demo school in $(DATA); Ctrl-C stops it"
	@exec bin/kith demo --addr $(ADDR) --data $(DATA)

build: web ## build bin/kith: one file, the whole product
	@echo "build: compiling bin/kith"
	@$(GO_BUILD) -ldflags '-s -w' -o bin/kith ./cmd/kith
	@ls -lh bin/kith | awk '{print "build: bin/kith, " $$5}'

web: packages ## build scripts and styles into internal/web/dist
	@echo "web: bundling scripts and styles"
	@node internal/web/build.mjs

packages: ## install the npm packages of package-lock.json when they changed
	@scripts/packages.sh

generate: ## write internal/store/db again from internal/store/sql and the migrations
	@scripts/generate.sh

types: ## write internal/web/lib/api.gen.ts again from the Go types
	@go run ./internal/web/apigen

test: ## everything that CI runs: sets up what is missing, then every tier on both databases
	@scripts/test.sh

quick: web ## Go tests only: no race detector, no browser
	@CGO_ENABLED=0 go vet ./... && CGO_ENABLED=0 go test -p 2 ./...

bench: build ## measure answers a second, page times, live delay, memory and start-up from one run
	@exec bin/kith bench

bench-engine: build ## measure the engine on simulated schools, on REAL and on the answer CSVs in DATA, beside peers that are installed (ONLY=)
	@node scripts/bench-engine.mjs "$(REAL)" "$(DATA)" "$(ONLY)"

bench-answers: ## measure how typed mathematics is judged; the report goes to docs/bench/answers.md (REAL=, PEERS=1 for other checkers)
	@scripts/bench-answers.sh $(REAL)

check-data: build ## import the real courses beside this clone and walk the whole chain on them (REAL=)
	@scripts/check-data.sh $(REAL)

videos: web ## render the lessons' videos again (needs ffmpeg, espeak-ng and Chromium)
	@node scripts/videos.mjs

shots: build ## photograph every page at phone, tablet and projector width into shots/
	@node tests/shots.mjs

fuzz: ## fuzz every reader of foreign bytes for FUZZTIME each
	@FUZZTIME=$(FUZZTIME) scripts/fuzz.sh

dev: web ## serve the demo school and rebuild on every save
	@exec scripts/dev.sh $(ADDR) .cache/dev

stories: dev ## the same; every page state stands at /stories, without a database
