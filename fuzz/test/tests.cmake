# SPDX-License-Identifier: MIT
#
# tests.cmake: one test binary per module, one named test per corpus file.

# Tests of the core and of the stub machine: no engine in sight.
file(GLOB core_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/target/core/test/*_test.c)
foreach(source ${core_tests})
  get_filename_component(name ${source} NAME_WE)
  add_executable(core_${name} ${source} target/core/test/zone_picture.c
    target/core/test/xarray_model.c target/machine_stub.c ${core_sources})
  target_include_directories(core_${name} PRIVATE target/core target/core/test)
  target_compile_definitions(core_${name} PRIVATE
    CORE_SOURCE_DIR="${CMAKE_SOURCE_DIR}/target/core")
  target_link_libraries(core_${name} ${CMOCKA_LIBRARY})
  add_test(NAME core.${name} COMMAND core_${name})
endforeach()

# Tests of sanitizers/ and fuzz/, with the engine and every target.
file(GLOB engine_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sanitizers/test/*_test.c
     ${CMAKE_SOURCE_DIR}/fuzz/test/*_test.c)
foreach(source ${engine_tests})
  get_filename_component(name ${source} NAME_WE)
  get_filename_component(folder ${source} DIRECTORY)
  get_filename_component(folder ${folder} DIRECTORY)
  get_filename_component(folder ${folder} NAME)
  set(test test_${folder}_${name})
  add_executable(${test} ${source} fuzz/text_line.c fuzz/text_parse.c
    fuzz/text_print.c fuzz/text_switch.c fuzz/trace.c fuzz/trace_table.c
    $<TARGET_OBJECTS:engine> $<TARGET_OBJECTS:sanitizers>)
  target_include_directories(${test} PRIVATE fuzz sanitizers fuzz/test
    sanitizers/test)
  pagerace_variants(${test} "" ${all_variants})
  target_link_libraries(${test} ${CMOCKA_LIBRARY})
  add_test(NAME ${folder}.${name} COMMAND ${test})
endforeach()
