# SPDX-License-Identifier: MIT
#
# variants.cmake: targets, reverts and mistakes, as objects that can share a binary.
#
# Two variants of one target have the same symbols. Each is linked for itself
# (ld -r), then everything in it but its struct target is made local, and what
# is left, with the section of sites, gets a name of its own. What the patch of
# a revert does not touch is compiled once. Installed, it does the same for
# targets of other projects.
#
#   pagerace_target(NAME SOURCES file...)        a target as it is
#   pagerace_revert(NAME REVERT)                 and without one repair
#   pagerace_mistake(NAME MISTAKE)               with a mistake of ours in it
#   pagerace_mutant(NAME)                        its sources, to be changed
#   pagerace_variants(BINARY SUFFIX symbol...)   link these into BINARY; SUFFIX
#                                                _fuzz: the instrumented ones

find_program(PAGERACE_OBJCOPY NAMES objcopy llvm-objcopy)
find_program(PAGERACE_LD NAMES ld.bfd ld)
find_program(PAGERACE_PATCH NAMES patch)
include(${CMAKE_CURRENT_LIST_DIR}/patch.cmake)
set(PAGERACE_APPLY ${CMAKE_CURRENT_LIST_DIR}/apply.cmake)

# Objects of SOURCES, once as they are and once instrumented, if asked for.
function(pagerace_objects name target)
  add_library(${name} OBJECT ${ARGN})
  add_library(${name}_fuzz OBJECT EXCLUDE_FROM_ALL ${ARGN})
  get_property(flags GLOBAL PROPERTY PAGERACE_FLAGS_${target})
  foreach(objects ${name} ${name}_fuzz)
    target_include_directories(${objects} PRIVATE ${PAGERACE_INCLUDES})
    target_compile_definitions(${objects} PRIVATE ${PAGERACE_DEFINITIONS})
  endforeach()
  target_compile_options(${name} PRIVATE ${flags})
  target_compile_options(${name}_fuzz PRIVATE ${coverage_flags} ${flags})
  if(PAGERACE_PLAIN)
    target_compile_options(${name} PRIVATE ${plain_flags} ${plain_calls}
                                           ${plain_level})
    target_compile_options(${name}_fuzz PRIVATE ${plain_flags} ${plain_calls})
  endif()
  if(PAGERACE_TSAN)
    target_compile_options(${name} PRIVATE -fsanitize=thread)
    target_compile_options(${name}_fuzz PRIVATE -fsanitize=thread)
  endif()
endfunction()

# The variant's file name, and its row in the list of variants.
macro(pagerace_variant_names target revert)
  set(variant ${target})
  if(NOT "${revert}" STREQUAL "none")
    set(variant "${target}-${revert}")
  endif()
  string(MAKE_C_IDENTIFIER "${variant}" symbol)
endmacro()

# Objects of target NAME are compiled with these flags, too.
function(pagerace_flags name)
  set_property(GLOBAL PROPERTY PAGERACE_FLAGS_${name} ${ARGN})
endfunction()

# ... and linked by a command of its own: COMMAND OUT object...
function(pagerace_linked_by name)
  set_property(GLOBAL PROPERTY PAGERACE_LINK_${name} ${ARGN})
endfunction()

# Binaries that hold it are linked with these.
function(pagerace_link_options name)
  set_property(GLOBAL PROPERTY PAGERACE_LINK_OPTIONS_${name} ${ARGN})
endfunction()

# Link objects (generator expressions) to ${variant}${suffix}.o.
function(pagerace_isolate target variant symbol suffix)
  set(out ${CMAKE_BINARY_DIR}/variants/${variant}${suffix}.o)
  get_property(link GLOBAL PROPERTY PAGERACE_LINK_${target})
  get_property(needs GLOBAL PROPERTY PAGERACE_LINK_NEEDS_${target})
  get_property(options GLOBAL PROPERTY PAGERACE_LINK_OPTIONS_${target})
  set_property(GLOBAL PROPERTY PAGERACE_OPTIONS_${symbol} ${options})
  if(NOT link)
    set(link ${PAGERACE_LD} -r --force-group-allocation -o)
  endif()
  # Sections of data that start and stop symbols speak of.
  set(rename)
  foreach(data linux_data linux_bss linux_percpu program_data program_bss)
    list(APPEND rename --rename-section ${data}=${data}_${symbol}
      --redefine-sym __start_${data}=__start_${data}_${symbol}
      --redefine-sym __stop_${data}=__stop_${data}_${symbol})
  endforeach()
  foreach(data .data.once .data..read_mostly .data..ro_after_init
          .data..cacheline_aligned .kernel_init.data .meminit.data)
    list(APPEND rename --rename-section ${data}=linux_data_${symbol})
  endforeach()
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${link} ${out}.tmp ${ARGN}
    COMMAND
      ${PAGERACE_OBJCOPY} --keep-global-symbol=target_${target}
      --keep-global-symbol=target_${symbol}
      --redefine-sym target_${target}=target_${symbol}
      --redefine-sym __start_machine_sites=__start_sites_${symbol}
      --redefine-sym __stop_machine_sites=__stop_sites_${symbol}
      --rename-section machine_sites=sites_${symbol} ${rename} ${out}.tmp ${out}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${out}.tmp
    DEPENDS ${ARGN} ${needs}
    COMMAND_EXPAND_LISTS VERBATIM)
  set_source_files_properties(${out} PROPERTIES EXTERNAL_OBJECT TRUE
                                                GENERATED TRUE)
  add_custom_target(variant_${symbol}${suffix} DEPENDS ${out})
  add_dependencies(variant_${symbol}${suffix} objects_${symbol}${suffix}
                   objects_${target}${suffix})
