#!/usr/bin/env bash
# check-data.sh REAL: brings the real standards and the real course beside this clone into a new school, the way an
# administrator would, and looks at what the import says: a dry run changes nothing and foretells the run, a second run
# changes nothing, every estimate still folds to itself. Then it lives a day on every chapter: a class gets it, a learner
# goes through check, plan and practice, their teacher says yes. Needs bin/kith (make build), Node and Go.
set -euo pipefail
cd "$(dirname "$0")/.."
real=$1

for path in ccss/standards.json oatutor/elementary-algebra.jsonl.gz openstax/sections.json openstax/prerequisites.csv openstax/prealgebra-bundle-cnxml.tar.xz openstax/elementary-algebra-images.tar; do
	if [ ! -e "$real/$path" ]; then
		echo "check-data: $real/$path is not there; give the folder as  make check-data REAL=DIR" >&2
		exit 1
	fi
done

work=$(mktemp -d "${TMPDIR:-/tmp}/kith-data.XXXXXX")
server=
cleanup() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	[ -z "$server" ] || wait "$server" 2>/dev/null || true
	rm -rf "$work"
}
trap cleanup EXIT

echo "check-data: opening a school"
bin/kith demo --addr 127.0.0.1:0 --data "$work/school" >"$work/demo.log" 2>&1 &
server=$!
for _ in $(seq 300); do
	grep -q '^ready ' "$work/demo.log" && break
	kill -0 "$server" 2>/dev/null || { cat "$work/demo.log" >&2; exit 1; }
	sleep 0.2
done
grep -q '^ready ' "$work/demo.log" || { echo "check-data: the school did not open within a minute" >&2; cat "$work/demo.log" >&2; exit 1; }
kill "$server" && wait "$server" || true
server=

# counts FILE: the report's counts on one line, in a fixed order.
counts() {
	node -e '
		const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
		const c = r.counts
		console.log(["taken", "changed", "unchanged", "skipped"].map((k) => `${k} ${c[k]}`).join(", "))
	' "$1"
}

# import_once REPORT KIND PATH OPTION…: one run, with its report in a file; what it says on the way only when it fails.
import_once() {
	local report=$1
	shift
	bin/kith import "$@" --data "$work/school" >"$work/$report" 2>"$work/said" || { cat "$work/said" >&2; return 1; }
}

# bring KIND PATH OPTION…: dry run, run, run again.
bring() {
	local kind=$1 path=$2 dry first began=$SECONDS took
	import_once "$kind-dry.json" "$@" --json --dry-run
	took=$((SECONDS - began))
	import_once "$kind.json" "$@" --json
	import_once "$kind.txt" "$@"
	dry=$(counts "$work/$kind-dry.json") first=$(counts "$work/$kind.json")
	echo "check-data: $kind: $first (the dry run took $took s)"
	if [ "$dry" != "$first" ]; then
		echo "check-data: the dry run said \"$dry\" and the run did \"$first\"" >&2
		exit 1
	fi
	case $first in
	"taken 0,"*) echo "check-data: nothing was taken from $path" >&2; exit 1 ;;
	esac
	if ! grep -qx 'Nothing changed\.' "$work/$kind.txt"; then
		echo "check-data: a second run changed something:" >&2
		cat "$work/$kind.txt" >&2
		exit 1
	fi
	echo "check-data: $kind again changes nothing:"
	sed 's/^/    /' "$work/$kind.txt"
}

cat >"$work/people.csv" <<'CSV'
given,family,role
Ines,Marquez,learner
Tomasz,Zielinski,learner
CSV

bring standards "$real/ccss"
bring oatutor "$real/oatutor/elementary-algebra.jsonl.gz"
bring people "$work/people.csv" --class 7B

echo "check-data: unpacking the books"
mkdir -p "$work/books/media"
tar -xJf "$real/openstax/prealgebra-bundle-cnxml.tar.xz" -C "$work/books"
tar -xf "$real/openstax/elementary-algebra-images.tar" -C "$work/books/media" --strip-components=1
bring cnxml "$work/books" --book elementary-algebra-2e
node -e '
	// The book joins the course that OATutor made of it: its readings come to the skills that are there.
	const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
	const of = (file, outcome) => r.records.filter((x) => x.file === file && x.outcome === outcome).length
	const want = [["course", "changed", 1], ["unit", "changed", 10], ["skill", "unchanged", 192], ["skill", "taken", 63], ["lesson", "taken", 238]]
	for (const [file, outcome, n] of want) if (of(file, outcome) !== n) throw new Error(`check-data: ${of(file, outcome)} of ${file} ${outcome}, want ${n}`)
	if (of("item", "taken") < 3900 || of("file", "taken") < 3400) throw new Error(`check-data: only ${of("item", "taken")} items and ${of("file", "taken")} figures`)
	const nameless = r.records.filter((x) => x.outcome === "skipped" && !x.reason)
	if (nameless.length) throw new Error(`check-data: ${nameless[0].file} ${nameless[0].id} is left out without a reason`)
' "$work/cnxml.json"

echo "check-data: folding every estimate again"
bin/kith recompute --check --data "$work/school"
echo "check-data: a day on every chapter"
KITH_REAL=$(cd "$real" && pwd) KITH_BOOKS="$work/books" CGO_ENABLED=0 go test -count=1 -run '^TestReal' -v ./internal/interop/cnxml ./internal/interop/oatutor ./internal/mastery/... ./internal/classroom/... | grep -vE '^=== '
echo "check-data: all of it holds"
