# SPDX-License-Identifier: MIT
#
# binaries.cmake: the command, and a fuzz target for each that is hunted.

if(NOT PAGERACE_TOOLS)
  # What OSS-Fuzz ships: one fuzz target on the core as it is.
  set(VARIANT_ROWS_ESCAPED "VARIANT(core, \"none\", \"\", \"\", \"\", \"\")")
  configure_file(${PAGERACE_VARIANTS_IN} variants/page_cache_fuzzer.c @ONLY)
  set(alone $<TARGET_OBJECTS:objects_core>
            ${CMAKE_BINARY_DIR}/variants/page_cache_fuzzer.c)
  add_executable(page_cache_fuzzer ${fuzzers}/page_cache_fuzzer.c ${alone})
  pagerace_rooms(page_cache_fuzzer ${fuzzer_rooms})
  target_link_libraries(page_cache_fuzzer ${LIB_FUZZING_ENGINE})
  set_target_properties(page_cache_fuzzer PROPERTIES LINKER_LANGUAGE CXX)

  # And what makes its seeds; built apart, for the machine that builds.
  add_executable(encoder EXCLUDE_FROM_ALL ${alone})
  pagerace_rooms(encoder ${command_rooms})
  return()
endif()

add_executable(pagerace)
pagerace_rooms(pagerace ${command_rooms})
pagerace_variants(pagerace "" ${all_variants})
pagerace_sibling(command pagerace)

# pagerace_fuzz_target(BINARY SOURCE SYMBOL): with the engine it is built for.
function(pagerace_fuzz_target binary source symbol)
  add_executable(${binary} ${source})
  pagerace_rooms(${binary} ${fuzzer_rooms})
  pagerace_variants(${binary} "_fuzz" ${symbol})
  target_link_libraries(${binary} ${LIB_FUZZING_ENGINE})
  set_target_properties(${binary} PROPERTIES LINKER_LANGUAGE CXX)
endfunction()

# Of "core_late_head_read" and "linux_no_recheck", under PREFIX: their names.
function(pagerace_fuzzer_name prefix symbol out)
  set(name ${prefix}_fuzzer_${symbol})
  if(symbol STREQUAL core)
    set(name ${prefix}_fuzzer)
  elseif(symbol MATCHES "^linux")
    string(REGEX REPLACE "^linux" ${prefix}_linux_fuzzer name ${symbol})
  endif()
  set(${out} ${name} PARENT_SCOPE)
endfunction()

if(LIB_FUZZING_ENGINE)
  add_custom_target(fuzzers) # of all that is hunted; and of Linux alone
  add_custom_target(linux_fuzzers)
  add_dependencies(fuzzers linux_fuzzers)
  foreach(symbol ${hunted})
    pagerace_fuzzer_name(page_cache ${symbol} name)
    pagerace_fuzz_target(${name} ${fuzzers}/page_cache_fuzzer.c ${symbol})
    if(symbol MATCHES "^linux")
      add_dependencies(linux_fuzzers ${name})
    else()
      add_dependencies(fuzzers ${name})
    endif()
    pagerace_sibling(fuzzer_${symbol} ${name})
    configure_file(${fuzzers}/page_cache_fuzzer.options
                   ${CMAKE_BINARY_DIR}/${name}.options COPYONLY)
  endforeach()
  # A mutant: a fuzz target, and a command that plays what it finds.
  pagerace_fuzz_target(page_cache_fuzzer_mutant ${fuzzers}/page_cache_fuzzer.c
                       core_mutant)
  add_executable(pagerace_mutant)
  pagerace_rooms(pagerace_mutant ${command_rooms})
  pagerace_variants(pagerace_mutant "" core_mutant)
  set_target_properties(page_cache_fuzzer_mutant pagerace_mutant PROPERTIES
                        EXCLUDE_FROM_ALL TRUE)
  # One program over and over, on each target as it is.
  foreach(symbol core linux)
    pagerace_fuzzer_name(bench ${symbol} name)
    if(symbol IN_LIST hunted)
      pagerace_fuzz_target(${name} ${fuzzers}/bench_fuzzer.c ${symbol})
    endif()
  endforeach()
endif()

# The command of targets (symbols) that are programs with threads.
set(PROGRAM_MACHINE ${CMAKE_SOURCE_DIR}/target)
function(pagerace_program_command binary)
  add_executable(${binary})
  pagerace_rooms(${binary} ${command_rooms} threads)
  pagerace_variants(${binary} "" ${ARGN})
endfunction()

# The mutator for AFL++, with an engine and the target uninstrumented.
if(LIB_FUZZING_ENGINE AND PAGERACE_AFL)
  foreach(symbol ${hunted})
    set(name afl_mutator_${symbol})
    add_library(${name} MODULE EXCLUDE_FROM_ALL ${fuzzers}/afl_mutator.c)
    pagerace_rooms(${name} base program memory engine predict search)
    target_link_options(${name} PRIVATE -Wl,-Bsymbolic)
    pagerace_variants(${name} "" ${symbol})
    set_target_properties(${name} PROPERTIES PREFIX "")
  endforeach()
endif()
