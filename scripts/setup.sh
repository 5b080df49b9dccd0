#!/usr/bin/env bash
# Makes sure that the tests find Chromium, PostgreSQL 15 or newer and a C compiler (for go test -race). As root on a
# Debian-like system it installs what is missing; otherwise it names exactly what to install and fails.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
	missing+=(chromium)
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
	missing+=(postgresql)
fi
command -v gcc >/dev/null || command -v clang >/dev/null || missing+=(gcc)
[ -e /usr/include/stdlib.h ] || [ "$(uname -s)" != Linux ] || missing+=(libc6-dev)

# tools that no package of ours brings: refuse early, with the version found
need() { # need COMMAND WANT FOUND-MAJOR WANT-MAJOR
	if [ -z "$3" ] || [ "$3" -lt "$4" ]; then
		echo "setup: $1 $2 is needed; found ${3:-none}" >&2
		exit 1
	fi
}
need go "1.26 or newer" "$(go env GOVERSION 2>/dev/null | sed -nE 's/^go1\.([0-9]+).*/\1/p')" 26
need node "20 or newer" "$(node --version 2>/dev/null | sed -nE 's/^v([0-9]+).*/\1/p')" 20

if [ ${#missing[@]} = 0 ]; then
	echo "setup: everything is here"
	exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "setup: installing ${missing[*]} (half a minute)"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends "${missing[@]}"
	exit 0
fi
echo "setup: these are missing: ${missing[*]}" >&2
if command -v apt-get >/dev/null; then
	echo "setup: run  sudo apt-get install --no-install-recommends ${missing[*]}  and start again" >&2
else
	echo "setup: install them with your system's packages (PostgreSQL 15 or newer) and start again" >&2
fi
exit 1
