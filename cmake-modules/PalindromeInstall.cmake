# What `cmake --install` leaves behind for find_package(Palindrome).
#
# Two export sets, so that a package without the compiler is complete:
# PalindromeTargets, which the runtime fills, and PalindromeCompilerTargets.
include(CMakePackageConfigHelpers)

set(palindrome_config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Palindrome")

if(PALINDROME_BUILD_COMPILER)
  install(
    TARGETS palindrome
    EXPORT PalindromeCompilerTargets
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT Compiler)
  install(
    EXPORT PalindromeCompilerTargets
    NAMESPACE Palindrome::
    DESTINATION "${palindrome_config_dir}"
    COMPONENT Compiler)
endif()
if(TARGET palindrome-clang)
  install(TARGETS palindrome-clang RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
                                           COMPONENT Clang)
endif()

install(
  EXPORT PalindromeTargets
  NAMESPACE Palindrome::
  DESTINATION "${palindrome_config_dir}"
  COMPONENT Development)

configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/PalindromeConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/PalindromeConfig.cmake"
  INSTALL_DESTINATION "${palindrome_config_dir}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/PalindromeConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/PalindromeConfig.cmake"
        "${PROJECT_BINARY_DIR}/PalindromeConfigVersion.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/AddMigrations.cmake"
  DESTINATION "${palindrome_config_dir}"
  COMPONENT Development)
install(
  FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  COMPONENT Development)
