#[=======================================================================[.rst:
AddMigrations
-------------

.. command:: add_migrations

  Compiles a folder of migrations into a target::

    add_migrations(<target>
      [DIRECTORY <dir>]            # migrations, beside the CMakeLists.txt
      [DIALECTS <dialect>...]      # sqlite
      [NAMESPACE <name>]           # the target's name made a C identifier
      [LOCK_FILE <file>]           # <dir>/migrations.lock
      [REQUIRE_LOCKED]             # refuse a migration that is not locked
      [MINIMUM <dialect> <version>...]
      [RULES <name>=<severity>...] # off, note, warning or error
      [WARNINGS_AS_ERRORS]
      [REHEARSE data|schema|none]
      [DEPLOYMENT rolling|stop]    # rolling: old programs run on meanwhile
      [MODELS <file>...]           # structs that the migrations lead to
      [CHECK_QUERIES]              # check the SQL in the target's sources
      [BUNDLE])                    # also builds <target>-migrate

  The target is an executable or a STATIC, SHARED, MODULE or OBJECT library of
  the same directory. It gets the generated ``<target>_migrations.h``, which
  declares ``<namespace>::migrations``, and links ``Palindrome::runtime`` and
  ``Palindrome::sqlite``; users of a library get the same. A migration that
  is wrong fails the build at its line.

  What rehearsals found is kept in ``palindrome_rehearsals`` of the build
  directory, so that a build rehearses what changed. It may be deleted at any
  time, and ``clean`` does.

  With ``BUNDLE``, ``<target>-migrate`` is an executable that has the history
  and a command line for it (``palindrome::sqlite::RunCommandLine``), and
  nothing else of the target: for hosts where databases are migrated by hand or
  by scripts. It is an ordinary target of the directory, to be installed or
  given properties by whoever wants to.

  With ``MODELS``, the build fails where the structs of those C++ files that are
  marked by ``palindrome/model.h`` and the migrations lead to different schemas;
  the message names the command that writes the migration. The files are read
  with the target's include paths, definitions and standard. A file of SQL,
  ``MODELS schema.sql``, may say the schema instead.

  With ``CHECK_QUERIES``, the build fails where SQL in the target's C++ and C
  sources does not fit the schema that the migrations lead to; what cannot be checked is
  listed. C++ is read with the target's include paths, definitions and standard,
  and by a ``palindrome`` that was built with Clang alone, which
  ``palindrome_can_read_cpp(<variable>)`` tells. What was found is kept in
  ``palindrome_units`` of the build directory.

  ``<target>_migrations`` builds the generated files alone. Where tests are
  enabled, the test ``<target>_migrations_check`` runs ``palindrome check``.

  The tool is ``PALINDROME_EXECUTABLE`` if that is set, which a cross build
  needs, and the target ``Palindrome::palindrome`` otherwise.
#]=======================================================================]
cmake_minimum_required(VERSION 3.21)
include_guard(GLOBAL)

set_property(GLOBAL PROPERTY PALINDROME_VERSION "${Palindrome_VERSION}")

