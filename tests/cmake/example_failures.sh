#!/usr/bin/env bash
# What the example's build says when its models and its migrations drift apart.
source "$(dirname "$0")/lib.sh"
if [ ! -x "$(dirname "$PALINDROME_TOOL")/palindrome-clang" ]; then
  exit 0
fi
mkdir -p "$work/source/examples"
cp -r "$PALINDROME_SOURCE/migrations" "$work/source/"
cp -r "$PALINDROME_SOURCE/examples/taskboard" "$work/source/examples/"
example=$work/source/examples/taskboard
run "$CMAKE" -G Ninja -S "$example" -B "$work/build" "${common[@]}"
run "$CMAKE" --build "$work/build"
logged 'Comparing the models of taskboard with its migrations'

step='a model that drifted'
sed -i 's/^  std::string title;/&\n  std::optional<std::string> due_at;/' \
  "$example/models.h"
line=$(grep -n due_at "$example/models.h" | cut -d: -f1)
run_failing "$CMAKE" --build "$work/build"
cat >expected <<END
$example/models.h:$line:30: error: column \`due_at\` of table \`tasks\` is not in the history; \`palindrome revision --autogenerate\` writes the migration [model-drift]
  std::optional<std::string> due_at;
                             ^~~~~~
1 error generated.
palindrome: note: the migration is written by \`palindrome revision --autogenerate -m MESSAGE --directory $work/source/migrations --compile-flags $work/build/palindrome_generated/taskboard/taskboard_flags_${PALINDROME_BUILD_TYPE}_CXX.txt --models $example/models.h\`
END
sed -n '/ error: /,/ note: /p' "$log" >said
diff expected said >difference || fail "$(cat difference)"
