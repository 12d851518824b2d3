#!/usr/bin/env bash
# Runs `palindrome lsp` under the client library of the protocol.
#
#   client_test.sh SOURCE-FOLDER WORK-FOLDER PALINDROME
#
# The library comes from npm, in the versions of package-lock.json, into the
# work folder, where it stays. Without node, npm or a registry the test is
# skipped (exit status 77).
set -euo pipefail
source=$1
work=$2
program=$3

skip() {
  echo "skipped: $*"
  exit 77
}

command -v node >/dev/null || skip "there is no node"
command -v npm >/dev/null || skip "there is no npm"
mkdir -p "$work"
cd "$work"
if ! cmp -s "$source/package-lock.json" package-lock.json ||
  [ ! -d node_modules ]; then
  cp "$source/package.json" "$source/package-lock.json" .
  if ! npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1; then
    rm -f package-lock.json
    tail -n 5 npm.log
    skip "npm cannot install the client library"
  fi
fi
rm -rf folder
mkdir folder
exec timeout 60 node "$source/client.mjs" "$program" "$work/node_modules" \
  "$work/folder"
