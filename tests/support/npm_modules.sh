# For a test that needs packages of npm; sourced with $source and $work set.
#
# They come in the versions of $source/package-lock.json into the folder $work,
# where they stay, and which is then the current one. Without node, npm or a
# registry the test is skipped (exit status 77).

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
    skip "npm cannot install the packages"
  fi
fi