function(add_migrations target)
  set(options REQUIRE_LOCKED WARNINGS_AS_ERRORS CHECK_QUERIES BUNDLE)
  set(single DIRECTORY NAMESPACE LOCK_FILE REHEARSE DEPLOYMENT)
  set(several DIALECTS MINIMUM RULES MODELS)
  cmake_parse_arguments(PARSE_ARGV 1 arg "${options}" "${single}" "${several}")
  set(where "add_migrations(${target})")
  set(keywords ${options} ${single} ${several})
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    _palindrome_meant(meant "${arg_UNPARSED_ARGUMENTS}" ${keywords})
    list(JOIN arg_UNPARSED_ARGUMENTS " " words)
    list(JOIN options ", " options)
    list(JOIN single ", " single)
    list(JOIN several ", " several)
    message(FATAL_ERROR "${where}: unknown arguments `${words}`; it takes "
                        "${options}; with a value ${single}; with several "
                        "${several}${meant}")
  endif()
  if(DEFINED arg_KEYWORDS_MISSING_VALUES)
    list(JOIN arg_KEYWORDS_MISSING_VALUES " " words)
    message(FATAL_ERROR "${where}: no value after ${words}")
  endif()
  # An unset variable in quotes is not meant to be the default.
  foreach(keyword IN LISTS single several)
    if(keyword IN_LIST ARGN AND "${arg_${keyword}}" STREQUAL "")
      message(FATAL_ERROR "${where}: the value after ${keyword} is empty")
    endif()
  endforeach()

  _palindrome_check_target("${target}" "${where}")

  if(NOT DEFINED arg_DIRECTORY)
    set(arg_DIRECTORY migrations)
  endif()
  get_filename_component(directory "${arg_DIRECTORY}" ABSOLUTE)
  if(NOT IS_DIRECTORY "${directory}")
    message(FATAL_ERROR "${where}: there is no folder `${directory}`; "
                        "DIRECTORY names the folder of the migrations")
  endif()

  if(NOT DEFINED arg_NAMESPACE)
    string(MAKE_C_IDENTIFIER "${target}" arg_NAMESPACE)
  endif()
  set(name "[A-Za-z_][A-Za-z0-9_]*")
  if(NOT arg_NAMESPACE MATCHES "^${name}(::${name})*$")
    message(FATAL_ERROR
              "${where}: NAMESPACE `${arg_NAMESPACE}` is no C++ namespace")
  endif()

  if(arg_BUNDLE AND TARGET "${target}-migrate")
    message(FATAL_ERROR "${where}: BUNDLE builds `${target}-migrate`, and "
                        "there is a target of that name already")
  endif()

  _palindrome_settings(settings "${where}")
  if(DEFINED arg_LOCK_FILE)
    get_filename_component(lock_file "${arg_LOCK_FILE}" ABSOLUTE)
    list(APPEND settings --lock-file "${lock_file}")
  else()
    set(lock_file "${directory}/migrations.lock")
  endif()

  _palindrome_find_tool(command dependency "${where}")
  _palindrome_compile()
  _palindrome_use()
  if(DEFINED arg_MODELS)
    _palindrome_models()
  endif()
  if(arg_CHECK_QUERIES)
    _palindrome_check_queries()
  endif()
  if(arg_BUNDLE)
    _palindrome_bundle()
  endif()
  _palindrome_add_test()
endfunction()

# How many letters must be put in, left out or changed to make one word of the
# other, without regard to case.
function(_palindrome_distance result one other)
  string(TOLOWER "${one}" one)
  string(TOLOWER "${other}" other)
  string(LENGTH "${one}" height)
  string(LENGTH "${other}" width)
  foreach(column RANGE ${width})
    set(row_${column} ${column})
  endforeach()
  set(line 0)
  while(line LESS height)
    string(SUBSTRING "${one}" ${line} 1 letter)
    math(EXPR line "${line} + 1")
    set(diagonal ${row_0})
    set(row_0 ${line})
    set(column 0)
    while(column LESS width)
      string(SUBSTRING "${other}" ${column} 1 other_letter)
      set(left ${row_${column}})
      math(EXPR column "${column} + 1")
      set(least ${diagonal})
      set(diagonal ${row_${column}})
      if(NOT letter STREQUAL other_letter)
        foreach(way IN ITEMS ${left} ${diagonal})
          if(way LESS least)
            set(least ${way})
          endif()
        endforeach()
        math(EXPR least "${least} + 1")
      endif()
      set(row_${column} ${least})
    endwhile()
  endwhile()
  set(${result} ${row_${width}} PARENT_SCOPE)
endfunction()

