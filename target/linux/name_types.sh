#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# name_types.sh OBJECT STRUCT >TYPES.c: what STRUCT and all that lies in it look like.
#
# OBJECT has debug information (-g), and speaks of STRUCT. Written are the tables of
# glue/types.h: for each type that lies in STRUCT, itself or in a member, what its
# members or its enumerators are called and where they stand. What pointers point to
# is not followed.
# $LLVM_SUFFIX (-19, say) chooses the tool.
set -euo pipefail
export LC_ALL=C

if [ $# -ne 2 ]; then
	echo "usage: ${0##*/} OBJECT STRUCT" >&2
	exit 2
fi
here=$(dirname "${BASH_SOURCE[0]}")
trap 'echo "${0##*/}: $1: its types cannot be named" >&2; exit 2' ERR

"llvm-dwarfdump${LLVM_SUFFIX-}" --debug-info "$1" |
	awk -v root="$2" -f "$here/type_names.awk"
