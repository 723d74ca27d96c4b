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

# The sources of these rooms, as paths below share_dir.
function(package_sources part)
  set(names)
  foreach(room ${ARGN})
    get_target_property(files ${room} SOURCES)
    foreach(file ${files})
      get_filename_component(file ${file} ABSOLUTE BASE_DIR ${CMAKE_SOURCE_DIR})
      string(REPLACE ${CMAKE_BINARY_DIR} fuzz/show file ${file})
      string(REPLACE ${CMAKE_SOURCE_DIR}/ "" file ${file})
      list(APPEND names ${file})
    endforeach()
  endforeach()
  # What depends on machine and options is chosen by build_flags.cmake.
  list(FILTER names EXCLUDE REGEX ${PAGERACE_APART})
  set(package_${part} ${names} PARENT_SCOPE)
endfunction()

set(package_rooms)
set(parts base program memory engine show predict search fuzzers explore gates replay minimize systematic findings
          compare bench commands)
foreach(room ${parts})
  list(APPEND package_rooms fuzz/${room})
  if(room STREQUAL "fuzzers") # a variable is called so, too
    package_sources(fuzzer room_fuzzers)
  elseif(room IN_LIST fuzzer_rooms)
    list(APPEND engine_rooms room_${room})
  else()
    list(APPEND above_rooms room_${room})
  endif()
endforeach()
package_sources(engine ${engine_rooms} sanitizers)
package_sources(command ${above_rooms})
package_sources(threads room_threads)
list(APPEND package_rooms fuzz/threads)
list(APPEND package_fuzzer fuzz/fuzzers/page_cache_fuzzer.c)
install(DIRECTORY fuzz sanitizers DESTINATION ${share_dir}
        COMPONENT development FILES_MATCHING PATTERN "*.[chS]" PATTERN "*.def"
        PATTERN variants.c.in PATTERN page_cache_fuzzer.options
        PATTERN threads/*.awk PATTERN threads/link.sh PATTERN threads/calls.list
        PATTERN threads/program.ld PATTERN threads/programs.cmake PATTERN threads/README.md
        PATTERN test EXCLUDE PATTERN page EXCLUDE PATTERN package EXCLUDE
        PATTERN oss-fuzz EXCLUDE PATTERN verbs EXCLUDE
        PATTERN afl_mutator.* EXCLUDE PATTERN bench_fuzzer.* EXCLUDE)
install(FILES ${CMAKE_BINARY_DIR}/page.c DESTINATION ${share_dir}/fuzz/show
        COMPONENT development)
install(FILES target/machine_stub.c DESTINATION ${share_dir}/target
        COMPONENT development)

# --------------------------------------------------------------------- archive

# A fuzzing engine brings main(); without one the command's is taken.
add_library(pagerace_archive STATIC ${fuzzers}/page_cache_fuzzer.c)
pagerace_rooms(pagerace_archive fuzzers ${command_rooms})
set_target_properties(pagerace_archive PROPERTIES OUTPUT_NAME pagerace)
# And for programs with threads, which pagerace-cc makes.
add_library(pagerace_threads_archive STATIC $<TARGET_OBJECTS:room_threads>)
set_target_properties(pagerace_threads_archive PROPERTIES OUTPUT_NAME pagerace_threads)
configure_file(${package}/pagerace-cc.in ${CMAKE_BINARY_DIR}/pagerace-cc @ONLY)
foreach(name pagerace-cc pagerace-c++)
  install(PROGRAMS ${CMAKE_BINARY_DIR}/pagerace-cc RENAME ${name}
          DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT development)
endforeach()
install(TARGETS pagerace_archive pagerace_threads_archive DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT development)
file(RELATIVE_PATH pc_prefix
     ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${package}/pagerace.pc.in ${CMAKE_BINARY_DIR}/pagerace.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/pagerace.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

# --------------------------------------------------------- headers and package

install(FILES target/machine.h target/machine_atomic.h target/machine_point.h
              target/machine_types.h target/machine_mutex.h target/machine_gates.h
              target/machine_stub.h target/target.h target/target_ask.h
              target/target_position.h target/target_sites.h target/c11.h target/c11_thread.h
              target/operations.def fuzz/program/targets.h
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
              target/variants.cmake target/patch.cmake target/apply.cmake
        DESTINATION ${package_dir} COMPONENT development)
install(FILES ${package}/README.md LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)
install(FILES fuzz/FORMATS.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT runtime)
install(DIRECTORY target/examples/buffers COMPONENT development
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES target/examples/queue.c target/examples/boxes.c COMPONENT development
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
