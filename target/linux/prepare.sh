#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# prepare.sh TREE OUT: the headers that a kernel build would generate, for TREE, into OUT.
#
# Forwarding headers asm/*.h, bounds.h (real: it decides how page flags are laid
# out), timeconst.h, release names. CC: the compiler.
set -euo pipefail

tree=$1 final=$2
out=$final.new
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
generated=$out/include/generated
rm -rf "$out"

die() { printf 'prepare.sh: %s\n' "$*" >&2; exit 2; }

[ -f "$tree/mm/page_alloc.c" ] || die "$tree: no kernel tree: mm/page_alloc.c is not there"

# asm/NAME.h: what is not ours is the generic one.
forward() {
	local from=$1 header name
	for header in "$tree/include/$from"/*.h; do
		name=$(basename "$header")
		[ -f "$here/include/asm/$name" ] || [ -f "$out/include/asm/$name" ] ||
			printf '#include <%s/%s>\n' "$from" "$name" >"$out/include/asm/$name"
	done
}

# The constants in the compiler's assembly, as kbuild reads them.
bounds() {
	# shellcheck disable=SC2046 # flags are words
	"${CC:-clang}" $("$here/flags.sh" "$tree" "$out") -S -o "$out/bounds.s" \
		"$tree/kernel/bounds.c"
	{
		echo '#pragma once'
		sed -n 's/.*->\([A-Z_]*\) \$*\([0-9-]*\) .*/#define \1 \2/p' "$out/bounds.s"
	} >"$generated/bounds.h"
	grep -q NR_PAGEFLAGS "$generated/bounds.h" || die 'kernel/bounds.c gave no bounds'
}

mkdir -p "$out/include/asm" "$out/include/uapi/asm" "$generated/uapi/linux"
forward asm-generic
for header in "$tree"/include/uapi/asm-generic/*.h; do
	name=$(basename "$header")
	printf '#include <asm-generic/%s>\n' "$name" >"$out/include/uapi/asm/$name"
	[ -f "$here/include/asm/$name" ] || [ -f "$out/include/asm/$name" ] ||
		printf '#include <uapi/asm-generic/%s>\n' "$name" >"$out/include/asm/$name"
done
# VERSION, PATCHLEVEL, SUBLEVEL and EXTRAVERSION stand at the Makefile's start.
version=$(awk '/^(VERSION|PATCHLEVEL|SUBLEVEL) = / { v = v dot $3; dot = "." }
	/^EXTRAVERSION =/ { print v $3; exit }' "$tree/Makefile")
[ -n "$version" ] || die "$tree: no version in its Makefile"
printf '#define UTS_RELEASE "%s"\n' "$version" >"$generated/utsrelease.h"
IFS=. read -r major minor _ <<<"$version"
[ "$((major * 100 + minor))" -ge 601 ] ||
	die "$tree: this is Linux $version; 6.1 is the oldest that can be built"
# fact NAME FILE PATTERN: what the tree is asked, rather than its version.
fact() {
	! grep -qsE "$3" "$tree/include/$2" || echo "#define TREE_$1 1"
}

# What kernel code knows by these names is ours.
{
	# Older trees can do without it; with it their places would be others.
	fact HAS_FROZEN_CMA linux/cma.h 'cma_alloc_frozen\('
	fact HAS_MK_PTE linux/mm.h 'pte_t mk_pte\('
	fact HAS_ISOLATE_MODES linux/page-isolation.h '^enum pb_isolate_mode'
	fact HAS_ZONE_LIMITS linux/mm.h 'arch_zone_limits_init\('
	fact HAS_FOLIO_POLICY linux/pagemap.h '^	*struct mempolicy \*policy\);'
	fact HAS_INODE_LRU_LIST linux/fs.h 'inode_lru_list_add\('
	fact HAS_TIMER_INIT_KEY linux/timer.h '^void timer_init_key\('
	fact HAS_VMA_FLAGS linux/rmap.h 'mem_cgroup \*memcg, vma_flags_t \*vma_flags\);'
	fact HAS_ACR_FLAGS linux/gfp.h '\<acr_flags_t;'
	fact HAS_ZAP_VMA_RANGE linux/mm.h 'void zap_vma_range\('
	fact HAS_ZERO_PAGE_PFN linux/pgtable.h 'zero_page_pfn;'
	fact HAS_MAPPING_RMAP_TREE linux/mm.h 'void mapping_rmap_tree_insert\('
	fact HAS_MM_ID linux/mm_types.h '\<mm_id_t mm_id;'
	fact HAS_JIFFIES_TO_USECS linux/jiffies.h 'inline unsigned int jiffies_to_usecs'
	# 7e060df04f56; see glue/marked_walk.h.
	! sed -n '/^void \*xas_find_marked(/,/^}/p' "$tree/lib/xarray.c" |
		grep -A1 'xa_is_sibling(entry)' | grep continue >/dev/null ||
		echo '#define TREE_MARKED_WALK_PASSES_SIBLINGS 1'
	! sed -n '/pindex_to_order(/,/^}/p' "$tree/mm/page_alloc.c" |
		grep 'order = pageblock_order' >/dev/null ||
		echo '#define TREE_HAS_LISTS_OF_PAGEBLOCKS 1'
	# 74207de2ba10, and if what it looks at can change until it is made use of: mapped.c.
	sed -n '/^vm_fault_t filemap_map_pages(/,/^}/p' "$tree/mm/filemap.c" |
		sed -n '/pte_offset_map_lock/,$p' | grep 'file_end = ' >/dev/null ||
		echo '#define TREE_MAPS_BEHIND_THE_END 1'
	# Before 6.13 the lock bit is asked before there is a reference; see glue/report.c.
	! sed -n '/^static struct folio \*next_uptodate_/,/^}/p' "$tree/mm/filemap.c" |
		sed '/folio_try_get/,$d' | grep 'folio_test_locked' >/dev/null ||
		echo '#define TREE_ASKS_BEFORE_THE_REFERENCE 1'
	# Files can be mapped: see glue/mmap.c, linux.cmake.
	case $major.$minor in
	6.1 | 6.12 | 7.2 | 7.3) echo '#define TREE_HAS_MAPS 1' ;;
	esac
	echo '#include "config.h"'
	# The largest block is a huge page, of 64. Before 6.4 the number was one past it.
	if [ "$((major * 100 + minor))" -lt 604 ]; then
		echo '#define CONFIG_ARCH_FORCE_MAX_ORDER 7'
	else
		echo '#define CONFIG_ARCH_FORCE_MAX_ORDER 6'
	fi
} >"$generated/autoconf.h"
for shim in stdint stdbool stddef; do
	printf '#include <linux/types.h>\n' >"$out/include/$shim.h"
done
: >"$generated/asm-offsets.h"
# Where the scheduler's run queue counts who is pinned: there is no run queue.
echo '#define RQ_nr_pinned 0' >"$generated/rq-offsets.h"
cat >"$generated/uapi/linux/version.h" <<-END
	#define LINUX_VERSION_CODE $((major * 65536 + minor * 256))
	#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))
	#define LINUX_VERSION_MAJOR $major
	#define LINUX_VERSION_PATCHLEVEL $minor
	#define LINUX_VERSION_SUBLEVEL 0
END
echo 250 | bc -q "$tree/kernel/time/timeconst.bc" >"$generated/timeconst.h"
bounds
# Dates say what has to be compiled anew.
if ! diff -rq "$out/include" "$final/include" >/dev/null 2>&1; then
	rm -rf "$final/include"
	mkdir -p "$final"
	mv "$out/include" "$final/include"
fi
rm -rf "$out"
echo "$version"
