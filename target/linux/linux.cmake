# SPDX-License-Identifier: GPL-2.0
#
# linux.cmake: the target linux: files of the kernel tree PAGERACE_LINUX, as they are,
# on the fake architecture of this folder.

set(linux_dir ${CMAKE_SOURCE_DIR}/target/linux)
set(linux_out ${CMAKE_BINARY_DIR}/linux)
set(linux_files
  kernel/locking/spinlock.c
  kernel/sched/wait.c
  kernel/sched/wait_bit.c
  lib/bitmap.c
  lib/errseq.c
  lib/find_bit.c
  lib/hweight.c
  lib/iov_iter.c
  lib/list_debug.c
  lib/math/int_sqrt.c
  lib/radix-tree.c
  lib/xarray.c
  mm/compaction.c
  mm/filemap.c
  mm/folio-compat.c
  mm/huge_memory.c
  mm/migrate.c
  mm/mmzone.c
  mm/page-writeback.c
  mm/page_alloc.c
  mm/page_isolation.c
  mm/readahead.c
  mm/swap.c
  mm/truncate.c
  mm/util.c
  mm/vmscan.c
  mm/vmstat.c
  mm/workingset.c
  # Of later versions.
  mm/cma.c
  mm/folio.c
  mm/mm_init.c
  mm/show_mem.c)

if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "the target linux needs clang")
endif()
string(REGEX MATCH "-[0-9]+$" linux_suffix "${CMAKE_C_COMPILER}")
set(linux_env ${CMAKE_COMMAND} -E env CC=${CMAKE_C_COMPILER}
    LLVM_SUFFIX=${linux_suffix})

set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY
  CMAKE_CONFIGURE_DEPENDS ${linux_dir}/prepare.sh ${linux_dir}/flags.sh)
execute_process(
  COMMAND ${linux_env} ${linux_dir}/prepare.sh ${PAGERACE_LINUX} ${linux_out}
  OUTPUT_VARIABLE linux_version RESULT_VARIABLE failed
  OUTPUT_STRIP_TRAILING_WHITESPACE)
if(failed)
  message(FATAL_ERROR "target linux: the tree ${PAGERACE_LINUX} cannot be prepared")
endif()
execute_process(COMMAND ${linux_dir}/flags.sh ${PAGERACE_LINUX} ${linux_out}
                OUTPUT_VARIABLE linux_flags OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REPLACE "\n" ";" linux_flags "${linux_flags}")
# Each -include stays with its file.
string(REGEX REPLACE "-include;([^;]*)" "SHELL:-include \\1" linux_flags
       "${linux_flags}")

