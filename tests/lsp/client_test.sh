#!/usr/bin/env bash
# Runs `palindrome lsp` under the client library of the protocol.
#
#   client_test.sh SOURCE-FOLDER WORK-FOLDER PALINDROME
#
# The library comes from npm, see tests/support/npm_modules.sh; without it the
# test is skipped (exit status 77).
set -euo pipefail
source=$(cd "$1" && pwd)
work=$2
program=$3

# shellcheck source=tests/support/npm_modules.sh
source "$source/../support/npm_modules.sh"
rm -rf folder
mkdir folder
exec timeout 60 node "$source/client.mjs" "$program" "$work/node_modules" \
  "$work/folder"
