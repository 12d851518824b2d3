#!/usr/bin/env bash
# How the check of one file grows with its statements on one table: the time of
# each count as a ratio to that of half as many.
#
#   statements_benchmark.sh PALINDROME COUNT…
set -euo pipefail
shopt -s inherit_errexit
palindrome=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# migration FILE REVISION PARENT: one whose upgrade is standard input.
migration() {
  printf "MIGRATION 'change t'\n  REVISION '%s'\n  REVISES %s;\n\n" "$2" "$3"
  printf "UPGRADE BEGIN\n%s\nEND;\n\nDOWNGRADE AUTO;\n" "$(cat)"
} >"$1"

# statements KIND COUNT
statements() {
  local i
  for ((i = 0; i < $2; ++i)); do
    case $1 in
      'columns with references')
        echo "ALTER TABLE t ADD COLUMN c$i INTEGER REFERENCES p (id);" ;;
      indexes) echo "CREATE INDEX ix_t_a$i ON t (a) WHERE a > $i;" ;;
      triggers)
        echo "CREATE TRIGGER t$i AFTER INSERT ON t BEGIN" \
          "UPDATE t SET a = 1 WHERE id = new.id; END;" ;;
      checks) echo "ALTER TABLE t ADD CONSTRAINT k$i CHECK (a > $i);" ;;
    esac
  done
}

# seconds KIND COUNT: how long the check takes, on standard output.
seconds() {
  local folder="$work/migrations" begin end
  rm -rf "$folder"
  mkdir "$folder"
  migration "$folder/20250101_000000_create_t.sql" r0 NONE <<'SQL'
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);
SQL
  statements "$1" "$2" |
    migration "$folder/20250101_000100_change_t.sql" r1 "'r0'"
  begin=$(date +%s%N)
  "$palindrome" check --directory "$folder" --rules data-dependent-failure=off \
    >/dev/null 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
  end=$(date +%s%N)
  awk -v n=$((end - begin)) 'BEGIN { printf "%.3f", n / 1e9 }'
}

for kind in 'columns with references' indexes triggers checks; do
  for count in "$@"; do
    half=$(seconds "$kind" $((count / 2)))
    whole=$(seconds "$kind" "$count")
    awk -v k="$kind" -v n="$count" -v h="$half" -v w="$whole" 'BEGIN {
      printf "%d %s: %.3f s, %.2f times half as many\n", n, k, w, w / h }'
  done
done
