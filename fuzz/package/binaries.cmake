# SPDX-License-Identifier: MIT
#
# binaries.cmake: binaries of a project that has targets of its own; read by
# pageraceConfig.cmake, after variants.cmake.
#
#   pagerace_fuzzer(BINARY TARGET [REVERT name])  a fuzz target, with the options
#                                                 that it runs with beside it
#   pagerace_command(BINARY)                      the pagerace command, with all
#                                                 targets and reverts so far
#   pagerace_program(NAME SOURCES file...)        a program with threads, and the
#                                                 command: see programs.cmake
#   pagerace_stub                                 a library: the machine that
#                                                 never yields, for unit tests

# Nobody said how: the engine would be several times slower.
set(pagerace_level)
if(NOT "${CMAKE_BUILD_TYPE}${CMAKE_CONFIGURATION_TYPES}" AND NOT CMAKE_C_FLAGS MATCHES "-O")
  set(pagerace_level -O2)
endif()

set(pagerace_dirs ${pagerace_rooms} sanitizers)
list(TRANSFORM pagerace_dirs PREPEND ${PAGERACE_ROOT}/)

# Sources of pagerace, compiled as this project compiles, if they are needed.
function(pagerace_part name)
  set(sources ${ARGN})
  list(TRANSFORM sources PREPEND ${PAGERACE_ROOT}/)
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${sources})
  target_include_directories(${name} PRIVATE ${PAGERACE_INCLUDES}
    ${PAGERACE_INCLUDES}/pagerace ${pagerace_dirs})
  target_compile_definitions(${name} PRIVATE ${PAGERACE_DEFINITIONS})
  target_compile_options(${name} PRIVATE -w ${pagerace_level} ${PAGERACE_OPTIONS}
                                         ${uninstrumented})
  set_target_properties(${name} PROPERTIES C_STANDARD 11 C_EXTENSIONS ON
                                         ${one_unit} UNITY_BUILD_MODE GROUP)
  pagerace_units(${sources})
endfunction()

if(NOT TARGET pagerace_engine)
  list(APPEND pagerace_engine_sources fuzz/engine/${fiber_backend})
  if(PAGERACE_PLAIN)
    list(APPEND pagerace_engine_sources fuzz/engine/plain.c fuzz/engine/plain_sites.c
                                        fuzz/engine/plain_symbols.c)
  endif()
  pagerace_part(pagerace_engine ${pagerace_engine_sources})
  pagerace_part(pagerace_fuzzer_part ${pagerace_fuzzer_sources})
  pagerace_part(pagerace_command_part ${pagerace_command_sources})
  pagerace_part(pagerace_threads_part ${pagerace_threads_sources})
  target_compile_definitions(pagerace_command_part PRIVATE
    PAGERACE_VERSION="${PAGERACE_VERSION}")
  add_library(pagerace_stub STATIC EXCLUDE_FROM_ALL
    ${PAGERACE_ROOT}/target/machine_stub.c)
  target_include_directories(pagerace_stub PUBLIC ${PAGERACE_INCLUDES}
    PRIVATE ${PAGERACE_INCLUDES}/pagerace)
endif()

# An executable of a part, the engine and variants (symbols).
function(pagerace_binary binary part suffix)
  add_executable(${binary} $<TARGET_OBJECTS:${part}>
                           $<TARGET_OBJECTS:pagerace_engine>)
  pagerace_variants(${binary} "${suffix}" ${ARGN})
  target_include_directories(${binary} PRIVATE ${PAGERACE_INCLUDES}/pagerace
                                               ${pagerace_dirs})
endfunction()

function(pagerace_fuzzer binary target)
  cmake_parse_arguments(ARG "" "REVERT" "" ${ARGN})
  if(NOT ARG_REVERT)
    set(ARG_REVERT none)
  endif()
  if(NOT LIB_FUZZING_ENGINE)
    message(FATAL_ERROR "pagerace: ${binary} needs a fuzzing engine: clang, or "
                        "-DLIB_FUZZING_ENGINE=")
  endif()
  pagerace_variant_names(${target} ${ARG_REVERT})
  get_property(known GLOBAL PROPERTY PAGERACE_VARIANTS)
  if(NOT symbol IN_LIST known)
    message(FATAL_ERROR "pagerace: ${binary}: no target ${target} with revert "
                        "${ARG_REVERT}")
  endif()
  pagerace_binary(${binary} pagerace_fuzzer_part _fuzz ${symbol})
  target_link_libraries(${binary} PRIVATE ${LIB_FUZZING_ENGINE})
  if(CMAKE_CXX_COMPILER_LOADED)
    set_target_properties(${binary} PROPERTIES LINKER_LANGUAGE CXX)
  endif()
  pagerace_sibling(fuzzer_${symbol} ${binary})
  configure_file(${PAGERACE_ROOT}/fuzz/fuzzers/page_cache_fuzzer.options
                 ${CMAKE_CURRENT_BINARY_DIR}/${binary}.options COPYONLY)
endfunction()

set(PROGRAM_MACHINE ${PAGERACE_INCLUDES}/pagerace)
function(pagerace_program_command binary)
  pagerace_binary(${binary} pagerace_command_part "" ${ARGN})
  target_sources(${binary} PRIVATE $<TARGET_OBJECTS:pagerace_threads_part>)
  target_link_libraries(${binary} PRIVATE m)
endfunction()

function(pagerace_command binary)
  get_property(known GLOBAL PROPERTY PAGERACE_VARIANTS)
  if(NOT known)
    message(FATAL_ERROR "pagerace: ${binary}: no pagerace_target() before it")
  endif()
  pagerace_binary(${binary} pagerace_command_part "" ${known})
  target_link_libraries(${binary} PRIVATE m)
  pagerace_sibling(command ${binary})
endfunction()
