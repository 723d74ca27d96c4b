# SPDX-License-Identifier: MIT
#
# apply.cmake: a patch applied to a copy of what it touches, or why it cannot be.
#
#   cmake -DTOOL=patch -DPATCH=FILE -DTREE=FOLDER -DWHAT=text -P apply.cmake

# In binary: sources whose lines end as on other systems stay so.
foreach(binary "" --binary)
  execute_process(
    COMMAND ${TOOL} -s -f -p1 --fuzz=0 --no-backup-if-mismatch --dry-run
            ${binary} -d ${TREE} -i ${PATCH}
    RESULT_VARIABLE failed OUTPUT_VARIABLE said_${binary} ERROR_VARIABLE said_${binary})
  if(NOT failed)
    execute_process(
      COMMAND ${TOOL} -s -f -p1 --fuzz=0 --no-backup-if-mismatch ${binary}
              -d ${TREE} -i ${PATCH}
      RESULT_VARIABLE failed OUTPUT_QUIET)
    break()
  endif()
endforeach()
if(failed)
  string(REPLACE "\n" "\n  " said "\n${said_}")
  message(FATAL_ERROR "pagerace: error: ${PATCH} does not apply to ${WHAT}:${said}")
endif()
