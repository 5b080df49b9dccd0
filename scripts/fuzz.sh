#!/usr/bin/env bash
# Runs every Fuzz function of the repository for FUZZTIME each, one after another, and says what it is doing.
set -euo pipefail
cd "$(dirname "$0")/.."

found=0
while IFS=: read -r file name; do
	found=$((found + 1))
	echo "fuzz: $name in $(dirname "$file") for ${FUZZTIME:-20s}"
	CGO_ENABLED=0 go test -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-20s}" -fuzzminimizetime 5x "./$(dirname "$file")"
done < <(git ls-files '*_test.go' | xargs grep -oE '^func Fuzz[A-Za-z0-9_]+' | sed 's/:func /:/')
if [ "$found" = 0 ]; then
	echo "fuzz: no Fuzz function found" >&2
	exit 1
fi
echo "fuzz: $found functions, nothing found"
