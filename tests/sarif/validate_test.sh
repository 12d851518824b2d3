#!/usr/bin/env bash
# Validates what `palindrome check --format sarif` prints.
#
#   validate_test.sh SOURCE-FOLDER WORK-FOLDER PALINDROME
#
# The schema of SARIF 2.1.0 and the validator come from npm, see
# tests/support/npm_modules.sh; without it the test is skipped (exit status 77).
set -euo pipefail
source=$(cd "$1" && pwd)
work=$2
program=$3

# shellcheck source=tests/support/npm_modules.sh
source "$source/../support/npm_modules.sh"
rm -rf folder
mkdir folder
exec timeout 120 node "$source/validate.mjs" "$program" "$work/node_modules" \
  "$work/folder"
