# SPDX-License-Identifier: GPL-2.0
#
# reverts.cmake: the target linux without one repair, for each of reverts/*.cocci, or
# without one barrier, for each of barriers/*.cocci that catches something. Those that
# do not are built when PAGERACE_LINUX_REVERTS names them.
#
# edit.sh makes the files that a revert edits; they are compiled in place of the
# tree's. If one of them is a header, so is every file that speaks of what the
# revert's Through names, or everything, with that header in front.

find_program(PAGERACE_SPATCH NAMES spatch)

# Which of the target's files are compiled anew for a revert of @files.
function(pagerace_linux_anew patch out files result)
  pagerace_patch_header(${patch} Through through)
  string(REPLACE " " "|" through "${through}")
  if(through) # a file of ours may speak of it tomorrow
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY
      CMAKE_CONFIGURE_DEPENDS ${linux_glue})
  else()
    set(through .)
  endif()
  set(anew)
  foreach(source ${linux_sources})
    string(REPLACE "${linux_dir}/" "" file "${source}")
    string(REPLACE "${PAGERACE_LINUX}/" "" file "${file}")
    if(file IN_LIST files)
      list(APPEND anew ${out}/${file})
    elseif(files MATCHES "\\.h(;|$)")
      file(STRINGS ${source} spoken REGEX "${through}" LIMIT_COUNT 1)
      if(spoken)
        list(APPEND anew ${source})
      endif()
    endif()
  endforeach()
  set(${result} ${anew} PARENT_SCOPE)
endfunction()

# The files of a revert, by the names that the tree has: of a|b the first that is there.
function(pagerace_linux_files patch result)
  pagerace_patch_header(${patch} File entries)
  string(REPLACE " " ";" entries "${entries}")
  set(files)
  foreach(entry ${entries})
    string(REPLACE "|" ";" names "${entry}")
    list(GET names 0 file)
    foreach(name ${names})
      if(NOT EXISTS ${PAGERACE_LINUX}/${file} AND EXISTS ${PAGERACE_LINUX}/${name})
        set(file ${name})
      endif()
    endforeach()
    list(APPEND files ${file})
  endforeach()
  set(${result} ${files} PARENT_SCOPE)
endfunction()

function(pagerace_linux_revert revert patch)
  set(out ${CMAKE_BINARY_DIR}/reverts/linux-${revert})
  set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY
    CMAKE_CONFIGURE_DEPENDS ${patch})
  pagerace_linux_files(${patch} files)
  pagerace_patch_header(${patch} Until until)
  string(REGEX MATCH "^[0-9]+\\.[0-9]+" version "${linux_version}")
  if(until AND version VERSION_GREATER until)
    message(STATUS "target linux: no revert ${revert}: only up to ${until}")
    return()
  endif()
  pagerace_patch_header(${patch} Since since)
  if(since AND version VERSION_LESS since)
    message(STATUS "target linux: no revert ${revert}: only from ${since} on")
    return()
  endif()
  # A tree that nobody has tried may have the repair in another form.
  if(NOT version IN_LIST linux_tried)
    execute_process(
      COMMAND ${linux_dir}/edit.sh ${revert} ${PAGERACE_LINUX} ${out}
      RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    if(failed)
      message(STATUS "target linux: no revert ${revert}: nothing to take out")
      return()
    endif()
  endif()
  list(TRANSFORM files PREPEND ${out}/ OUTPUT_VARIABLE edited)
  set(ours ${edited})
  list(FILTER ours INCLUDE REGEX "/glue/")
  set_source_files_properties(${ours} PROPERTIES COMPILE_FLAGS "${glue_flags}")
  set(renamed ${edited}) # as linux.cmake does
  list(FILTER renamed INCLUDE REGEX "/mm/(memory|rmap)\\.c$")
  set_source_files_properties(${renamed} PROPERTIES
    COMPILE_FLAGS "${linux_maps_flags}")
  set(edits)
  foreach(file ${files})
    if(EXISTS ${PAGERACE_LINUX}/${file})
      list(APPEND edits ${PAGERACE_LINUX}/${file})
    else()
      list(APPEND edits ${linux_dir}/${file})
    endif()
  endforeach()
  add_custom_command(
    OUTPUT ${edited}
    COMMAND ${linux_dir}/edit.sh ${revert} ${PAGERACE_LINUX} ${out}
    DEPENDS ${patch} ${linux_dir}/edit.sh ${edits}
    VERBATIM)

  pagerace_linux_anew(${patch} ${out} "${files}" sources)
  if(NOT sources) # of mm/rmap.c, say, where files are not mapped
    message(STATUS "target linux: no revert ${revert}: what it edits is not linked in")
    return()
  endif()
  pagerace_variant_names(linux ${revert})
  add_custom_target(edit_${symbol} DEPENDS ${edited})
  pagerace_objects(objects_${symbol} linux ${sources})
  foreach(suffix "" "_fuzz")
    set(name objects_${symbol}${suffix})
    add_dependencies(${name} edit_${symbol})
    target_include_directories(${name} BEFORE PRIVATE ${out}/include)
    set(objects $<TARGET_OBJECTS:${name}>)
    set(rest $<TARGET_OBJECTS:objects_linux${suffix}>)
    foreach(file ${files})
      get_filename_component(folder ${file} DIRECTORY)
      if(folder MATCHES "^include/") # its neighbours are found by <...>
        continue()
      endif()
      target_compile_options(${name} PRIVATE
        "SHELL:-iquote ${PAGERACE_LINUX}/${folder}"
        "SHELL:-iquote ${linux_dir}/${folder}")
    endforeach()
    foreach(source ${sources})
      string(REGEX REPLACE ".*/([^/]*/[^/]*)$" "\\1" object "${source}")
      string(REPLACE "." "\\." object "${object}")
      set(rest "$<FILTER:${rest},EXCLUDE,/${object}\\.o$>")
    endforeach()
    pagerace_isolate(linux ${variant} ${symbol} "${suffix}" ${objects} "${rest}")
  endforeach()
  pagerace_patch_header(${patch} Alias alias)
  pagerace_patch_header(${patch} About about)
  pagerace_patch_header(${patch} Sanitizer sanitizer)
  pagerace_register(${symbol} ${revert} "${alias}" "${about}" "${sanitizer}")
endfunction()

set(linux_tried 6.1 6.12 7.2 7.3)
file(GLOB linux_reverts CONFIGURE_DEPENDS ${linux_dir}/reverts/*.cocci
     ${linux_dir}/barriers/*.cocci)
if(NOT PAGERACE_REVERTS)
  set(linux_reverts)
elseif(NOT PAGERACE_SPATCH)
  message(STATUS "target linux: no reverts: no spatch (package coccinelle)")
  set(linux_reverts)
endif()
foreach(patch ${linux_reverts})
  get_filename_component(revert ${patch} NAME_WE)
  pagerace_patch_header(${patch} Catches catches)
  if(revert IN_LIST PAGERACE_LINUX_REVERTS OR
     (NOT PAGERACE_LINUX_REVERTS AND catches))
    pagerace_linux_revert(${revert} ${patch})
  endif()
endforeach()
