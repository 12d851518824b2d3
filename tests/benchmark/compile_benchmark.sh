#!/usr/bin/env bash
# Times cold compiles of generated histories, and measures what comes out.
#
#   compile_benchmark.sh PALINDROME GENERATE_HISTORY INCLUDE-FOLDER
#                        LIBRARY LIBRARY COUNT…
set -euo pipefail
shopt -s inherit_errexit
palindrome=$1
generate=$2
include=$3
libraries=("$4" "$5")
shift 5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# seconds COMMAND…: how long it takes, on standard output.
seconds() {
  local begin end
  begin=$(date +%s%N)
  "$@" >&2
  end=$(date +%s%N)
  awk -v n=$((end - begin)) 'BEGIN { printf "%.3f", n / 1e9 }'
}

before_count=
before=
for count in "$@"; do
  "$generate" "$count" "$work/$count"
  mkdir "$work/out-$count"
  time=$(seconds "$palindrome" compile --directory "$work/$count" \
    --target generated --output-dir "$work/out-$count")
  awk -v n="$count" -v t="$time" -v m="$before_count" -v b="$before" 'BEGIN {
    printf "compile of %d migrations: %.3f s, %.3f ms each", n, t, t / n * 1e3
    if (m != "") printf ", each %.2f times that of %d", t / n / (b / m), m
    print ""
  }'
  before_count=$count
  before=$time
done

source="$work/out-$count/generated_migrations.cpp"
object="$work/generated.o"
bytes=$(wc -c <"$source")
time=$(seconds "$CXX" -std=c++20 -O2 -I "$include" -c "$source" -o "$object")
echo "C++ of $count migrations: $bytes bytes, compiled in $time s to" \
  "$(wc -c <"$object") bytes"

text=$("$SIZE" "${libraries[@]}" | awk 'NR > 1 && $1 ~ /^[0-9]+$/ { n += $1 }
                                        END { print n }')
echo "text of runtime and driver: $text bytes"