endfunction()

# Row of the list: symbol|revert|alias|about|sanitizer
macro(pagerace_register symbol revert alias about sanitizer)
  set_property(GLOBAL APPEND PROPERTY PAGERACE_VARIANTS "${symbol}")
  set_property(GLOBAL PROPERTY PAGERACE_ROW_${symbol}
    "${symbol}, \"${revert}\", \"${alias}\", \"${about}\", \"${sanitizer}\"")
  set_property(GLOBAL PROPERTY PAGERACE_FILE_${symbol} "${variant}")
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/variants)
endmacro()

function(pagerace_target name)
  cmake_parse_arguments(ARG "" "ABOUT" "SOURCES" ${ARGN})
  pagerace_variant_names(${name} none)
  pagerace_objects(objects_${symbol} ${name} ${ARG_SOURCES})
  set_property(GLOBAL PROPERTY PAGERACE_SOURCES_${name} ${ARG_SOURCES})
  foreach(suffix "" "_fuzz")
    pagerace_isolate(${name} ${variant} ${symbol} "${suffix}"
                     $<TARGET_OBJECTS:objects_${symbol}${suffix}>)
  endforeach()
  pagerace_register(${symbol} none "" "${ARG_ABOUT}" "")
endfunction()

# The folders that SOURCES lie in, relative to the project's.
function(pagerace_folders out)
  set(folders)
  foreach(source ${ARGN})
    get_filename_component(folder ${PROJECT_SOURCE_DIR}/${source} DIRECTORY)
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${folder})
    if(NOT folder)
      set(folder .)
    endif()
    list(APPEND folders ${folder})
  endforeach()
  list(REMOVE_DUPLICATES folders)
  set(${out} ${folders} PARENT_SCOPE)
endfunction()

function(pagerace_revert name revert)
  cmake_parse_arguments(ARG "" "PATCH" "" ${ARGN})
  set(patch ${PROJECT_SOURCE_DIR}/target/reverts/${revert}.patch)
  if(ARG_PATCH)
    get_filename_component(patch ${ARG_PATCH} ABSOLUTE)
  endif()
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY
    CMAKE_CONFIGURE_DEPENDS ${patch})
  get_property(sources GLOBAL PROPERTY PAGERACE_SOURCES_${name})
  pagerace_variant_names(${name} ${revert})
  set(tree ${CMAKE_BINARY_DIR}/reverts/${revert})
  pagerace_folders(folders ${sources})
  pagerace_patch_files(${patch} ${name} touched ${folders})

  # A header that is patched means everything anew, from a whole copy.
  set(patched ${touched})
  if(touched MATCHES "\\.h(;|$)")
    set(patched ${sources})
  endif()
  list(TRANSFORM patched PREPEND ${tree}/ OUTPUT_VARIABLE copies)
  set(inputs)
  set(copy)
  foreach(folder ${folders})
    file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.[ch])
    list(APPEND inputs ${files})
    list(APPEND copy
      COMMAND ${CMAKE_COMMAND} -E make_directory ${tree}/${folder}
      COMMAND ${CMAKE_COMMAND} -E copy ${files} ${tree}/${folder})
  endforeach()
  add_custom_command(
    OUTPUT ${copies}
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${tree}
    ${copy}
    COMMAND ${CMAKE_COMMAND} -DTOOL=${PAGERACE_PATCH} -DPATCH=${patch}
            -DTREE=${tree} "-DWHAT=target ${name}, revert ${revert}"
            -P ${PAGERACE_APPLY}
    DEPENDS ${patch} ${inputs} ${PAGERACE_APPLY}
    VERBATIM)
  add_custom_target(patch_${symbol} DEPENDS ${copies})
  pagerace_objects(objects_${symbol} ${name} ${copies})
  foreach(suffix "" "_fuzz")
    add_dependencies(objects_${symbol}${suffix} patch_${symbol})
    foreach(folder ${folders})
      target_include_directories(objects_${symbol}${suffix} BEFORE PRIVATE
        ${tree}/${folder})
    endforeach()
    target_compile_options(objects_${symbol}${suffix} PRIVATE
      -Wno-unused-function)
    set(objects $<TARGET_OBJECTS:objects_${symbol}${suffix}>)
    if(NOT touched MATCHES "\\.h(;|$)")
      set(rest $<TARGET_OBJECTS:objects_${name}${suffix}>)
      foreach(file ${touched})
        get_filename_component(stem ${file} NAME)
        string(REPLACE "." "\\." stem "${stem}")
        set(rest "$<FILTER:${rest},EXCLUDE,/${stem}\\.o$>")
      endforeach()
      list(APPEND objects "${rest}")
    endif()
    pagerace_isolate(${name} ${variant} ${symbol} "${suffix}" ${objects})
  endforeach()
  pagerace_patch_header(${patch} Alias alias)
  pagerace_patch_about(${patch} about)
  pagerace_patch_header(${patch} Sanitizer sanitizer)
  pagerace_register(${symbol} ${revert} "${alias}" "${about}" "${sanitizer}")
