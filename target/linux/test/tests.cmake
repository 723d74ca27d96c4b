# SPDX-License-Identifier: MIT
#
# tests.cmake: tests of the target linux; their names begin with linux.
#
# The target linux_tests is what they need.

add_custom_target(linux_tests DEPENDS pagerace)

# ------------------------------------------------------------------- programs

string(REGEX MATCH "^[0-9]+\\.[0-9]+" linux_series "${linux_version}")

# Schedules tried of each story: a look, where `run` without a limit searches.
set(schedules 1000)
file(GLOB stories RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/corpus/clean/*.prog)
foreach(file ${stories})
  get_filename_component(name ${file} NAME_WE)
  add_test(NAME linux.clean.${name} ${corpus_env}
    COMMAND $<TARGET_FILE:pagerace> run --target linux --revert none
            --schedules ${schedules} ${file})
endforeach()
add_test(NAME linux.determinism ${corpus_env}
  COMMAND $<TARGET_FILE:pagerace> determinism --target linux)
add_test(NAME linux.contig ${corpus_env}
  COMMAND sh target/linux/test/contig.sh $<TARGET_FILE:pagerace>)
add_test(NAME linux.daemons ${corpus_env}
  COMMAND sh target/linux/test/daemons.sh $<TARGET_FILE:pagerace>)
add_test(NAME linux.file ${corpus_env}
  COMMAND sh target/linux/test/file.sh $<TARGET_FILE:pagerace>)
if(has_maps)
  add_test(NAME linux.map ${corpus_env}
    COMMAND sh target/linux/test/map.sh $<TARGET_FILE:pagerace>)
  # kswapd of 6.1 does not come there in so small a memory.
  if(linux_series VERSION_GREATER 6.1)
    add_test(NAME linux.map_reclaim ${corpus_env}
      COMMAND sh target/linux/test/map_reclaim.sh $<TARGET_FILE:pagerace>)
  endif()
  # Its schedule is of 7.x, where a file that grows has zeros written behind its old end.
  if(NOT linux_series VERSION_LESS 7.0)
    add_test(NAME linux.map_grow ${corpus_env}
      COMMAND $<TARGET_FILE:pagerace> run target/linux/test/map_grow.prog)
  endif()
endif()
add_test(NAME linux.evict ${corpus_env}
  COMMAND sh target/linux/test/evict.sh $<TARGET_FILE:pagerace>)
add_test(NAME linux.large ${corpus_env}
  COMMAND sh target/linux/test/large.sh $<TARGET_FILE:pagerace>)
add_test(NAME linux.boosted ${corpus_env}
  COMMAND $<TARGET_FILE:pagerace> run target/linux/test/boosted.prog)
add_test(NAME linux.split ${corpus_env}
  COMMAND sh target/linux/test/split.sh $<TARGET_FILE:pagerace>)

# Its schedule is of 6.12, which warned there.
if(linux_series VERSION_EQUAL 6.12)
  add_test(NAME linux.huge_block ${corpus_env}
    COMMAND sh target/linux/test/reaches.sh $<TARGET_FILE:pagerace>
            target/linux/test/huge_block.prog
            isolate_single_pageblock free_pcppages_bulk)
endif()

# Stories of this target are told in the places of one version.
if(linux_series VERSION_EQUAL 6.1 AND linux_reverts AND
   NOT PAGERACE_LINUX_REVERTS)
  add_test(NAME linux.stories ${corpus_env}
    COMMAND sh target/linux/test/stories.sh $<TARGET_FILE:pagerace>
            corpus/bugs/linux)
  add_test(NAME linux.barriers ${corpus_env}
    COMMAND sh target/linux/test/stories.sh $<TARGET_FILE:pagerace>
            corpus/barriers/linux)
  add_test(NAME linux.rows ${corpus_env}
    COMMAND sh fuzz/show/test/rows.sh $<TARGET_FILE:pagerace>
            corpus/bugs/linux)
  add_test(NAME linux.findings ${corpus_env}
    COMMAND sh target/linux/test/findings.sh $<TARGET_FILE:pagerace>)
  add_test(NAME linux.gates ${corpus_env}
    COMMAND sh target/linux/test/gates.sh $<TARGET_FILE:pagerace>)
  add_test(NAME linux.throttle ${corpus_env}
    COMMAND sh target/linux/test/throttle.sh $<TARGET_FILE:pagerace>)
endif()
if(has_cma)
  add_test(NAME linux.cma ${corpus_env}
    COMMAND sh target/linux/test/reaches.sh $<TARGET_FILE:pagerace>
            target/linux/test/cma.prog cma_alloc cma_release)
  if(linux_reverts AND NOT PAGERACE_LINUX_REVERTS)
    add_test(NAME linux.stories ${corpus_env}
      COMMAND sh target/linux/test/stories.sh $<TARGET_FILE:pagerace>
              corpus/bugs/linux new)
  endif()
endif()
if(linux_series VERSION_GREATER 6.1 AND linux_reverts AND
   NOT PAGERACE_LINUX_REVERTS)
  add_test(NAME linux.told ${corpus_env}
    COMMAND sh target/linux/test/told.sh $<TARGET_FILE:pagerace>
            ${linux_version})
  if(linux_series VERSION_EQUAL 7.3)
    add_test(NAME linux.findings ${corpus_env}
      COMMAND sh target/linux/test/findings.sh $<TARGET_FILE:pagerace> new)
  endif()
endif()
if(PAGERACE_PLAIN)
  add_test(NAME linux.plain ${corpus_env}
    COMMAND sh target/linux/test/plain.sh $<TARGET_FILE:pagerace>)
  if(linux_series VERSION_EQUAL 6.1 AND linux_reverts)
    add_test(NAME linux.plain_stories ${corpus_env}
      COMMAND sh target/linux/test/stories.sh $<TARGET_FILE:pagerace>
              corpus/plain/linux)
  endif()
  # The others look at what is linked with no engine, or with inlining.
  return()
endif()

if(PAGERACE_TSAN)
  if(linux_series VERSION_EQUAL 6.1 AND linux_reverts)
    add_test(NAME linux.races ${corpus_env}
      COMMAND sh target/linux/test/races.sh $<TARGET_FILE:pagerace>)
  endif()
  # The others look at what is linked, and are the same in any build.
  return()
endif()
add_test(NAME linux.race_names ${corpus_env}
  COMMAND sh target/linux/test/race_names.sh ${PAGERACE_LINUX})

# ---------------------------------------------------- the kernel's own self-test

add_library(objects_linux_selftest OBJECT EXCLUDE_FROM_ALL
            ${PAGERACE_LINUX}/lib/test_xarray.c)
target_compile_options(objects_linux_selftest PRIVATE ${linux_flags}
                                                      -DCONFIG_PRINTK=1)
set(selftest ${CMAKE_BINARY_DIR}/linux/test_xarray.o)
add_custom_command(
  OUTPUT ${selftest}
  COMMAND ${PAGERACE_OBJCOPY} --globalize-symbol=xarray_checks
          --globalize-symbol=tests_run --globalize-symbol=tests_passed
          $<TARGET_OBJECTS:objects_linux_selftest> ${selftest}
  DEPENDS objects_linux_selftest $<TARGET_OBJECTS:objects_linux_selftest>
  VERBATIM)
set_source_files_properties(${selftest} PROPERTIES EXTERNAL_OBJECT TRUE
                                                   GENERATED TRUE)
add_executable(linux_xarray_test EXCLUDE_FROM_ALL
  target/linux/test/xarray_test.c target/machine_stub.c ${selftest}
  "$<FILTER:$<TARGET_OBJECTS:objects_linux>,INCLUDE,/lib/[^/]*\\.c\\.o$>"
  "$<FILTER:$<TARGET_OBJECTS:objects_linux>,INCLUDE,/glue/(compat|memory|report|slab|stubs)\\.c\\.o$>")
get_property(options GLOBAL PROPERTY PAGERACE_LINK_OPTIONS_linux)
target_link_options(linux_xarray_test PRIVATE ${options}
  -Wl,--wrap=machine_alloc,--wrap=machine_free)
add_dependencies(linux_tests linux_xarray_test)
add_test(NAME linux.xarray COMMAND linux_xarray_test)

# ------------------------------------------------- start-up without a scheduler

add_executable(linux_boot_test EXCLUDE_FROM_ALL
  target/linux/test/boot_test.c target/machine_stub.c
  ${CMAKE_BINARY_DIR}/variants/linux.o)
add_dependencies(linux_boot_test variant_linux)
target_link_options(linux_boot_test PRIVATE ${options})
target_link_libraries(linux_boot_test ${CMOCKA_LIBRARY})
add_dependencies(linux_tests linux_boot_test)
add_test(NAME linux.boot COMMAND linux_boot_test)

# Names from the debug information, of each version.
add_executable(linux_spell_test EXCLUDE_FROM_ALL
  target/linux/test/spell_test.c target/machine_stub.c
  ${CMAKE_BINARY_DIR}/variants/linux.o)
add_dependencies(linux_spell_test variant_linux)
file(STRINGS ${PAGERACE_LINUX}/include/linux/pageblock-flags.h isolated_bit
  REGEX "define PAGEBLOCK_ISO_MASK")
if(isolated_bit)
  target_compile_definitions(linux_spell_test PRIVATE BLOCKS_HAVE_ISOLATED_BIT)
endif()
target_link_options(linux_spell_test PRIVATE ${options})
target_link_libraries(linux_spell_test ${CMOCKA_LIBRARY})
add_dependencies(linux_tests linux_spell_test)
add_test(NAME linux.spell COMMAND linux_spell_test)

# ------------------------------------------------------------------ the build

set(reviewed target/linux/test/stubs-${linux_series}.txt)
if(EXISTS ${CMAKE_SOURCE_DIR}/${reviewed})
  add_test(NAME linux.stubs ${corpus_env}
    COMMAND sh target/linux/test/stubs.sh ${reviewed}
            ${CMAKE_BINARY_DIR}/variants/linux.o.tmp.stubs)
endif()
set(reviewed target/linux/test/ways-${linux_series}.txt)
if(EXISTS ${CMAKE_SOURCE_DIR}/${reviewed})
  add_test(NAME linux.ways ${corpus_env}
    COMMAND sh target/linux/test/ways.sh ${reviewed}
            ${CMAKE_BINARY_DIR}/variants/linux.o
            ${CMAKE_BINARY_DIR}/variants/linux.o.tmp.stubs)
endif()
if(PAGERACE_SPATCH)
  add_test(NAME linux.reverts ${corpus_env}
    COMMAND sh target/linux/test/reverts.sh ${PAGERACE_LINUX})
endif()