# _palindrome_meant(<variable> <words> <candidate>...): "; did you mean `…`?" of
# the first word that is near one of the candidates, or nothing. A third of a
# word may be wrong, as `palindrome` has it.
function(_palindrome_meant result words)
  set(${result} "" PARENT_SCOPE)
  foreach(word IN LISTS words)
    string(LENGTH "${word}" length)
    if(length LESS 3 OR length GREATER 40)
      continue()
    endif()
    math(EXPR least "(${length} + 2) / 3 + 1")
    set(nearest)
    foreach(candidate IN LISTS ARGN)
      _palindrome_distance(distance "${word}" "${candidate}")
      if(distance LESS least)
        set(least ${distance})
        set(nearest "${candidate}")
      endif()
    endforeach()
    if(NOT "${nearest}" STREQUAL "")
      set(${result} "; did you mean `${nearest}`?" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Refuses a target that cannot carry migrations.
function(_palindrome_check_target target where)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT CXX IN_LIST languages)
    message(FATAL_ERROR "${where}: the project does not enable CXX")
  endif()
  if(NOT TARGET "${target}")
    message(FATAL_ERROR "${where}: there is no such target; "
                        "call it after add_executable or add_library")
  endif()
  get_target_property(aliased "${target}" ALIASED_TARGET)
  get_target_property(imported "${target}" IMPORTED)
  get_target_property(type "${target}" TYPE)
  if(aliased OR imported OR NOT type MATCHES
     "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
    message(FATAL_ERROR "${where}: the target compiles no sources; it must be "
                        "an executable or a STATIC, SHARED, MODULE or OBJECT "
                        "library of this project")
  endif()
  get_target_property(origin "${target}" SOURCE_DIR)
  if(NOT origin STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    message(FATAL_ERROR "${where}: the target belongs to `${origin}`; call "
                        "it there, since generated sources belong to a "
                        "directory")
  endif()
  get_target_property(before "${target}" PALINDROME_DIRECTORY)
  if(before)
    message(FATAL_ERROR "${where}: the target has the migrations of "
                        "`${before}` already")
  endif()
endfunction()

# The options that `compile` and `check` share, from the caller's `arg_…`.
function(_palindrome_settings result where)
  if(NOT DEFINED arg_DIALECTS)
    set(arg_DIALECTS sqlite)
  endif()
  set(settings)
  foreach(dialect IN LISTS arg_DIALECTS)
    _palindrome_check_dialect("${dialect}" "${where}: DIALECTS")
    list(APPEND settings --dialects "${dialect}")
  endforeach()

  set(pairs ${arg_MINIMUM})
  while(pairs)
    list(POP_FRONT pairs dialect version)
    _palindrome_check_dialect("${dialect}" "${where}: MINIMUM")
    if(NOT version MATCHES "^[0-9]+\\.[0-9]+(\\.[0-9]+)?$")
      message(FATAL_ERROR "${where}: MINIMUM ${dialect} `${version}` is no "
                          "version, such as 3.35")
    endif()
    list(APPEND settings "--minimum-${dialect}" "${version}")
  endwhile()

  foreach(rule IN LISTS arg_RULES)
    if(NOT rule MATCHES "^[a-z][a-z0-9-]*=(off|note|warning|error)$")
      string(REGEX REPLACE "^.*=" "" word "${rule}")
      _palindrome_meant(meant "${word}" off note warning error ${keywords})
      message(FATAL_ERROR "${where}: RULES `${rule}` is not of the form "
                          "name=severity; severities are off, note, warning "
                          "and error${meant}")
    endif()
    list(APPEND settings --rules "${rule}")
  endforeach()

  if(DEFINED arg_REHEARSE)
    if(NOT arg_REHEARSE MATCHES "^(data|schema|none)$")
      _palindrome_meant(meant "${arg_REHEARSE}" data schema none ${keywords})
      message(FATAL_ERROR "${where}: REHEARSE `${arg_REHEARSE}` is not known; "
                          "it is data, schema or none${meant}")
    endif()
    list(APPEND settings --rehearse "${arg_REHEARSE}")
  endif()
  if(DEFINED arg_DEPLOYMENT)
    if(NOT arg_DEPLOYMENT MATCHES "^(rolling|stop)$")
      _palindrome_meant(meant "${arg_DEPLOYMENT}" rolling stop ${keywords})
      message(FATAL_ERROR "${where}: DEPLOYMENT `${arg_DEPLOYMENT}` is not "
                          "known; it is rolling or stop${meant}")
    endif()
    list(APPEND settings --deployment "${arg_DEPLOYMENT}")
  endif()
  if(arg_WARNINGS_AS_ERRORS)
    list(APPEND settings --warnings-as-errors)
  endif()
  set(${result} "${settings}" PARENT_SCOPE)
endfunction()

function(_palindrome_check_dialect dialect where)
  if(NOT dialect STREQUAL "sqlite")
    _palindrome_meant(meant "${dialect}" sqlite ${keywords})
    message(FATAL_ERROR "${where} `${dialect}` is not known; "
                        "this version has sqlite${meant}")
  endif()
endfunction()

# How to call the tool, and what a build must wait for before it does.
function(_palindrome_find_tool command dependency where)
  if(PALINDROME_EXECUTABLE)
    get_filename_component(tool "${PALINDROME_EXECUTABLE}" ABSOLUTE BASE_DIR
                           "${CMAKE_BINARY_DIR}")
    if(NOT EXISTS "${tool}" OR IS_DIRECTORY "${tool}")
      message(FATAL_ERROR "${where}: PALINDROME_EXECUTABLE `${tool}` is no "
                          "file")
    endif()
    _palindrome_check_version("${tool}" "${where}")
    set(${command} "${tool}" PARENT_SCOPE)
    set(${dependency} "${tool}" PARENT_SCOPE)
    return()
  endif()
  if(NOT TARGET Palindrome::runtime)
    message(FATAL_ERROR "${where}: Palindrome was not found in this folder; "
                        "call find_package(Palindrome) here or above, since "
                        "what it finds is known from there on down")
  endif()
  if(NOT TARGET Palindrome::palindrome)
    message(FATAL_ERROR "${where}: this Palindrome was built without its "
                        "compiler; set PALINDROME_EXECUTABLE to a "
                        "`palindrome` that runs on this machine")
  endif()
  get_target_property(imported Palindrome::palindrome IMPORTED)
  if(CMAKE_CROSSCOMPILING
     AND NOT imported
     AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(FATAL_ERROR "${where}: a cross build cannot run the `palindrome` "
                        "that it builds; set PALINDROME_EXECUTABLE to one "
                        "that runs on this machine")
  endif()
  if(imported)
    get_target_property(tool Palindrome::palindrome LOCATION)
    _palindrome_check_version("${tool}" "${where}")
  endif()
  set(${command} "$<TARGET_FILE:Palindrome::palindrome>" PARENT_SCOPE)
  set(${dependency} Palindrome::palindrome PARENT_SCOPE)
endfunction()

# palindrome_can_read_cpp(<variable>): whether the `palindrome` that builds call
# has its part beside it that reads C++, which is built with Clang.
function(palindrome_can_read_cpp result)
  set(found FALSE)
  if(PALINDROME_EXECUTABLE)
    get_filename_component(tool "${PALINDROME_EXECUTABLE}" ABSOLUTE BASE_DIR
                           "${CMAKE_BINARY_DIR}")
  elseif(TARGET Palindrome::palindrome)
    get_target_property(imported Palindrome::palindrome IMPORTED)
    if(imported)
      get_target_property(tool Palindrome::palindrome LOCATION)
    elseif(TARGET palindrome-clang)
      set(found TRUE)
    endif()
  endif()
  if(DEFINED tool)
    get_filename_component(tool "${tool}" REALPATH)
    get_filename_component(folder "${tool}" DIRECTORY)
    if(EXISTS "${folder}/palindrome-clang${CMAKE_EXECUTABLE_SUFFIX}")
      set(found TRUE)
    endif()
  endif()
  set(${result} ${found} PARENT_SCOPE)
endfunction()

# The file of the arguments with which Clang reads the target's C++: an argument
# a line, as `--compile-flags` takes them. What a build waits for beside it, the
# program that has Clang, is in `dependency`. Options that are neither include
# paths, definitions nor the standard may be another compiler's, and stay away.
function(_palindrome_cpp_flags target result dependency where)
  palindrome_can_read_cpp(can_read)
  if(NOT can_read)
    message(FATAL_ERROR "${where}: this Palindrome cannot read C++, for it was "
                        "built without Clang's development files "
                        "(libclang-19-dev and libclang-cpp19-dev on Debian)")
  endif()
  # One file of each language is made, and must differ by name; those of C have
  # their standard, and its sources are read where the project enables it.
  set(stem "${CMAKE_CURRENT_BINARY_DIR}/palindrome_generated/${target}")
  set(stem "${stem}/${target}_flags_$<CONFIG>")
  get_target_property(known "${target}" PALINDROME_CPP_FLAGS)
  if(NOT known)
    set_property(TARGET "${target}" PROPERTY PALINDROME_CPP_FLAGS TRUE)
    set(folders "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    set(definitions "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
    set(standard "$<TARGET_PROPERTY:${target},CXX_STANDARD>")
    set(features "$<TARGET_PROPERTY:${target},COMPILE_FEATURES>")
    # The runtime's headers need 20.
    set(number "$<IF:$<VERSION_GREATER:0${standard},20>,${standard},20>")
    foreach(newer IN ITEMS 23 26)
      set(number "$<IF:$<AND:$<IN_LIST:cxx_std_${newer},${features}>,\
$<VERSION_GREATER:${newer},${number}>>,${newer},${number}>")
    endforeach()
    set(c_standard "$<TARGET_PROPERTY:${target},C_STANDARD>")
    set(c_number "$<IF:$<BOOL:${c_standard}>,${c_standard},17>")
    foreach(language IN ITEMS C CXX)
      set(more_${language})
      separate_arguments(words NATIVE_COMMAND "${CMAKE_${language}_FLAGS}")
      foreach(word IN LISTS words)
        if(word MATCHES "^-[DIU].")
          string(APPEND more_${language} "${word}\n")
        endif()
      endforeach()
    endforeach()
    file(
      GENERATE
      OUTPUT "${stem}_$<COMPILE_LANGUAGE>.txt"
      CONTENT
        "-std=gnu$<IF:$<COMPILE_LANGUAGE:C>,${c_number},++${number}>\n\
$<$<COMPILE_LANGUAGE:C>:${more_C}>$<$<COMPILE_LANGUAGE:CXX>:${more_CXX}>\
$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},\n-D>\n>\
$<$<BOOL:${folders}>:-I$<JOIN:${folders},\n-I>\n>"
      TARGET "${target}")
  endif()
  set(${result} "${stem}_CXX.txt" PARENT_SCOPE)
  set(${dependency} "" PARENT_SCOPE)
  if(TARGET palindrome-clang AND NOT PALINDROME_EXECUTABLE)
    set(${dependency} palindrome-clang PARENT_SCOPE)
  endif()
endfunction()

# A tool of another version may write a table that the runtime refuses.
function(_palindrome_check_version tool where)
  get_property(runtime GLOBAL PROPERTY PALINDROME_VERSION)
  file(TIMESTAMP "${tool}" time)
  get_property(checked GLOBAL PROPERTY PALINDROME_CHECKED_TOOL)
  if(checked STREQUAL "${tool} ${time}")
    return()
  endif()
  execute_process(
    COMMAND "${tool}" --version
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output
    RESULT_VARIABLE status)
  if(NOT status EQUAL 0 OR NOT output MATCHES
                           "palindrome ([0-9]+\\.[0-9]+\\.[0-9]+)")
    message(FATAL_ERROR "${where}: `${tool} --version` does not say which "
                        "version of Palindrome it is: ${output}")
  endif()
  if(NOT CMAKE_MATCH_1 VERSION_EQUAL runtime)
    message(FATAL_ERROR "${where}: `${tool}` is palindrome ${CMAKE_MATCH_1}, "
                        "the runtime is ${runtime}; both must be the same")
  endif()
  set_property(GLOBAL PROPERTY PALINDROME_CHECKED_TOOL "${tool} ${time}")
endfunction()

# The rule that writes the generated files. The stamp is the rule's output and
# is always renewed; header and source are by-products that keep their time
# when they keep their content, so that nothing that includes them is rebuilt.
macro(_palindrome_compile)
  # A program may be called palindrome.
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/palindrome_generated/${target}")
  set(stem "${generated}/${target}_migrations")
  file(MAKE_DIRECTORY "${generated}")

  set(cache "${CMAKE_CURRENT_BINARY_DIR}/palindrome_rehearsals")
  set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${cache}")

  # A folder's name may hold what a pattern means otherwise.
  string(REGEX REPLACE "([[*?])" "[\\1]" pattern "${directory}")
  string(REGEX REPLACE "([[*?])" "[\\1]" lock_pattern "${lock_file}")
  # The names that the tool reads: a suffix in any case, and no hidden file,
  # which may be an editor's. What a squash stands for is in a folder beside.
  file(GLOB inputs CONFIGURE_DEPENDS "${pattern}/[!.]*.[sS][qQ][lL]"
       "${pattern}/squashed/[!.]*.[sS][qQ][lL]" "${pattern}/palindrome.toml"
       "${lock_pattern}")
  # A file that left, or came with an old date, changes this list.
  list(JOIN inputs "\n" input_lines)
  file(CONFIGURE OUTPUT "${stem}.inputs" CONTENT "@input_lines@\n" @ONLY)

  set(require_locked)
  if(arg_REQUIRE_LOCKED)
    set(require_locked --require-locked)
  endif()
  add_custom_command(
    OUTPUT "${stem}.stamp"
    BYPRODUCTS "${stem}.h" "${stem}.cpp"
    COMMAND
      "${command}" compile --directory "${directory}" --target "${target}"
      --namespace "${arg_NAMESPACE}" --output-dir "${generated}" --stamp
      "${stem}.stamp" --cache "${cache}" ${settings} ${require_locked}
    DEPENDS "${dependency}" "${stem}.inputs" ${inputs}
    COMMENT "Compiling the migrations of ${target}"
    VERBATIM)
  add_custom_target("${target}_migrations" DEPENDS "${stem}.stamp")
endmacro()

# Properties, not commands: they go with both signatures of
# target_link_libraries.
macro(_palindrome_use)
  set_source_files_properties(
    "${stem}.h" "${stem}.cpp" "${stem}.stamp"
    PROPERTIES GENERATED TRUE SKIP_AUTOGEN TRUE SKIP_LINTING TRUE)
  source_group("Generated" FILES "${stem}.h" "${stem}.cpp" "${stem}.stamp")
  add_dependencies("${target}" "${target}_migrations")
  set_property(TARGET "${target}" PROPERTY PALINDROME_DIRECTORY "${directory}")
  set_property(TARGET "${target}" APPEND
               PROPERTY SOURCES "${stem}.cpp" "${stem}.h" "${stem}.stamp")
  set_property(TARGET "${target}" APPEND PROPERTY INCLUDE_DIRECTORIES
                                                  "${generated}")
  set(libraries Palindrome::sqlite Palindrome::runtime)
  set_property(TARGET "${target}" APPEND PROPERTY LINK_LIBRARIES ${libraries})
  get_target_property(type "${target}" TYPE)
  if(NOT type STREQUAL "EXECUTABLE")
    set_property(
      TARGET "${target}" APPEND
      PROPERTY INTERFACE_INCLUDE_DIRECTORIES "$<BUILD_INTERFACE:${generated}>")
    set_property(TARGET "${target}" APPEND PROPERTY INTERFACE_LINK_LIBRARIES
                                                    ${libraries})
  endif()
endmacro()

# The rule that compares models and migrations, after these are compiled.
macro(_palindrome_models)
  set(models)
  set(has_sql FALSE)
  foreach(model IN LISTS arg_MODELS)
    get_filename_component(model "${model}" ABSOLUTE)
    if(NOT EXISTS "${model}" OR IS_DIRECTORY "${model}")
      message(FATAL_ERROR "${where}: MODELS `${model}` is no file")
    endif()
    if(model MATCHES "\\.[sS][qQ][lL]$")
      set(has_sql TRUE)
    endif()
    list(APPEND models "${model}")
  endforeach()
  set(reader)
  set(flags_file)
  set(reading)
  if(has_sql)
    list(LENGTH models count)
    if(NOT count EQUAL 1)
      message(FATAL_ERROR "${where}: MODELS has a schema in SQL, which stands "
                          "alone")
    endif()
  else()
    _palindrome_cpp_flags("${target}" flags_file reader "${where}: MODELS")
    set(units "${CMAKE_CURRENT_BINARY_DIR}/palindrome_units")
    set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${units}")
    set(reading --compile-flags "${flags_file}" --cache "${units}")
  endif()
  add_custom_command(
    OUTPUT "${stem}_$<CONFIG>.models"
    COMMAND
      "${command}" models --check --directory "${directory}" --stamp
      "${stem}_$<CONFIG>.models" --depfile "${stem}_$<CONFIG>.models.d"
      ${reading} ${models}
    DEPENDS "${dependency}" ${reader} ${flags_file} "${stem}.stamp" ${models}
    DEPFILE "${stem}_$<CONFIG>.models.d"
    COMMENT "Comparing the models of ${target} with its migrations"
    VERBATIM)
  add_custom_target("${target}_models" DEPENDS "${stem}_$<CONFIG>.models")
  # Both know the rule of the migrations, and one at a time may run it.
  add_dependencies("${target}_models" "${target}_migrations")
  add_dependencies("${target}" "${target}_models")
endmacro()

# The rule that checks the SQL in the sources, after the migrations are compiled.
macro(_palindrome_check_queries)
  _palindrome_cpp_flags("${target}" flags_file reader
                        "${where}: CHECK_QUERIES")
  set(units "${CMAKE_CURRENT_BINARY_DIR}/palindrome_units")
  set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${units}")
  # All that is there when the directory is done; not what this generates.
  set(sources "$<TARGET_PROPERTY:${target},SOURCES>")
  set(endings "cc|cpp|cxx|CPP|C|c\\+\\+")
  set(c_flags)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(C IN_LIST languages)
    string(APPEND endings "|c")
    string(REGEX REPLACE "_CXX\\.txt$" "_C.txt" c_flags_file "${flags_file}")
    set(c_flags --c-flags "${c_flags_file}")
    list(APPEND reader "${c_flags_file}")
  endif()
  set(sources "$<FILTER:${sources},INCLUDE,\\.(${endings})$>")
  set(sources "$<FILTER:${sources},EXCLUDE,/${target}_migrations\\.cpp$>")
  add_custom_command(
    OUTPUT "${stem}_$<CONFIG>.queries"
    COMMAND
      "${command}" queries --directory "${directory}" --lock-file "${lock_file}"
      --stamp "${stem}_$<CONFIG>.queries" --depfile
      "${stem}_$<CONFIG>.queries.d" --compile-flags "${flags_file}" ${c_flags}
      --cache "${units}" "${sources}"
    DEPENDS "${dependency}" ${reader} "${flags_file}" "${stem}.stamp"
    DEPFILE "${stem}_$<CONFIG>.queries.d"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    COMMENT "Checking the SQL in ${target}"
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target("${target}_queries" DEPENDS "${stem}_$<CONFIG>.queries")
  # Both know the rule of the migrations, and one at a time may run it.
  add_dependencies("${target}_queries" "${target}_migrations")
  add_dependencies("${target}" "${target}_queries")
endmacro()

# The program that has the history alone. It compiles the generated source by
# itself, so that it needs nothing of the target, which may be a program.
macro(_palindrome_bundle)
  set(bundle "${target}-migrate")
  set(main "${generated}/${bundle}.cpp")
  set(content
      "#include <palindrome/command_line.h>

#include \"${target}_migrations.h\"

int main(int argc, char** argv) {
  return palindrome::sqlite::RunCommandLine(${arg_NAMESPACE}::migrations, argc,
                                            argv)@semicolon@
}
")
  # CMake takes a bare one for the end of a list's element.
  set(semicolon ";")
  file(CONFIGURE OUTPUT "${main}" CONTENT "${content}" @ONLY)
  set_source_files_properties("${main}" PROPERTIES GENERATED TRUE SKIP_AUTOGEN
                                                   TRUE SKIP_LINTING TRUE)
  source_group("Generated" FILES "${main}")
  add_executable("${bundle}" "${main}" "${stem}.cpp" "${stem}.h"
                             "${stem}.stamp")
  add_dependencies("${bundle}" "${target}_migrations")
  set_property(TARGET "${bundle}" APPEND PROPERTY INCLUDE_DIRECTORIES
                                                  "${generated}")
  set_property(TARGET "${bundle}" APPEND PROPERTY LINK_LIBRARIES ${libraries})
endmacro()

macro(_palindrome_add_test)
  if(CMAKE_TESTING_ENABLED AND (BUILD_TESTING OR NOT DEFINED BUILD_TESTING))
    set(locked)
    if(arg_REQUIRE_LOCKED)
      set(locked --locked)
    endif()
    add_test(NAME "${target}_migrations_check"
             COMMAND "${command}" check --directory "${directory}" --cache
                     "${cache}" ${settings} ${locked})
  endif()
endmacro()