endfunction()

# Nobody hunts for it: it is there to be seen by one sanitizer.
function(pagerace_mistake name mistake)
  cmake_parse_arguments(ARG "" "FOLDER" "" ${ARGN})
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER target/mistakes)
  endif()
  pagerace_revert(${name} ${mistake}
    PATCH ${PROJECT_SOURCE_DIR}/${ARG_FOLDER}/${mistake}.patch)
  pagerace_variant_names(${name} ${mistake})
  set_property(GLOBAL APPEND PROPERTY PAGERACE_MISTAKES "${symbol}")
endfunction()

# Its sources lie in ${CMAKE_BINARY_DIR}/mutant, a copy of the tree's: what changes
# them builds again what they touch, and nothing else. ./build.sh mutants does.
function(pagerace_mutant name)
  get_property(sources GLOBAL PROPERTY PAGERACE_SOURCES_${name})
  pagerace_variant_names(${name} mutant)
  set(tree ${CMAKE_BINARY_DIR}/mutant)
  pagerace_folders(folders ${sources})
  foreach(folder ${folders})
    file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.[ch])
    foreach(file ${files}) # a mutant's stays: older than its object, it would be neither
      get_filename_component(base ${file} NAME)
      if(NOT EXISTS ${tree}/${folder}/${base})
        file(COPY ${file} DESTINATION ${tree}/${folder})
      endif()
    endforeach()
  endforeach()
  list(TRANSFORM sources PREPEND ${tree}/)
  pagerace_objects(objects_${symbol} ${name} ${sources})
  set_target_properties(objects_${symbol} PROPERTIES EXCLUDE_FROM_ALL TRUE)
  foreach(suffix "" "_fuzz")
    foreach(folder ${folders})
      target_include_directories(objects_${symbol}${suffix} BEFORE PRIVATE
        ${tree}/${folder})
    endforeach()
    target_compile_options(objects_${symbol}${suffix} PRIVATE -w)
    pagerace_isolate(${name} ${variant} ${symbol} "${suffix}"
                     $<TARGET_OBJECTS:objects_${symbol}${suffix}>)
  endforeach()
  pagerace_register(${symbol} none "" "a mutant of ./build.sh mutants" "")
endfunction()

# The command, or the fuzz target of a variant, of this build: others look for
# BINARY beside themselves. Of two the later one.
if(NOT TARGET pagerace_siblings)
  add_library(pagerace_siblings INTERFACE IMPORTED)
endif()
function(pagerace_sibling what binary)
  set_property(TARGET pagerace_siblings PROPERTY INTERFACE_${what}
    $<TARGET_FILE_NAME:${binary}>)
endfunction()

# Give BINARY the named variants (symbols), and their list.
function(pagerace_variants binary suffix)
  set(VARIANT_ROWS_ESCAPED "")
  set(kind "${suffix}")
  if(NOT coverage_flags) # then both are alike
    set(suffix "")
  endif()
  foreach(symbol ${ARGN})
    get_property(row GLOBAL PROPERTY PAGERACE_ROW_${symbol})
    set(what fuzzer_${symbol})
    if(kind)
      set(what command)
    endif()
    set(sibling "$<GENEX_EVAL:$<TARGET_PROPERTY:pagerace_siblings,INTERFACE_${what}>>")
    string(APPEND VARIANT_ROWS_ESCAPED "VARIANT(${row}, \"${sibling}\") \\\n\t")
    add_dependencies(${binary} variant_${symbol}${suffix})
    get_property(options GLOBAL PROPERTY PAGERACE_OPTIONS_${symbol})
    target_link_options(${binary} PRIVATE ${options})
    get_property(variant GLOBAL PROPERTY PAGERACE_FILE_${symbol})
    target_sources(${binary} PRIVATE
      ${CMAKE_BINARY_DIR}/variants/${variant}${suffix}.o)
  endforeach()
  set(list ${CMAKE_BINARY_DIR}/variants/${binary}.c)
  configure_file(${PAGERACE_VARIANTS_IN} ${list}.in @ONLY)
  file(GENERATE OUTPUT ${list} INPUT ${list}.in)
  target_sources(${binary} PRIVATE ${CMAKE_BINARY_DIR}/variants/${binary}.c)
endfunction()
