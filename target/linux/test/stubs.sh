#!/bin/sh
# SPDX-License-Identifier: MIT
#
# stubs.sh REVIEWED STUBS: what nobody defines, as link.sh wrote it down, is what
# was reviewed: kernel code that a run may need is not missing unnoticed.
reviewed=$1 stubs=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

grep -v '^#' "$reviewed" | sort >"$dir/reviewed"
sed 's/:.*//' "$stubs" | sort >"$dir/stubs"
[ -s "$dir/stubs" ] || { echo "$stubs: no stubs"; exit 1; }
new=$(comm -13 "$dir/reviewed" "$dir/stubs")
[ -z "$new" ] && exit
echo "not in $reviewed:"
echo "$new"
exit 1
