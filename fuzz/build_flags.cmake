# SPDX-License-Identifier: MIT
#
# build_flags.cmake: what this compiler and machine want of every file of ours.
#
# Read by the build and, installed, by projects with targets of their own.
#
#   PAGERACE_DEFINITIONS, PAGERACE_OPTIONS   for all files of ours
#   uninstrumented                           for what is not fuzzed itself
#   plain_flags, plain_calls, plain_level    for targets, if PAGERACE_PLAIN
#   fiber_backend                            the source of fibers, in fuzz/
#   one_unit                                 properties of a room's library
#   pagerace_units(file...)                  of many rooms' in one library
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)

set(PAGERACE_DEFINITIONS _GNU_SOURCE)
set(PAGERACE_OPTIONS)

# A room is compiled in one go, which takes a fifth of the time; its sources, each
# for itself, if PAGERACE_UNITS is on (or CMake knows no UNITY_BUILD_MODE).
set(one_unit UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
if(PAGERACE_UNITS OR CMAKE_VERSION VERSION_LESS 3.18)
  set(one_unit UNITY_BUILD OFF)
endif()

function(pagerace_units)
  foreach(file ${ARGN})
    get_filename_component(room ${file} DIRECTORY)
    if(NOT room MATCHES "/commands$")
      set_source_files_properties(${file} PROPERTIES UNITY_GROUP ${room})
    endif()
  endforeach()
endfunction()

# The harness is not what is fuzzed: its edges would only swell the corpus.
check_c_compiler_flag(-fno-sanitize-coverage=edge PAGERACE_CAN_UNINSTRUMENT)
set(uninstrumented)
if(PAGERACE_CAN_UNINSTRUMENT)
  set(uninstrumented
    -fno-sanitize-coverage=edge,bb,func,indirect-calls,trace-cmp,trace-div,trace-gep,trace-pc-guard,inline-8bit-counters,pc-table,stack-depth)
endif()

# ThreadSanitizer is to see tasks of targets and nothing else: only targets are
# instrumented, and whoever tells it about tasks knows by PAGERACE_TSAN.
check_c_source_compiles("
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
int main(void) { return 0; }
#endif
#endif
#ifdef __SANITIZE_THREAD__
int main(void) { return 0; }
#endif
" PAGERACE_TSAN)
if(PAGERACE_TSAN)
  list(APPEND PAGERACE_DEFINITIONS PAGERACE_TSAN)
  list(APPEND PAGERACE_OPTIONS -fno-sanitize=thread)
endif()

# Names of functions are those of the source if nothing is inlined.
if(PAGERACE_PLAIN)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "PAGERACE_PLAIN needs clang: ${CMAKE_C_COMPILER} has no "
                        "-fsanitize-coverage=trace-loads,trace-stores")
  endif()
  list(APPEND PAGERACE_DEFINITIONS PAGERACE_PLAIN)
  set(plain_flags -O1 -fno-inline)
  set(plain_calls "SHELL:-Xclang -fsanitize-coverage-trace-loads"
                  "SHELL:-Xclang -fsanitize-coverage-trace-stores")
  # Without coverage there is no level of it: functions' will do.
  set(plain_level "SHELL:-Xclang -fsanitize-coverage-type=1")
endif()

# What the compiler builds for, flags included: -m32, --target.
if(NOT PAGERACE_FIBERS)
  set(PAGERACE_FIBERS ucontext)
  foreach(machine x86_64 aarch64)
    check_c_source_compiles("
#if !defined(__${machine}__) || defined(__ILP32__)
#error another machine
#endif
int main(void) { return 0; }
" PAGERACE_IS_${machine})
    if(PAGERACE_IS_${machine})
      set(PAGERACE_FIBERS ${machine})
    endif()
  endforeach()
endif()
if(PAGERACE_FIBERS STREQUAL ucontext)
  set(fiber_backend fiber_ucontext.c)
else()
  set(fiber_backend fiber_${PAGERACE_FIBERS}.S)
endif()
