#!/usr/bin/env bash
# bench-peers.sh FOLDER: asks other checkers about FOLDER/pairs.jsonl. They are installed in FOLDER and stay there.
set -euo pipefail
folder=$1
script=$(cd "$(dirname "$0")" && pwd)/bench-peers.mjs
cd "$folder"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --silent @khanacademy/kas@2.2.3 @cortex-js/compute-engine@0.140.0 >&2
node "$script" "$folder"
