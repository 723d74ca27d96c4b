#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# link.sh TREE OUT object...: the objects of a variant into one, OUT, with stubs for
# what nobody defines and names for its sites, plain accesses and types. OUT.stubs lists
# the stubs.
#
# A stub is made only for what the linker cannot drop as dead; it ends the run
# when it is called. CC and LLVM_SUFFIX choose the tools.
set -euo pipefail

tree=$1 out=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
suffix=${LLVM_SUFFIX-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

die() { printf 'link.sh: %s\n' "$*" >&2; exit 2; }

# What the machine, the C library and sanitizers bring.
theirs='^(site_names|plain_places|linux_types|linux_nr_types|linux_members|linux_enumerators|machine.*|abort|write|arch_(alloc|free)_page|call_rcu|synchronize_rcu|mem(cpy|move|set|cmp|chr)|str(len|cmp|ncmp|chr|rchr|str|cpy)|__(start|stop)_.*|__(asan|sanitizer|sancov|ubsan|tsan|msan)_.*|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__memcpy|__memset|__memmove)$'

# LRU batches are static; whoever counts references has to look into them, and to
# know how many there are.
open_swap() {
	local bytes
	objcopy --globalize-symbol=cpu_fbatches --globalize-symbol=lru_rotate \
		"$1" "$work/swap.o"
	bytes=$(nm -S "$1" | awk '$4 == "cpu_fbatches" { print "0x" $2 }')
	[ -n "$bytes" ] || die 'mm/swap.c (mm/folio.c) has no LRU batches called cpu_fbatches'
	echo "extern const unsigned long linux_lru_bytes;" \
		"const unsigned long linux_lru_bytes = $bytes;" >"$work/lru.c"
	"${CC:-clang}" -O1 -fPIC -c "$work/lru.c" -o "$work/lru.o"
}

objects=()
for object; do
	case $object in
	*/mm/swap.c.o | */mm/folio.c.o) # its name before 7.3 and since
		open_swap "$object"
		objects+=("$work/swap.o" "$work/lru.o")
		;;
	*/glue/spell.c.o)
		spelled=$object
		objects+=("$object")
		;;
	*) objects+=("$object") ;;
	esac
done
ld.bfd -r --force-group-allocation --unique=__sancov_cntrs -o "$work/all.o" "${objects[@]}"
# Linkers keep what is called .init*; nobody walks these tables here. .init_array
# is the compiler's: there coverage is told of its counters. What has been warned
# of once is restored, as all data is.
# shellcheck disable=SC2046 # options are words
objcopy $(readelf -SW "$work/all.o" |
	sed -n '/ \.init_array/d; s/^ *\[[ 0-9]*\] \.init\([a-z0-9_.]*\).*/\1/p' | sort -u |
	sed 's/.*/--rename-section .init&=.kernel_init&/') \
	--rename-section .data.once=linux_data --rename-section .data..once=linux_data \
	"$work/all.o"

# "symbol: caller caller ..." of everything alive that is undefined.
{ "ld.lld$suffix" --gc-sections -e target_linux --error-limit=0 -o "$work/image" \
	"$work/all.o" 2>&1 || true; } |
	awk -v theirs="$theirs" '
		/undefined symbol: / { symbol = $NF; if (symbol !~ theirs) seen[symbol] = seen[symbol] }
		/>>> .*:\(/ && symbol !~ theirs {
			caller = $NF
			gsub(/.*:\(|\)$/, "", caller); sub(/^\.[a-z]*\./, "", caller)
			if (index(" " seen[symbol] " ", " " caller " ") == 0)
				seen[symbol] = seen[symbol] (seen[symbol] == "" ? "" : " ") caller
		}
		END { for (s in seen) print s ": " seen[s] }' | sort >"$out.stubs"
{
	echo 'void linux_missing(const char *name);'
	sed 's/^\([^:]*\):.*/void \1(void); void \1(void) { linux_missing("\1"); }/' "$out.stubs"
} >"$work/stubs.c"
"${CC:-clang}" -O1 -ffunction-sections -fPIC -w -fno-builtin -c "$work/stubs.c" -o "$work/stubs.o"

prefixes=("$tree" "$(dirname "$(dirname "$out")")"/reverts/linux-*
	"$(dirname "$(dirname "$here")")")
LLVM_SUFFIX=$suffix "$here/name_sites.sh" "$work/all.o" target_linux \
	'/target/(linux/include/asm|linux/site|machine_point)|/include/(asm-generic/bitops|linux/(atomic|bitops|rwlock|spinlock))' \
	"${prefixes[@]}" >"$work/names.c"
LLVM_SUFFIX=$suffix "$here/name_plain.sh" "$work/all.o" target_linux \
	"${prefixes[@]}" >"$work/places.c"
LLVM_SUFFIX=$suffix "$here/name_types.sh" "$spelled" linux_spelled >"$work/types.c"
for file in names places types; do
	"${CC:-clang}" -O1 -fPIC -w -I"$here/.." -c "$work/$file.c" -o "$work/$file.o"
done
ld.bfd -r --force-group-allocation --unique=__sancov_cntrs -o "$out" "$work/all.o" \
	"$work/stubs.o" "$work/names.o" "$work/places.o" "$work/types.o"
