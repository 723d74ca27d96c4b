# SPDX-License-Identifier: MIT
#
# targets.cmake: the targets, what was taken out of them, and mistakes in them.

file(GLOB core_sources CONFIGURE_DEPENDS target/core/*.c)
list(TRANSFORM core_sources REPLACE "^.*/target/core/" "target/core/")
set_source_files_properties(target/core/check.c PROPERTIES COMPILE_OPTIONS
                            "${uninstrumented}")

if(NOT PAGERACE_TOOLS) # what OSS-Fuzz ships: the core as it is
  pagerace_objects(objects_core core ${core_sources})
  return()
endif()

pagerace_target(core SOURCES ${core_sources}
                ABOUT "page allocator and page cache, as they are")
if(PAGERACE_REVERTS)
  pagerace_revert(core free-without-tail)
  pagerace_revert(core late-head-read)
  pagerace_revert(core no-recheck)
  pagerace_revert(core no-grace-period)
  pagerace_revert(core section-in-two)
  pagerace_revert(core look-before-joining)
  pagerace_revert(core unwound-at-once)
  pagerace_revert(core stale-after-wait)
  pagerace_revert(core flag-before-contents)
  pagerace_revert(core index-cleared)
  pagerace_revert(core root-left-behind)
  pagerace_revert(core lookup-without-retry)
  pagerace_revert(core truncate-without-waiting)
  pagerace_revert(core allocation-without-drain)
endif()
pagerace_target(treiber SOURCES target/examples/treiber.c
                ABOUT "example: a lock-free free list with the ABA bug")
pagerace_target(hazards SOURCES target/examples/hazards.c
                ABOUT "example: a lock-free free list with hazard pointers")
pagerace_target(mcs SOURCES target/examples/mcs.c
                ABOUT "example: a free list under a queue lock of swaps alone")
pagerace_target(grace SOURCES target/examples/grace.c
                ABOUT "example: a table with RCU of its own")
pagerace_target(ring SOURCES target/examples/ring.c
                ABOUT "example: a ring of 16 slots before a stack")
pagerace_target(queue SOURCES target/examples/queue.c
                ABOUT "example: a queue with operations and a model of its own")
pagerace_target(boxes SOURCES target/examples/boxes.c
                ABOUT "example: numbers that are lent, with handles of its own")
pagerace_target(seqlock SOURCES target/examples/seqlock.c
                ABOUT "example: two numbers under a sequence counter")
pagerace_target(publish SOURCES target/examples/publish.c
                ABOUT "example: settings that are replaced as a whole")
pagerace_target(deque SOURCES target/examples/deque.c
                ABOUT "example: a work-stealing deque before a stack")
if(PAGERACE_REVERTS)
  pagerace_revert(seqlock reader-without-rmb
                  PATCH target/examples/reader-without-rmb.patch)
  pagerace_revert(publish pointer-without-release
                  PATCH target/examples/pointer-without-release.patch)
  pagerace_revert(deque take-without-fence
                  PATCH target/examples/take-without-fence.patch)
  pagerace_revert(hazards no-second-look
                  PATCH target/examples/no-second-look.patch)
  pagerace_revert(mcs usurper-ignored
                  PATCH target/examples/usurper-ignored.patch)
  pagerace_revert(grace turns-at-once
                  PATCH target/examples/turns-at-once.patch)
  pagerace_revert(ring tail-before-slot
                  PATCH target/examples/tail-before-slot.patch)
  pagerace_revert(queue linked-at-the-tail
                  PATCH target/examples/linked-at-the-tail.patch)
  pagerace_revert(boxes emptied-too-late
                  PATCH target/examples/emptied-too-late.patch)
endif()
if(PAGERACE_LINUX)
  include(target/linux/linux.cmake)
endif()
if(PAGERACE_MISTAKES)
  file(GLOB mistakes CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/target/mistakes
       target/mistakes/*.patch)
  foreach(mistake ${mistakes})
    string(REPLACE ".patch" "" mistake ${mistake})
    pagerace_mistake(core ${mistake})
  endforeach()
  file(GLOB barriers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/target/barriers
       target/barriers/*.patch)
  foreach(barrier ${barriers})
    string(REPLACE ".patch" "" barrier ${barrier})
    pagerace_mistake(core ${barrier} FOLDER target/barriers)
    pagerace_variant_names(core ${barrier})
    list(APPEND barriers_symbols ${symbol})
  endforeach()
endif()

get_property(all_variants GLOBAL PROPERTY PAGERACE_VARIANTS)
get_property(mistakes GLOBAL PROPERTY PAGERACE_MISTAKES)
set(hunted ${all_variants})
if(mistakes)
  list(REMOVE_ITEM hunted ${mistakes})
  list(APPEND hunted ${barriers_symbols})
endif()

# Behind the list: nothing has it but its own binaries.
pagerace_mutant(core)