file(GLOB linux_glue CONFIGURE_DEPENDS ${linux_dir}/glue/*.c)
file(STRINGS ${linux_out}/include/generated/autoconf.h has_cma
     REGEX "TREE_HAS_FROZEN_CMA")
if(NOT has_cma) # it is not configured; see config.h
  list(REMOVE_ITEM linux_files mm/cma.c)
endif()
# Pages are mapped, in versions that have glue/mmap.c. Functions of these files that are
# called of any page get another name: glue/rmap.c has theirs.
set(linux_maps_files
  lib/rbtree.c
  mm/interval_tree.c
  mm/memory.c
  mm/mmu_gather.c
  mm/page_vma_mapped.c
  mm/pgtable-generic.c
  mm/rmap.c)
set(linux_maps_flags)
foreach(name folio_mkclean folio_referenced try_to_unmap unmap_mapping_range)
  string(APPEND linux_maps_flags " -D${name}=mapped_${name}")
endforeach()
file(STRINGS ${linux_out}/include/generated/autoconf.h has_maps
     REGEX "TREE_HAS_MAPS")
if(has_maps)
  list(APPEND linux_files ${linux_maps_files})
else()
  list(FILTER linux_glue EXCLUDE REGEX "/(mmap|mapped|compat_mmap)\\.c$")
endif()
set(linux_sources ${linux_glue})
foreach(file ${linux_files})
  if(EXISTS ${PAGERACE_LINUX}/${file})
    list(APPEND linux_sources ${PAGERACE_LINUX}/${file})
  endif()
endforeach()
# Who builds is told what was built.
set(compiled ${linux_sources})
list(FILTER compiled INCLUDE REGEX "^${PAGERACE_LINUX}/")
list(TRANSFORM compiled REPLACE "^${PAGERACE_LINUX}/(.*)" "\\1\n")
list(JOIN compiled "" compiled)
file(WRITE ${linux_out}/files "${compiled}")
file(WRITE ${linux_out}/version "${linux_version}\n")

# They lean on what the scheduler's one big file includes.
set_source_files_properties(
  ${PAGERACE_LINUX}/kernel/sched/wait.c ${PAGERACE_LINUX}/kernel/sched/wait_bit.c
  PROPERTIES COMPILE_FLAGS "-include ${linux_dir}/sched_prelude.h")
set_source_files_properties(
  ${PAGERACE_LINUX}/mm/memory.c ${PAGERACE_LINUX}/mm/rmap.c
  PROPERTIES COMPILE_FLAGS "${linux_maps_flags}")
# In newer trees the name is a macro, and stays what it is.
set_source_files_properties(${PAGERACE_LINUX}/mm/mmu_gather.c
  PROPERTIES COMPILE_FLAGS -D__get_free_pages=linux_pages_for_gather)

# What we define is what the kernel declares. Of itself it makes no plain accesses.
set(glue_flags "-Wmissing-prototypes -Werror=missing-prototypes")
if(PAGERACE_TSAN)
  string(APPEND glue_flags " -mllvm -tsan-instrument-memory-accesses=0"
         " -mllvm -tsan-instrument-memintrinsics=0")
endif()
set_source_files_properties(${linux_glue} PROPERTIES
  COMPILE_FLAGS "${glue_flags}")
if(PAGERACE_TSAN) # asked in the middle of a report, where TSan cannot be told of calls
  set_property(SOURCE ${linux_dir}/glue/describe.c APPEND PROPERTY
    COMPILE_OPTIONS -fno-sanitize=thread)
endif()

set(linux_flags ${linux_flags} -fno-sanitize=undefined -g
    -fno-sanitize-coverage=pc-table)
if(CMAKE_C_FLAGS MATCHES "fsanitize=[a-z,]*undefined")
  # What CONFIG_UBSAN has with clang unless told otherwise: the kernel's own idea of what
  # is undefined. Overflow is not, it is compiled to wrap around.
  set(linux_checks array-bounds,shift,bool,enum)
  list(APPEND linux_flags -fsanitize=${linux_checks}
       -fno-sanitize-recover=${linux_checks})
  file(STRINGS ${PAGERACE_LINUX}/Makefile strict REGEX "-fstrict-flex-arrays=3")
  if(strict) # an array at the end of a struct has the length that it says
    list(APPEND linux_flags -fstrict-flex-arrays=3)
  endif()
endif()
if(CMAKE_C_FLAGS MATCHES "fsanitize=address")
  # Red zones between globals would have to be skipped by each restore.
  list(APPEND linux_flags "SHELL:-mllvm -asan-globals=0")
endif()
if(PAGERACE_TSAN)
  # READ_ONCE() is volatile, and is marked: glue/tsan.c.
  list(APPEND linux_flags "SHELL:-mllvm -tsan-distinguish-volatile=1")
endif()
if(PAGERACE_PLAIN)
  list(APPEND linux_flags
       "SHELL:-Xclang -fsanitize-coverage-ignorelist=${linux_dir}/plain_ignore.txt")
  set_property(SOURCE ${linux_sources} APPEND PROPERTY
    OBJECT_DEPENDS ${linux_dir}/plain_ignore.txt)
endif()
# Unused kernel functions, and what they would call, go at the last link.
pagerace_link_options(linux -fuse-ld=lld -Wl,--gc-sections)
pagerace_linked_by(linux ${linux_env} ${linux_dir}/link.sh ${PAGERACE_LINUX})
pagerace_flags(linux ${linux_flags})
pagerace_target(linux SOURCES ${linux_sources}
                ABOUT "Linux ${linux_version}, unmodified")

include(${linux_dir}/reverts.cmake)
