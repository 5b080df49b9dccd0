#!/usr/bin/env bash
# Measures how typed mathematics is judged and writes docs/bench/answers.md. With PEERS=1 other checkers judge the same pairs:
# they are installed in a temporary folder and never become part of Kith.
set -euo pipefail
cd "$(dirname "$0")/.."

real=${1:-../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lists=.cache/bench-answers
mkdir -p "$lists"

echo "bench-answers: building"
CGO_ENABLED=0 go build -o "$work/answers" ./internal/item/algebra/answers
args=(-pairs "${PAIRS:-100000}" -lists "$lists")
if [ -d "$real/oatutor" ]; then
	args+=(-real "$real")
else
	echo "bench-answers: $real holds no courses; only made pairs are judged"
fi
echo "bench-answers: judging, half a minute"
{
	cat docs/bench/answers.head.md
	echo
	"$work/answers" "${args[@]}"
	if [ -n "${PEERS:-}" ]; then
		"$work/answers" -export "$work/pairs.jsonl" -pairs "${PEER_PAIRS:-4000}"
		scripts/bench-peers.sh "$work" >"$lists/peers.md"
	fi
	[ ! -f "$lists/peers.md" ] || { echo; cat "$lists/peers.md"; }
} >"$work/report.md"
cp "$work/report.md" docs/bench/answers.md
echo "bench-answers: docs/bench/answers.md; the proofs of every accepted wrong step are in $lists"
