# SPDX-License-Identifier: MIT
#
# install.cmake: what `cmake --install` puts where: the command, headers and a
# CMake package with which another project makes fuzz targets of its own.
#
# The engine is installed as an archive and as source. A sanitizer has to see
# how fibers switch and which memory is dead, so the package compiles the source
# with the flags of the project that uses it; the archive is for builds without.
#
#   component runtime      the command, its manual, completion
#   component development  all else
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package ${CMAKE_CURRENT_LIST_DIR})
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pagerace)
set(share_dir ${CMAKE_INSTALL_DATADIR}/pagerace)

# --------------------------------------------------------------------- sources

# The sources of each part as paths below share_dir, installed there.
function(package_sources part)
  set(names)
  foreach(file ${ARGN})
    get_filename_component(file ${file} ABSOLUTE BASE_DIR ${CMAKE_SOURCE_DIR})
    set(name fuzz/page.c)
    if(NOT file STREQUAL "${CMAKE_BINARY_DIR}/page.c")
      file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${file})
    endif()
    get_filename_component(folder ${name} DIRECTORY)
    install(FILES ${file} DESTINATION ${share_dir}/${folder}
            COMPONENT development)
    list(APPEND names ${name})
  endforeach()
  # What depends on machine and options is chosen by build_flags.cmake.
  list(FILTER names EXCLUDE REGEX "/(fiber_|plain)")
  set(package_${part} ${names} PARENT_SCOPE)
endfunction()

get_target_property(engine_files engine SOURCES)
get_target_property(sanitizers_files sanitizers SOURCES)
get_target_property(tools_files tools SOURCES)
package_sources(engine ${engine_files} ${sanitizers_files})
package_sources(fuzzer fuzz/page_cache_fuzzer.c ${fuzz_one_sources})
package_sources(command ${command_sources} ${tools_files})
package_sources(other
  fuzz/fiber_x86_64.S fuzz/fiber_aarch64.S fuzz/fiber_ucontext.c
  fuzz/plain.c fuzz/plain_sites.c fuzz/plain_symbols.c
  fuzz/variants.c.in fuzz/page_cache_fuzzer.options target/machine_stub.c)
foreach(folder fuzz sanitizers)
  install(DIRECTORY ${folder}/ DESTINATION ${share_dir}/${folder}
          COMPONENT development FILES_MATCHING PATTERN "*.h" PATTERN "*.def"
          PATTERN test EXCLUDE PATTERN show EXCLUDE PATTERN package EXCLUDE)
endforeach()

# --------------------------------------------------------------------- archive

# A fuzzing engine brings main(); without one the command's is taken.
add_library(pagerace_archive STATIC
  fuzz/page_cache_fuzzer.c fuzz/fuzz_one.c ${command_objects}
  $<TARGET_OBJECTS:engine> $<TARGET_OBJECTS:sanitizers>)
target_include_directories(pagerace_archive PRIVATE fuzz sanitizers)
set_target_properties(pagerace_archive PROPERTIES OUTPUT_NAME pagerace)
install(TARGETS pagerace_archive DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT development)
file(RELATIVE_PATH pc_prefix
     ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${package}/pagerace.pc.in ${CMAKE_BINARY_DIR}/pagerace.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/pagerace.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

# --------------------------------------------------------- headers and package

install(FILES target/machine.h target/machine_atomic.h target/machine_point.h
              target/machine_types.h target/machine_stub.h target/target.h
              target/operations.def fuzz/targets.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pagerace COMPONENT development)
set(include_dir ${CMAKE_INSTALL_INCLUDEDIR})
configure_package_config_file(
  ${package}/pageraceConfig.cmake.in ${CMAKE_BINARY_DIR}/pageraceConfig.cmake
  INSTALL_DESTINATION ${package_dir} PATH_VARS share_dir include_dir
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(
  ${CMAKE_BINARY_DIR}/pageraceConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_BINARY_DIR}/pageraceConfig.cmake
              ${CMAKE_BINARY_DIR}/pageraceConfigVersion.cmake
              ${package}/binaries.cmake fuzz/build_flags.cmake
              target/variants.cmake
        DESTINATION ${package_dir} COMPONENT development)
install(FILES ${package}/README.md LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)
install(FILES fuzz/FORMATS.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT runtime)
install(DIRECTORY target/examples/buffers COMPONENT development
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

# --------------------------------------------------------------------- command

install(TARGETS pagerace RUNTIME COMPONENT runtime)
if(NOT CMAKE_CROSSCOMPILING)
  add_custom_command(TARGET pagerace POST_BUILD
    COMMAND sh ${package}/man.sh $<TARGET_FILE:pagerace> ${PROJECT_VERSION}
            ${CMAKE_BINARY_DIR}/pagerace.1 VERBATIM)
  install(FILES ${CMAKE_BINARY_DIR}/pagerace.1
          DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT runtime)
endif()
install(FILES ${package}/pagerace.bash RENAME pagerace COMPONENT runtime
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
