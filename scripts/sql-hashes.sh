#!/usr/bin/env bash
# Prints sha256sum lines of the SQL sources and of the Go made from them, in one fixed order.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
{
	echo sqlc.yaml
	find internal/store/sql internal/store/migrations -type f -name '*.sql'
	find internal/store/db -type f -name '*.go'
} | sort | xargs sha256sum
