# SPDX-License-Identifier: MIT
#
# tests.cmake: tests of the target linux; their names begin with linux.
#
# The target linux_tests is what they need.

add_custom_target(linux_tests DEPENDS pagerace)

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
  "$<FILTER:$<TARGET_OBJECTS:objects_linux>,INCLUDE,/glue/(memory|report|slab|stubs)\\.c\\.o$>")
get_property(options GLOBAL PROPERTY PAGERACE_LINK_OPTIONS_linux)
target_link_options(linux_xarray_test PRIVATE ${options}
  -Wl,--wrap=machine_alloc,--wrap=machine_free)
add_dependencies(linux_tests linux_xarray_test)
add_test(NAME linux.xarray COMMAND linux_xarray_test)
