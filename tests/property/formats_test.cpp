// The formatter on random migrations, with random white space and comments
// wherever there may be some.
//
// PALINDROME_HISTORIES is the number of histories, PALINDROME_SEED the first
// seed; a failure names its own.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "runtime/src/sql_lexer.h"
#include "tests/property/generate_history.h"
#include "tests/support/environment.h"
#include "tests/support/format_properties.h"

namespace palindrome::property {
namespace {

std::string AnyGap(Random& random) {
  std::string gap;
  do {
    gap += random.Of({" ", " ", " ", "\n", "\n", "\n\n\n", "\t", "   ", "\r\n",
                      "\n      ", "/* a */", " /* b */ ", "\n/* c\n   d */\n",
                      " -- e\n", "-- f \n\n", "\n    -- g\n"});
  } while (random.Percent(25));
  return gap;
}

// What holds two tokens apart is another thing; what does not stays so, but
// around the punctuation of lists.
std::string Ruffle(std::string_view text, Random& random) {
  std::string ruffled = random.Percent(30) ? AnyGap(random) : "";
  std::uint32_t end = 0;
  for (;;) {
    const sql::Token token = sql::NextToken(text, end);
    if (token.kind == sql::TokenKind::kEnd) {
      return ruffled + (random.Percent(50) ? AnyGap(random) : "");
    }
    const bool is_list =
        token.kind == sql::TokenKind::kPunctuation &&
        std::string_view("(),;").find(token.spelling) != std::string_view::npos;
    if (end > 0 && (token.offset > end || (is_list && random.Percent(15)))) {
      ruffled += random.Percent(70) ? std::string(" ") : AnyGap(random);
    }
    ruffled += token.spelling;
    end = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
}

bool IsSound(const std::string& text) {
  const source::File file("m.sql", text);
  diagnostics::Emitter emitter;
  parse::ParseMigration(file, emitter);
  return emitter.diagnostics().empty();
}

TEST(FormatsTest, NothingIsLostAndTwiceIsOnce) {
  constexpr std::uint64_t kHistories = 150;
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_HISTORIES", kHistories);
  for (std::uint64_t seed = first; seed < first + number; ++seed) {
    Random random(seed);
    const auto engine = rehearse::sqlite::MakeEngine({});
    std::size_t index = 0;
    for (const RandomMigration& migration :
         AnyHistory({.changes = 3, .archives = true, .by_hand = seed % 2 == 0},
                    random, *engine)) {
      const std::string text =
          TextOf(migration, index++, {"drop-table-unarchived"});
      ASSERT_EQ(testing::FindFormatFault(text), "") << "seed " << seed;
      for (int i = 0; i < 3; ++i) {
        const std::string ruffled = Ruffle(text, random);
        ASSERT_TRUE(IsSound(ruffled)) << "seed " << seed << "\n" << ruffled;
        ASSERT_EQ(testing::FindFormatFault(ruffled), "") << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace palindrome::property
