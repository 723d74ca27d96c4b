#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# name_sites.sh: what the sites that site.h emitted are called.
#
#   name_sites.sh OBJECT ENTRY LAYER PREFIX... >NAMES.c
#
# OBJECT is all of a variant in one relocatable object with line tables (-g1),
# ENTRY the symbol that everything alive is reachable from. It is linked to a
# throw-away image; for each site that is not of dead code the debug
# information tells the functions inlined there, innermost first:
#
#   function   the first that a .c file has; file and line are its own. What
#              the compiler does with static functions makes no difference
#   expr       the outermost helper before it whose file does not match LAYER
#              (an awk regex: the headers between kernel code and the machine).
#              Without a helper: what stands between the parentheses at that
#              line and column; and if none do there, as given to site.h
#   place      the rank of the place among those of its line: by columns, and
#              by the lines and columns of the helpers
#
# Written is an array `site_names`, one entry for each site of the section
# machine_sites in its order, zeroes for the dead. Of the PREFIXes the first
# that fits is cut off a file.
# $LLVM_SUFFIX (-19, say) chooses the tools.
set -euo pipefail
export LC_ALL=C

if [ $# -lt 3 ]; then
	echo "usage: ${0##*/} OBJECT ENTRY LAYER PREFIX..." >&2
	exit 2
fi
object=$1 entry=$2 layer=$3
shift 3
suffix=${LLVM_SUFFIX-} here=$(dirname "${BASH_SOURCE[0]}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'echo "${0##*/}: $object: its sites cannot be named" >&2; exit 2' ERR

# Dead code is dropped by the linker; where .debug_sites spoke of it is zero.
"ld.lld$suffix" --gc-sections -e "$entry" --unresolved-symbols=ignore-all \
	--noinhibit-exec -z dead-reloc-in-nonalloc=.debug_sites=0 \
	-o "$work/image" "$object" 2>"$work/log" || { cat "$work/log" >&2; false; }
"llvm-objcopy$suffix" --dump-section ".debug_sites=$work/pairs" "$work/image" \
	"$work/copy"
read -r start size < <("llvm-readelf$suffix" -SW "$work/image" |
	sed -n 's/^.* machine_sites  *PROGBITS  *\([0-9a-f]*\) [0-9a-f]* \([0-9a-f]*\) .*/\1 \2/p') ||
	{ echo "no sites are reached from $entry" >&2; false; }
start=$((16#$start)) nr=$((16#$size / 64))

# Of what is alive: number of the site, address of its code.
od -An -v -w16 -tu8 "$work/pairs" |
	awk -v start="$start" '$2 { printf "%d %.0f\n", ($1 - start) / 64, $2 }' \
		>"$work/alive"

cut -d' ' -f2 "$work/alive" |
	"llvm-symbolizer$suffix" --obj="$work/image" --functions=short --inlines |
	awk -v layer="$layer" -v prefixes="$*" -v alive="$work/alive" \
		-f "$here/site_frames.awk" |
	sort -t "$(printf '\t')" -k1,1 -k2,2n -k3,3 |
	awk -F '\t' -v nr="$nr" -f "$here/site_names.awk"
