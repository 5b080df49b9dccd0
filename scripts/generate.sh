#!/usr/bin/env bash
# Writes internal/store/db from the SQL, then the hashes of what it was made from and of what was made. A test of
# internal/repolint recomputes the hashes, so drift is caught without building sqlc in every test run.
set -euo pipefail
cd "$(dirname "$0")/.."

version=v1.31.1 # the same as in tools/go.mod
if [ "$(sqlc version 2>/dev/null || true)" = "$version" ]; then
	sqlc generate
elif [ -x "$(go env GOPATH)/bin/sqlc" ] && [ "$("$(go env GOPATH)/bin/sqlc" version)" = "$version" ]; then
	"$(go env GOPATH)/bin/sqlc" generate
else
	echo "generate: sqlc $version is not installed; building it from tools/go.mod (two minutes the first time)"
	go tool -modfile=tools/go.mod sqlc generate
fi
gofmt -w internal/store/db

scripts/sql-hashes.sh >internal/store/db/SOURCES.sha256
echo "generate: internal/store/db is current ($(ls internal/store/sql/*.sql | wc -l) files of statements)"
