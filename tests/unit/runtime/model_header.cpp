// Every mark of palindrome/model.h, for compilers that may warn of it.
#include <palindrome/model.h>

namespace {

enum class Status {
  kOpen PALINDROME_VALUE("open"),
  kDone PALINDROME_VALUE("done")
};
enum class PALINDROME_MAPS_TO("TEXT") Lane { kLow, kHigh };
template <class Tag>
struct PALINDROME_MAPS_TO("INTEGER") Id {
  long value;
};
using Alias PALINDROME_MAPS_TO("TEXT") = Id<int>;

struct PALINDROME_CHECK("", "stamp > 0") Stamped {
  PALINDROME_DEFAULT("1") long stamp;
};

struct PALINDROME_TABLE("tasks") PALINDROME_STRICT PALINDROME_WITHOUT_ROWID
    PALINDROME_PRIMARY_KEY_OF("board_id", "number") PALINDROME_UNIQUE(
        "board_id", "title") PALINDROME_CHECK("ck_tasks_number", "number > 0")
        PALINDROME_FOREIGN_KEY("board_id, number", "cards (board_id, number)")
            PALINDROME_CONSTRAINT(
                "CONSTRAINT uq UNIQUE (title) ON CONFLICT IGNORE")
                PALINDROME_INDEX("ix_a", "lower(title)", "number DESC")
                    PALINDROME_UNIQUE_INDEX("ix_b", "number")
                        PALINDROME_INDEX_WHERE("ix_c", "number > 3", "number")
                            PALINDROME_UNIQUE_INDEX_WHERE("ix_d", "number > 3",
                                                          "number")
                                PALINDROME_RENAMED_FROM("task") Task : Stamped {
  PALINDROME_REFERENCES("boards (id) ON DELETE CASCADE") long board_id;
  long number;
  PALINDROME_COLUMN("title")
  PALINDROME_COLLATE("NOCASE")
  PALINDROME_UNIQUE_COLUMN PALINDROME_RENAMED_FROM("name") long name;
  PALINDROME_TYPE("VARCHAR(20)")
  PALINDROME_CHECK_COLUMN("kind <> ''") long kind;
  PALINDROME_GENERATED("number + 1") long next;
  PALINDROME_GENERATED_STORED("number + 2") long second;
  PALINDROME_IGNORE long cached;
  Status status;
  Lane lane;
  Alias alias;
};

struct PALINDROME_TABLE("boards") Board {
  PALINDROME_PRIMARY_KEY PALINDROME_AUTOINCREMENT Id<int> id;
};

}  // namespace

int main() {
  return sizeof(Task) + sizeof(Board) == 0 ? 1 : 0;
}
