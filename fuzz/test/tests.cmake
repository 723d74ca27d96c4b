# SPDX-License-Identifier: MIT
#
# tests.cmake: one test binary per module, one named test per corpus file.

# Tests of the core and of the stub machine: no engine in sight.
add_library(core_tested OBJECT target/core/test/zone_picture.c
  target/core/test/xarray_model.c target/machine_stub.c ${core_sources})
target_include_directories(core_tested PRIVATE target/core target/core/test)
file(GLOB core_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/target/core/test/*_test.c)
foreach(source ${core_tests})
  get_filename_component(name ${source} NAME_WE)
  add_executable(core_${name} ${source} $<TARGET_OBJECTS:core_tested>)
  target_include_directories(core_${name} PRIVATE target/core target/core/test)
  target_compile_definitions(core_${name} PRIVATE
    CORE_SOURCE_DIR="${CMAKE_SOURCE_DIR}/target/core")
  target_link_libraries(core_${name} ${CMOCKA_LIBRARY})
  add_test(NAME core.${name} COMMAND core_${name})
endforeach()

set(corpus_env WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_test(NAME house.arrows ${corpus_env} COMMAND sh fuzz/test/arrows.sh)
add_test(NAME house.tidy ${corpus_env} COMMAND sh fuzz/test/tidy.sh)
# Labels. source: tells of files, whatever the build. long: searches, or waits.
set_tests_properties(house.arrows house.tidy PROPERTIES LABELS source)
add_test(NAME linux.reports ${corpus_env} COMMAND sh target/linux/test/reports.sh)
set_tests_properties(linux.reports PROPERTIES LABELS source)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
  add_test(NAME linux.sites ${corpus_env}
    COMMAND sh target/linux/test/sites.sh ${CMAKE_C_COMPILER} gcc clang-14)
  add_test(NAME linux.types ${corpus_env} COMMAND sh target/linux/test/types.sh)
  set_tests_properties(linux.sites linux.types
    PROPERTIES SKIP_RETURN_CODE 77 LABELS source)
  add_test(NAME linux.stub_ways ${corpus_env}
    COMMAND ${CMAKE_COMMAND} -E env CC=${CMAKE_C_COMPILER}
            sh target/linux/test/stub_ways.sh)
  set_tests_properties(linux.stub_ways
    PROPERTIES SKIP_RETURN_CODE 77 LABELS source)
  add_test(NAME linux.fetch ${corpus_env} COMMAND sh target/linux/test/fetch.sh)
  set_tests_properties(linux.fetch PROPERTIES SKIP_RETURN_CODE 77 LABELS source)
  add_test(NAME linux.prove ${corpus_env} COMMAND bash target/linux/test/prove.sh)
  set_tests_properties(linux.prove PROPERTIES LABELS source)
endif()
if(PAGERACE_LINUX)
  include(target/linux/test/tests.cmake)
endif()

# All that follows plays reverts.
if(NOT PAGERACE_REVERTS)
  return()
endif()

# Tests of sanitizers/ and fuzz/: each takes of the rooms, the engine and every
# target what it needs. What a sanitizer asks for nobody calls: it is always there.
add_library(tested STATIC)
pagerace_rooms(tested ${tested_rooms})
pagerace_variants(tested "" ${all_variants})
file(GLOB engine_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sanitizers/test/*_test.c
     ${CMAKE_SOURCE_DIR}/fuzz/*/test/*_test.c)
foreach(source ${engine_tests})
  get_filename_component(name ${source} NAME_WE)
  get_filename_component(folder ${source} DIRECTORY)
  get_filename_component(folder ${folder} DIRECTORY)
  get_filename_component(folder ${folder} NAME)
  set(test test_${folder}_${name})
  add_executable(${test} ${source})
  pagerace_rooms(${test}) # the checkers alone
  target_include_directories(${test} PRIVATE fuzz/test sanitizers/test)
  target_compile_definitions(${test} PRIVATE
    PAGERACE_CORPUS="${CMAKE_SOURCE_DIR}/corpus")
  target_link_libraries(${test} tested ${CMOCKA_LIBRARY})
  add_test(NAME ${folder}.${name} COMMAND ${test})
endforeach()

# What of c11.h C++ reads.
target_sources(test_engine_c11_test PRIVATE fuzz/engine/test/c11/stack.cc)

# Not in a library: AFL++ loads it, nothing else has it.
target_sources(test_fuzzers_afl_mutator_test PRIVATE ${fuzzers}/afl_mutator.c)

# All litmus tests, the kernel's too: minutes.
add_test(NAME memory.kernel_litmus ${corpus_env}
  COMMAND sh fuzz/memory/test/litmus.sh $<TARGET_FILE:test_memory_litmus_test>)
set_tests_properties(memory.kernel_litmus PROPERTIES SKIP_RETURN_CODE 77
  TIMEOUT 1800 LABELS long)

# What ThreadSanitizer is told; the test's own target is what it watches.
if(PAGERACE_TSAN)
  add_executable(test_order sanitizers/test/thread/order_test.c)
  pagerace_rooms(test_order ${tested_rooms})
  target_include_directories(test_order PRIVATE fuzz/test)
  target_compile_options(test_order PRIVATE -fsanitize=thread)
  pagerace_variants(test_order "" ${all_variants})
  target_link_libraries(test_order ${CMOCKA_LIBRARY})
  add_test(NAME sanitizers.order_test COMMAND test_order)
  set_tests_properties(sanitizers.order_test PROPERTIES ENVIRONMENT
    "TSAN_OPTIONS=halt_on_error=0:exitcode=0:suppress_equal_stacks=0:suppress_equal_addresses=0:log_path=/dev/null")
endif()

# What plain accesses are called; the test's own target makes them.
if(PAGERACE_PLAIN)
  add_executable(test_plain fuzz/engine/test/plain/plain_test.c)
  pagerace_rooms(test_plain ${tested_rooms})
  target_include_directories(test_plain PRIVATE fuzz/test)
  target_compile_options(test_plain PRIVATE ${plain_flags} ${plain_calls}
                                            ${plain_level})
  pagerace_variants(test_plain "" ${all_variants})
  target_link_libraries(test_plain ${CMOCKA_LIBRARY})
  add_test(NAME engine.plain_test COMMAND test_plain)
endif()

# What it finds; needs the stories.
if(PAGERACE_TSAN)
  add_test(NAME sanitizers.planted WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMAND sh fuzz/commands/test/planted.sh $<TARGET_FILE:pagerace>)
endif()

# Targets that crash, and the command and a fuzz target that have them.
foreach(name crasher wrecker)
  pagerace_target(${name} SOURCES fuzz/test/crashers/${name}.c
                  ABOUT "of the tests: see fuzz/test/crashers/${name}.c")
endforeach()
add_executable(pagerace_crashers)
pagerace_rooms(pagerace_crashers ${command_rooms})
pagerace_variants(pagerace_crashers "" crasher wrecker core
  core_free_without_tail core_late_head_read)
set(crashing_fuzzer)
if(LIB_FUZZING_ENGINE)
  set(crashing_fuzzer $<TARGET_FILE:page_cache_fuzzer_crasher>)
  foreach(name crasher wrecker)
    pagerace_fuzz_target(page_cache_fuzzer_${name}
                         ${fuzzers}/page_cache_fuzzer.c ${name})
  endforeach()
endif()
add_test(NAME command.crash ${corpus_env}
  COMMAND sh fuzz/commands/test/crash.sh $<TARGET_FILE:pagerace_crashers>
          ${crashing_fuzzer})

# Programs with threads, each with a mistake, and mended. Other builds have calls
# of their own in front of accesses.
if(CMAKE_C_COMPILER_ID MATCHES "Clang" AND NOT PAGERACE_PLAIN
   AND NOT CMAKE_C_FLAGS MATCHES "-fsanitize=")
  file(GLOB programs CONFIGURE_DEPENDS
       ${CMAKE_SOURCE_DIR}/target/examples/threads/*/*.c
       ${CMAKE_SOURCE_DIR}/target/examples/threads/*/*.cc
       ${CMAKE_SOURCE_DIR}/fuzz/threads/test/programs/*.c)
  foreach(source ${programs})
    string(REGEX REPLACE ".*/(wrong|correct|program)s?/(.*)\\.cc?$" "\\1_\\2" name ${source})
    if(name MATCHES "_cxx_wait$") # std::atomic::wait()
      pagerace_flags(${name} $<$<COMPILE_LANGUAGE:CXX>:-std=gnu++20>)
    endif()
    pagerace_program(${name} TARGET_ONLY SOURCES ${source}
                     ABOUT "see target/examples/threads/")
    list(APPEND example_programs ${name})
  endforeach()
  pagerace_program_command(pagerace_threads ${example_programs})
  set_target_properties(pagerace_threads PROPERTIES LINKER_LANGUAGE CXX)
  add_test(NAME threads.programs
    COMMAND sh ${CMAKE_SOURCE_DIR}/fuzz/threads/test/programs.sh
            $<TARGET_FILE:pagerace_threads> 2)

  # Libraries of others, where they can be had.
  add_test(NAME examples.real
    COMMAND bash ${CMAKE_SOURCE_DIR}/target/examples/real/test/real_test.sh
            $<TARGET_FILE:pagerace> ${CMAKE_C_COMPILER})
  set_tests_properties(examples.real PROPERTIES LABELS long TIMEOUT 1800 SKIP_RETURN_CODE 77)

  # ./build.sh bench threads: one program as it is, as a target, and native.
  set(bench ${CMAKE_SOURCE_DIR}/fuzz/threads/test/bench)
  pagerace_program(stack TARGET_ONLY SOURCES ${bench}/stack.c ABOUT "for bench threads")
  pagerace_target(stack_c11 SOURCES ${bench}/stack_c11.c ABOUT "for bench threads")
  pagerace_program_command(bench_threads stack stack_c11)
  add_library(bench_stack OBJECT ${bench}/stack.c)
  target_compile_definitions(bench_stack PRIVATE main=stack_main)
  add_executable(bench_threads_native ${bench}/native.c $<TARGET_OBJECTS:bench_stack>)
endif()

# Every kept program: as expected, four times over in one process; every story
# of a bug beside its golden trace; every file with its reasons.
file(GLOB corpus CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
     ${CMAKE_SOURCE_DIR}/corpus/clean/*.prog ${CMAKE_SOURCE_DIR}/corpus/seeds/*.prog
     ${CMAKE_SOURCE_DIR}/corpus/bugs/*/*.prog
     ${CMAKE_SOURCE_DIR}/corpus/mistakes/*/*.prog
     ${CMAKE_SOURCE_DIR}/corpus/barriers/*/*.prog)
if(PAGERACE_PLAIN)
  file(GLOB plain_corpus CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
       ${CMAKE_SOURCE_DIR}/corpus/plain/*/*.prog)
  list(APPEND corpus ${plain_corpus})
endif()
if(NOT PAGERACE_MISTAKES)
  list(FILTER corpus EXCLUDE REGEX "^corpus/(mistakes|barriers)/")
endif()
foreach(file ${corpus})
  string(REGEX REPLACE "^corpus/(.*)\\.prog$" "\\1" name ${file})
  string(REPLACE "/" "." name ${name})
  add_test(NAME corpus.${name} ${corpus_env}
    COMMAND $<TARGET_FILE:pagerace> run ${file} ${file} ${file} ${file})
  add_test(NAME reasons.${name} ${corpus_env}
    COMMAND sh fuzz/commands/test/reasons.sh ${file})
  set_tests_properties(reasons.${name} PROPERTIES LABELS source)
  list(APPEND command_tests corpus.${name})
  if(file MATCHES "^corpus/(bugs|barriers)/")
    add_test(NAME trace.${name} ${corpus_env}
      COMMAND sh fuzz/commands/test/golden.sh $<TARGET_FILE:pagerace> ${file})
  endif()
  if(file MATCHES "^corpus/(bugs|mistakes|barriers|plain)/" AND
     NOT file MATCHES "^corpus/bugs/treiber/")
    add_test(NAME unreverted.${name} ${corpus_env}
      COMMAND $<TARGET_FILE:pagerace> run --revert none ${file})
  endif()
endforeach()
add_test(NAME readme.mail ${corpus_env}
  COMMAND sh fuzz/commands/test/mail_table.sh $<TARGET_FILE:pagerace>)
add_test(NAME contract.files ${corpus_env}
  COMMAND python3 fuzz/oss-fuzz/test/contract/files.py .)
set_tests_properties(contract.files PROPERTIES SKIP_RETURN_CODE 99 LABELS source)
add_test(NAME contract.crash_states ${corpus_env}
  COMMAND python3 -B fuzz/oss-fuzz/test/contract/crash_states_test.py)
set_tests_properties(contract.crash_states PROPERTIES LABELS source)
# Each script of a room tests the command, but for those that others call.
file(GLOB scripts RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/fuzz/*/test/*.sh)
list(FILTER scripts EXCLUDE REGEX
     "^fuzz/(package|oss-fuzz|verbs|threads)/|/(golden|reasons|mail_table|planted|crash|fake_fuzzer|litmus)\\.sh$")
foreach(script ${scripts})
  get_filename_component(name ${script} NAME_WE)
  list(APPEND command_tests command.${name})
  add_test(NAME command.${name} ${corpus_env}
    COMMAND sh ${script} $<TARGET_FILE:pagerace>)
endforeach()
add_test(NAME package.patches ${corpus_env}
  COMMAND sh fuzz/package/test/patches.sh ${CMAKE_C_COMPILER})
add_test(NAME verbs.names ${corpus_env} COMMAND sh fuzz/verbs/test/names.sh)
add_test(NAME verbs.mutants ${corpus_env} COMMAND sh fuzz/verbs/test/mutants.sh)
set_tests_properties(package.patches verbs.names verbs.mutants PROPERTIES LABELS source)
set_tests_properties(verbs.mutants PROPERTIES SKIP_RETURN_CODE 77)
# Installed is what this build has made: not the archive of a sanitizer's.
if(CMAKE_C_COMPILER_ID MATCHES "Clang" AND NOT PAGERACE_PLAIN AND
   NOT CMAKE_C_FLAGS MATCHES "-fsanitize")
  add_test(NAME command.install ${corpus_env}
    COMMAND bash fuzz/package/test/install.sh $<TARGET_FILE:pagerace>
            ${CMAKE_C_COMPILER})
  set_tests_properties(command.install PROPERTIES TIMEOUT 1800 LABELS long)
endif()
# Looking for leaks takes a process ten times as long as all else: unit tests do.
set_tests_properties(${command_tests} command.crash PROPERTIES
  ENVIRONMENT ASAN_OPTIONS=detect_leaks=0)
set_tests_properties(command.html PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
set_tests_properties(command.crash command.format command.outputs
  engine.bail_test command.elsewhere command.triage command.campaign
  command.campaign_builds
  command.html explore.explore_brute_test
  explore.dpor_brute_test explore.dpor_core_test command.claims
  PROPERTIES LABELS long)
