#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# link.sh: a program's objects as one, with the sites of its calls.
#
#   link.sh LD OBJCOPY CC INCLUDE OUT OBJECT...
#
# Where a call of the compiler's or of the C library stands is what relocations
# know; which function, file and line that is, debug information; what the line
# says, the source. Calls of calls.list and refused.def get their other names. INCLUDE:
# a folder that has machine_point.h.
set -euo pipefail
export LC_ALL=C

ld=$1 objcopy=$2 cc=$3 include=$4 out=$5
shift 5
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'echo "${0##*/}: $out: its calls cannot be named" >&2; exit 2' ERR

fail() {
	echo "${0##*/}: $(basename "$out" .o.tmp): $*" >&2
	exit 2
}

"$ld" -r --force-group-allocation -T "$here/program.ld" -o "$work/all.o" "$@"
readelf -sW "$work/all.o" >"$work/symbols"
if ! awk '$8 == "main" && $4 == "FUNC" && $7 != "UND" { found = 1 } END { exit !found }' \
	"$work/symbols"; then
	fail 'none of its files has main()'
fi

# By inline assembly: a thread is none of the CPU's, and this would be one for all of them.
# 0x28 is the stack protector's.
asks=$(objdump -d --no-show-raw-insn "$work/all.o" | awk '
	/^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3) }
	(/%fs:/ && !/%fs:0x28/) || /tpidr_el0/ { if (!found++) print name }')
[ -z "$asks" ] || fail "$asks() asks a register which thread it is; all are one there"

{
	tr ' ' '\n' <"$here/calls.list"
	sed -n 's/^REFUSED(\([a-z0-9_]*\),.*/\1/p' "$here/refused.def"
} | sed '/^$/d; s/.*/& threads_&/' >"$work/renames"

# Offset of what follows a call, and whom it calls.
readelf -rW "$work/all.o" | awk '
	/^Relocation section/ { text = $3 ~ /rela\.text/ }
	text && $3 ~ /PLT32|PC32|CALL26|GOTPCREL/ && $5 ~ /^[a-zA-Z_]/ { print $1, $5 }' |
	while read -r at name; do
		echo "$((16#$at + 4)) ${name%@*}"
	done | sort -n |
	awk -f "$here/places.awk" -v renames="$work/renames" >"$work/places"

cut -d' ' -f1 "$work/places" | uniq | awk '{ printf("0x%x\n", $1 - 1) }' |
	addr2line -f -e "$work/all.o" -j .text >"$work/lines"
readelf -SW "$work/all.o" | sed 's/^ *\[ *\([0-9]*\)\] */\1 /' >"$work/sections"
awk '$4 == "OBJECT" && $3 { print $2, $3, $7, $8 }' "$work/symbols" >"$work/variables"
awk -f "$here/sites.awk" -v places="$work/places" -v sections="$work/sections" \
	-v variables="$work/variables" "$work/lines" >"$work/sites.c"
"$cc" -std=gnu11 -O1 -fPIC -w -I "$include" -I "$here" -c "$work/sites.c" -o "$work/sites.o"
"$ld" -r --force-group-allocation -o "$work/whole.o" "$work/all.o" "$work/sites.o"
"$objcopy" --redefine-syms="$work/renames" "$work/whole.o" "$out"
