# SPDX-License-Identifier: MIT
#
# rooms.cmake: the rooms of fuzz/, each a library, one floor above the other.
#
# A room sees the rooms below it, the checkers and what targets see, and nothing
# else: an arrow upward does not compile. Sources are found by glob, so that a
# new file is no edit here; test/arrows.sh reads the floors from this list.

set(PAGERACE_ROOMS
  1:base 2:program 2:memory 3:engine 4:show 4:threads 4:predict 5:search 5:explore 5:gates 6:replay
  6:fuzzers
  7:minimize 7:systematic 8:findings 8:compare 9:bench 10:commands)

# What a fuzz target needs; what tests may use; the command has all but fuzzers.
set(fuzzer_rooms base program memory engine show predict search fuzzers)
set(tested_rooms base program memory engine show predict search explore gates replay fuzzers
                 minimize systematic findings compare bench)
set(command_rooms base program memory engine show predict search explore gates replay minimize systematic
                  findings compare bench commands)

set(engine ${CMAKE_SOURCE_DIR}/fuzz/engine)
set(fuzzers ${CMAKE_SOURCE_DIR}/fuzz/fuzzers)
set(PAGERACE_VARIANTS_IN ${CMAKE_SOURCE_DIR}/fuzz/program/variants.c.in)

# Not of every binary: one of them is chosen below, or it is a main program.
set(PAGERACE_APART "/(fiber_|plain|page_cache_fuzzer|bench_fuzzer|afl_mutator)")

set(room_dirs)
foreach(entry ${PAGERACE_ROOMS})
  string(REPLACE ":" ";" entry ${entry})
  list(GET entry 0 floor)
  list(GET entry 1 room)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/${room}/*.c)
  list(FILTER sources EXCLUDE REGEX ${PAGERACE_APART})
  add_library(room_${room} OBJECT EXCLUDE_FROM_ALL ${sources})
  set(room_${room}_floor ${floor})
  list(APPEND room_dirs ${CMAKE_CURRENT_LIST_DIR}/${room})
  foreach(other ${PAGERACE_ROOMS})
    string(REGEX MATCH "^([0-9]+):(.*)" other ${other})
    if(CMAKE_MATCH_1 LESS floor OR CMAKE_MATCH_2 STREQUAL room)
      target_include_directories(room_${room} PRIVATE fuzz/${CMAKE_MATCH_2})
    endif()
  endforeach()
  target_include_directories(room_${room} PRIVATE sanitizers)
  if(NOT room STREQUAL commands) # each is a main of its own
    set_target_properties(room_${room} PROPERTIES ${one_unit})
  endif()
  target_compile_options(room_${room} PRIVATE ${uninstrumented})
endforeach()

target_compile_definitions(room_commands PRIVATE
  PAGERACE_VERSION="${PROJECT_VERSION}")

# Stacks for this machine; plain accesses if they are asked for.
target_sources(room_engine PRIVATE ${engine}/${fiber_backend})
if(PAGERACE_PLAIN)
  file(GLOB sources CONFIGURE_DEPENDS ${engine}/plain*.c)
  target_sources(room_engine PRIVATE ${sources})
endif()

# The page that show --html writes, as C arrays.
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/show/page/*)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/page.c
  COMMAND ${CMAKE_COMMAND} -DOUT=${CMAKE_BINARY_DIR}/page.c
          -P ${CMAKE_CURRENT_LIST_DIR}/show/page/embed.cmake
  DEPENDS ${sources})
target_sources(room_show PRIVATE ${CMAKE_BINARY_DIR}/page.c)

file(GLOB sources CONFIGURE_DEPENDS sanitizers/*.c)
add_library(sanitizers OBJECT EXCLUDE_FROM_ALL ${sources})
target_include_directories(sanitizers PRIVATE sanitizers)
set_target_properties(sanitizers PROPERTIES ${one_unit})
target_compile_options(sanitizers PRIVATE ${uninstrumented})

# BINARY is made of these rooms, the checkers, and what else it has. (m: bench/)
function(pagerace_rooms binary)
  foreach(room ${ARGN})
    target_sources(${binary} PRIVATE $<TARGET_OBJECTS:room_${room}>)
  endforeach()
  target_sources(${binary} PRIVATE $<TARGET_OBJECTS:sanitizers>)
  target_include_directories(${binary} PRIVATE ${room_dirs} sanitizers)
  target_link_libraries(${binary} m)
endfunction()
