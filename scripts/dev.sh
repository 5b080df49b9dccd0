#!/usr/bin/env bash
# dev.sh ADDR DATA: serves the demo school and, when a source file is saved, builds and restarts. Stops on Ctrl-C.
set -uo pipefail
cd "$(dirname "$0")/.."
addr=$1 data=$2 server=

stop() { [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; server=; }
trap 'stop; exit 0' INT TERM

fingerprint() { find cmd internal package.json go.mod -type f -not -path '*/dist/*' -not -path '*/doc/temml/*' -printf '%T@ %p\n' | sort | sha256sum; }

last=
while :; do
	now=$(fingerprint)
	if [ "$now" != "$last" ]; then
		last=$now
		if node internal/web/build.mjs && CGO_ENABLED=0 go build -buildvcs=false -o bin/kith ./cmd/kith; then
			stop
			bin/kith demo --stories --addr "$addr" --data "$data" &
			server=$!
		else
			echo "dev: that does not build; the server from before goes on"
		fi
	fi
	sleep 1
done
