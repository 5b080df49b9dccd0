#!/usr/bin/env bash
# Installs the npm packages of package-lock.json, and only when the lock file is not the one installed last.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=node_modules/.kith-lock
want=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$want" ]; then
	exit 0
fi
if ! command -v npm >/dev/null; then
	echo "packages: npm is missing: install Node 20 or newer with npm" >&2
	exit 1
fi
if [ -L node_modules ]; then
	echo "packages: node_modules is a link to another clone's folder, whose packages differ from this package-lock.json" >&2
	echo "packages: remove the link (rm node_modules) and run this again" >&2
	exit 1
fi
echo "packages: npm ci (a few seconds)"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
echo "$want" >"$stamp"
