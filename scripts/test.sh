#!/usr/bin/env bash
# Everything that CI runs, in the order in which a person would want to hear of a failure.
#
# Each stage says what it does and how long it took. A stage that cannot run counts as failed, with the reason: nothing
# is skipped in silence. The last line is "N passed, N failed", counted in stages; the exit code says the same.
# Output of a stage that fails is shown whole; KITH_TEST_VERBOSE=1 shows it for all.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

# The browser tiers read CHROMIUM; a name that somebody has set is kept.
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
export CHROMIUM

passed=0 failed=0 began=$SECONDS
logs=$(mktemp -d "${TMPDIR:-/tmp}/kith-test.XXXXXX")
failures=()

# stage NAME COMMAND…: runs the command, counts it, and returns its status.
stage() {
	local name=$1 start=$SECONDS status log="$logs/stage"
	shift
	printf '%-44s' "$name"
	if [ -n "${KITH_TEST_VERBOSE:-}" ]; then
		echo && "$@" 2>&1 | tee "$log"
		status=${PIPESTATUS[0]}
	else
		"$@" >"$log" 2>&1
		status=$?
	fi
	if [ "$status" = 0 ]; then
		passed=$((passed + 1))
		printf 'ok      %4ds\n' $((SECONDS - start))
	else
		failed=$((failed + 1))
		failures+=("$name")
		printf 'FAILED  %4ds\n' $((SECONDS - start))
		[ -n "${KITH_TEST_VERBOSE:-}" ] || sed 's/^/    /' "$log"
	fi
	return "$status"
}

# missed NAME WHY: counts a stage that could not run.
missed() {
	failed=$((failed + 1))
	failures+=("$1")
	printf '%-44sFAILED     0s  (%s)\n' "$1" "$2"
}

finish() {
	rm -rf "$logs"
	for f in "${failures[@]+"${failures[@]}"}"; do echo "failed: $f"; done
	printf 'test: %d minutes %d seconds\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
	exit
}

# gofmt_check fails with the names of files that gofmt would change.
gofmt_check() {
	local files
	files=$(git ls-files '*.go' | xargs gofmt -l)
	[ -z "$files" ] || { echo "gofmt would change:" && echo "$files" && return 1; }
}

# The race detector makes SQLite in pure Go very slow in loops, so it runs where goroutines meet, and only there.
race_packages() { go list ./... | grep -E '^kith/internal/(flow|live|store|web)(/|$)'; }
plain_packages() { go list ./... | grep -vE '^kith/internal/(flow|live|store|web|repolint)(/|$)'; }

go_test_race() {
	# shellcheck disable=SC2046
	CGO_ENABLED=1 go test -race -p 2 -timeout 30m $(race_packages)
}
go_test_plain() {
	# shellcheck disable=SC2046
	CGO_ENABLED=0 go test -p 2 -timeout 30m $(plain_packages)
}
house_rules() { CGO_ENABLED=0 go test -count=1 ./internal/repolint; }
build_binary() { CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w' -o bin/kith ./cmd/kith; }

echo "test: everything that CI runs; on two cores allow twenty minutes the first time"
stage "set up: browser, PostgreSQL, C compiler" scripts/setup.sh ||
	{ echo "test: the rest cannot run without these"; finish; }
CHROMIUM=${CHROMIUM:-$(command -v chromium || true)} # it may have been installed just now
stage "npm packages" scripts/packages.sh || finish
stage "build scripts and styles" node internal/web/build.mjs --budget || finish
stage "TypeScript types" node_modules/.bin/tsc --noEmit
stage "oxlint" node_modules/.bin/oxlint --deny-warnings
stage "gofmt" gofmt_check
stage "Go vet (fetches modules, compiles)" env CGO_ENABLED=0 go vet ./... || finish
stage "modules are what go.sum says" go mod verify
stage "house rules" house_rules
stage "types of the API are current" go run ./internal/web/apigen -check
stage "script unit tests" node tests/unit.mjs
stage "Go tests" go_test_plain
stage "Go tests under the race detector" go_test_race

# tests/browser.txt: one tier a line, "name: command".
if stage "build bin/kith" build_binary; then
	tiers=0
	while IFS= read -r line <&3; do
		case $line in '' | '#'*) continue ;; esac
		tiers=$((tiers + 1))
		# shellcheck disable=SC2086
		stage "${line%%: *}" timeout --kill-after=10 1800 ${line#*: } 3<&-
	done 3<tests/browser.txt
	[ "$tiers" -gt 0 ] || missed "browser tiers" "tests/browser.txt lists none"
	# The real courses stand beside a clone where there is leave to use them, and never inside it.
	real=${REAL:-../shared/data}
	if [ -d "$real" ]; then
		stage "the real course, imported and lived" scripts/check-data.sh "$real"
	else
		printf '%-44snot run       (real data is not here: %s)\n' "the real course, imported and lived" "$real"
	fi
else
	missed "browser tiers" "bin/kith was not built"
fi
finish
