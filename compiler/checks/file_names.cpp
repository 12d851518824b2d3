#include "compiler/checks/file_names.h"

#include "llvm/ADT/StringExtras.h"

namespace palindrome::checks {

namespace {

int Number(std::string_view digits) {
  int number = 0;
  for (const char digit : digits) {
    number = number * 10 + (digit - '0');
  }
  return number;
}

int DaysOf(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

}  // namespace

bool IsRealTime(std::string_view name) {
  const int year = Number(name.substr(0, 4));
  const int month = Number(name.substr(4, 2));
  const int day = Number(name.substr(6, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= DaysOf(year, month) &&
         Number(name.substr(9, 2)) < 24 && Number(name.substr(11, 2)) < 60 &&
         Number(name.substr(13, 2)) < 60;
}

llvm::StringRef TimeOf(llvm::StringRef file_name) {
  constexpr std::size_t kTimeLength = 15;
  return SlugOf(file_name).empty() ? "" : file_name.take_front(kTimeLength);
}

llvm::StringRef SlugOf(llvm::StringRef file_name) {
  constexpr std::size_t kTimeLength = 16;  // 20250115_143022_
  const llvm::StringRef time = file_name.take_front(kTimeLength);
  const llvm::StringRef slug = file_name.drop_front(time.size());
  const bool is_called_so =
      time.size() == kTimeLength && time.back() == '_' &&
      time.find_first_not_of("0123456789_") == llvm::StringRef::npos &&
      !slug.empty() && llvm::isAlpha(slug.front());
  return is_called_so ? slug : "";
}

}  // namespace palindrome::checks
