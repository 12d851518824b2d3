# Flags for Palindrome's own targets; nothing here reaches a consumer.
add_library(palindrome_flags INTERFACE)
target_compile_options(
  palindrome_flags
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            $<$<BOOL:${PALINDROME_DEVELOPER_MODE}>:-Werror>)
if(PALINDROME_SANITIZE)
  target_compile_options(
    palindrome_flags INTERFACE -fsanitize=${PALINDROME_SANITIZE}
                               -fno-omit-frame-pointer)
  target_link_options(palindrome_flags INTERFACE
                      -fsanitize=${PALINDROME_SANITIZE})
endif()
