# SPDX-License-Identifier: MIT
#
# patch.cmake: what a patch says: its head, and which files it touches.
#
# Patches are read as `patch -p1` reads them; git's, and those of `diff -u a/F b/F`,
# which has dates behind the names, with line ends of either kind.

# Value of a header line "Key: value" of a patch.
function(pagerace_patch_header patch key out)
  file(STRINGS ${patch} line REGEX "^${key}:" LIMIT_COUNT 1)
  string(REGEX REPLACE "^${key}: *" "" line "${line}")
  string(REPLACE "\"" "'" line "${line}")
  set(${out} "${line}" PARENT_SCOPE)
endfunction()

# What a revert is about: its head says so, as ours or git's, or else its text.
function(pagerace_patch_about patch out)
  pagerace_patch_header(${patch} About about)
  if(NOT about)
    pagerace_patch_header(${patch} Subject about)
    string(REGEX REPLACE "^\\[[^]]*\\] *" "" about "${about}")
  endif()
  if(NOT about)
    file(STRINGS ${patch} lines LIMIT_COUNT 20)
    foreach(line ${lines})
      if(line MATCHES "^(---|diff |index )")
        break()
      endif()
      if(line MATCHES "[A-Za-z]" AND NOT line MATCHES "^([A-Za-z-]+:|From |commit )")
        string(STRIP "${line}" about)
        break()
      endif()
    endforeach()
  endif()
  if(NOT about)
    get_filename_component(file ${patch} NAME)
    set(about "(no About: line in ${file})")
  endif()
  string(REGEX REPLACE "[\"\\]" "'" about "${about}")
  set(${out} "${about}" PARENT_SCOPE)
endfunction()

# Say what is wrong with the line of the patch in which ${lead} ends.
function(pagerace_patch_wrong patch lead what)
  string(REGEX MATCHALL "\n" lines "${lead}")
  list(LENGTH lines line)
  message(FATAL_ERROR "pagerace: ${patch}:${line}: ${what}")
endfunction()

# The files that a patch of target NAME touches, all of them in these folders.
function(pagerace_patch_files patch name out)
  if(NOT EXISTS ${patch} OR IS_DIRECTORY ${patch})
    message(FATAL_ERROR "pagerace: ${patch}: no such patch, for target ${name}")
  endif()
  file(READ ${patch} text)
  string(REPLACE "\r\n" "\n" text "\n${text}")
  string(REPLACE ";" "," text "${text}") # no name has one; lists are apart by it
  set(head "\n--- [^\n]*\n\\+\\+\\+ [^\n]*\n@@ ")
  string(REGEX MATCHALL "${head}" heads "${text}")
  if(NOT heads)
    message(FATAL_ERROR "pagerace: ${patch}: no lines \"--- a/FILE\", \"+++ b/FILE\", "
                        "\"@@ ... @@\": not a patch as diff -u makes it")
  endif()
  set(touched)
  foreach(head ${heads})
    string(FIND "${text}" "${head}" at)
    string(SUBSTRING "${text}" 0 ${at} lead)
    string(REGEX REPLACE "^.*\n\\+\\+\\+ ([^\n\t]*).*$" "\\1" file "${head}")
    string(REGEX REPLACE " +$" "" file "${file}")
    set(said "+++ ${file}")
    set(lead "${lead}\n\n")
    if(NOT file MATCHES "^[^/]+/.")
      pagerace_patch_wrong(${patch} "${lead}" "\"${said}\": expected \"+++ b/FILE\" with \
FILE as it is called in ${PROJECT_SOURCE_DIR}, as patch -p1 wants it")
    endif()
    string(REGEX REPLACE "^[^/]+/(.*)$" "\\1" file "${file}")
    get_filename_component(folder ${PROJECT_SOURCE_DIR}/${file} DIRECTORY)
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${folder})
    if(NOT folder)
      set(folder .)
    endif()
    if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${file})
      pagerace_patch_wrong(${patch} "${lead}" "\"${said}\": there is no ${file} in \
${PROJECT_SOURCE_DIR}; expected \"+++ b/FILE\", as patch -p1 wants it")
    endif()
    if(NOT folder IN_LIST ARGN)
      string(REPLACE ";" ", " folders "${ARGN}")
      pagerace_patch_wrong(${patch} "${lead}" "${file} is not beside a source of \
${name}; its folders: ${folders}")
    endif()
    list(APPEND touched ${file})
  endforeach()
  set(${out} ${touched} PARENT_SCOPE)
endfunction()
