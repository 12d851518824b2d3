// The slug of a migration's file name.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_DRIVER_SLUG_H_
#define PALINDROME_COMPILER_DRIVER_SLUG_H_

#include <string>
#include <string_view>

namespace palindrome::driver {

// "Add status (tasks)" as "add_status_tasks": lower-case words of a to z and 0
// to 9 joined by `_`, the first beginning with a letter, at most 60 bytes.
// Empty if the message has no such word.
std::string MakeSlug(std::string_view message);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SLUG_H_
