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
# What the library takes for granted, as that an optional has a value, is
# checked.
target_compile_definitions(
  palindrome_flags
  INTERFACE $<$<BOOL:${PALINDROME_DEVELOPER_MODE}>:_GLIBCXX_ASSERTIONS>)
if(PALINDROME_SANITIZE)
  target_compile_options(
    palindrome_flags INTERFACE -fsanitize=${PALINDROME_SANITIZE}
                               -fno-omit-frame-pointer)
  target_link_options(palindrome_flags INTERFACE
                      -fsanitize=${PALINDROME_SANITIZE})
endif()
if(PALINDROME_BUILD_FUZZERS)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_FLAGS -fsanitize=fuzzer)
  check_cxx_source_compiles(
    "extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*,
                                             decltype(sizeof 0)) { return 0; }"
    PALINDROME_HAS_LIBFUZZER)
  unset(CMAKE_REQUIRED_FLAGS)
  if(NOT PALINDROME_HAS_LIBFUZZER)
    message(FATAL_ERROR "PALINDROME_BUILD_FUZZERS needs clang and its libFuzzer;"
                        " with ${CMAKE_CXX_COMPILER} -fsanitize=fuzzer does not"
                        " link")
  endif()
  # What a sanitizer finds ends the process, so that libFuzzer keeps the input.
  target_compile_options(
    palindrome_flags INTERFACE -fsanitize=fuzzer-no-link
                               -fno-sanitize-recover=all)
  target_link_options(palindrome_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
