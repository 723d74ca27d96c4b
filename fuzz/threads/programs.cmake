# SPDX-License-Identifier: MIT
#
# programs.cmake: programs with threads of their own, as they are; read after
# variants.cmake. README.md says what can be done with them.
#
#   pagerace_program(NAME SOURCES file... [ARGUMENTS word...] [ABOUT text])
#       a command NAME that is `pagerace` with this one target; main() is called with
#       these words
#
#   pagerace_program(NAME TARGET_ONLY SOURCES file... [ABOUT text])
#       a target, for a command that has several
#
#   PROGRAM_ROOT, PROGRAM_MACHINE   where this file and machine.h lie

set(PROGRAM_ROOT ${CMAKE_CURRENT_LIST_DIR})
set(program_flags -g -fsanitize=thread -femulated-tls -fno-optimize-sibling-calls
  "SHELL:-mllvm -tsan-instrument-func-entry-exit=0"
  "SHELL:-mllvm -tsan-instrument-read-before-write=1")

# Nobody said how: a program that is not optimised has several times the access points.
if(NOT "${CMAKE_BUILD_TYPE}${CMAKE_CONFIGURATION_TYPES}" AND NOT CMAKE_C_FLAGS MATCHES "-O")
  list(APPEND program_flags -O1)
endif()

function(pagerace_program name)
  cmake_parse_arguments(ARG "TARGET_ONLY" "ABOUT" "SOURCES;ARGUMENTS" ${ARGN})
  string(MAKE_C_IDENTIFIER "${name}" symbol)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang" OR
     (ARG_SOURCES MATCHES "\\.(cc|cpp|cxx)(;|$)" AND NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang"))
    message(FATAL_ERROR "pagerace_program(${name}): needs clang")
  elseif("${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize=" OR PAGERACE_PLAIN)
    message(FATAL_ERROR "pagerace_program(${name}): not in a build with a sanitizer, nor "
                        "with PAGERACE_PLAIN")
  endif()
  set(glue ${CMAKE_BINARY_DIR}/programs/${symbol}.c)
  set(words ${symbol})
  foreach(word IN LISTS ARG_ARGUMENTS)
    string(REGEX REPLACE "([\\\"])" "\\\\\\1" word "${word}")
    string(APPEND words ", \"${word}\"")
  endforeach()
  set(GLUE "#include \"runtime.h\"\n\nTHREADS_PROGRAM(${words});\n")
  file(GENERATE OUTPUT ${glue} CONTENT "${GLUE}")
  set_property(GLOBAL APPEND PROPERTY PAGERACE_FLAGS_${symbol} ${program_flags}
    "SHELL:-idirafter ${PROGRAM_ROOT}" "SHELL:-idirafter ${PROGRAM_MACHINE}")
  pagerace_linked_by(${symbol} bash ${PROGRAM_ROOT}/link.sh ${PAGERACE_LD}
    ${PAGERACE_OBJCOPY} ${CMAKE_C_COMPILER} ${PROGRAM_MACHINE})
  file(GLOB needs ${PROGRAM_ROOT}/link.sh ${PROGRAM_ROOT}/*.awk ${PROGRAM_ROOT}/*.ld
       ${PROGRAM_ROOT}/*.list ${PROGRAM_ROOT}/*.def)
  set_property(GLOBAL PROPERTY PAGERACE_LINK_NEEDS_${symbol} ${needs})
  pagerace_target(${symbol} SOURCES ${ARG_SOURCES} ${glue} ABOUT "${ARG_ABOUT}")
  if(NOT ARG_TARGET_ONLY)
    pagerace_program_command(${name} ${symbol})
    if(ARG_SOURCES MATCHES "\\.(cc|cpp|cxx)(;|$)")
      set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
    endif()
  endif()
endfunction()
