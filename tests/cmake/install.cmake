# Installs BUILD to an empty PREFIX and looks whether what others' builds rest
# on is there.
file(REMOVE_RECURSE "${PREFIX}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix
                        "${PREFIX}" COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
set(files
    include/palindrome/migration.h include/palindrome/table_values.h
    include/palindrome/migrator.h include/palindrome/sqlite.h
    include/palindrome/command_line.h)
if(COMPILER)
  list(APPEND files bin/palindrome)
endif()
foreach(file IN LISTS files)
  if(NOT EXISTS "${PREFIX}/${file}")
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
if(COMPILER)
  execute_process(COMMAND "${PREFIX}/bin/palindrome" --version
                          COMMAND_ERROR_IS_FATAL ANY)
endif()
