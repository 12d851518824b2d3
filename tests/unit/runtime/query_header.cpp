// Every place where the mark of SQL may stand; compiled by the tests with all
// warnings as errors, and linked nowhere.
#include <palindrome/query.h>

int Select(int database, PALINDROME_QUERY const char* sql, const char* note);
PALINDROME_QUERY int Execute(int database, const char* sql);

class Statement {
 public:
  explicit Statement(PALINDROME_QUERY const char* sql) : sql_(sql) {}
  PALINDROME_QUERY int Run(const char* sql) const {
    return sql == sql_ ? 1 : 0;
  }

 private:
  const char* sql_;
};

int Select(int database, PALINDROME_QUERY const char* sql, const char* note) {
  return Statement(sql).Run(note) + database;
}

int Execute(int database, const char* sql) {
  return Select(database, sql, sql);
}
