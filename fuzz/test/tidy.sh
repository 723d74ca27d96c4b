#!/bin/sh
# SPDX-License-Identifier: MIT
#
# tidy.sh: house rules that a machine can check: licence lines, header comments,
# sizes of files and functions, no .c in a .c; where the tool is, formatting.
status=0

sources() {
	find fuzz sanitizers target CMakeLists.txt build.sh \
		-name '*.[chS]' -o -name '*.def' -o -name '*.sh' -o -name '*.awk' \
		-o -name '*.cmake' -o -name 'CMakeLists.txt' -o -name '*.patch'
}

# shellcheck disable=SC2046 # our names have no blanks
awk '
	function begin() {
		nr = split(FILENAME, path, "/")
		licence = FILENAME ~ /^target\/linux\// ? "(MIT|GPL-2.0)" : "MIT"
		licensed = named = opened = 0
		c = FILENAME ~ /\.[ch]$/
	}
	function end() {
		if (!licensed)
			print file ": no SPDX line"
		if (c && !named)
			print file ": its header comment does not begin with its name"
		if (lines > 400 && file !~ /\.patch$/)
			print file ": over 400 lines"
	}
	FNR == 1 {
		if (file)
			end()
		begin()
		file = FILENAME
	}
	{ lines = FNR }
	FNR <= 3 {
		line = $0
		sub(/ \*\/$/, "", line)
		if (line ~ "SPDX-License-Identifier: " licence "$")
			licensed = 1
	}
	c && FNR >= 2 && FNR <= 4 && index($0, path[nr]) { named = 1 }
	c && /^#include ".*\.c"/ { print FILENAME ": includes a .c" }
	FILENAME ~ /\.c$/ && /^{$/ { opened = FNR }
	FILENAME ~ /\.c$/ && /^}$/ && opened {
		if (FNR - opened > 61)
			print FILENAME ":" opened ": a function over 60 lines"
		opened = 0
	}
	END { end() }' $(sources) | grep . && status=1

# What the lists say of a revert or mistake is ours to say.
find target -path '*/reverts/*.patch' -o -path '*/mistakes/*.patch' -o -path '*/barriers/*.patch' -o -path '*/examples/*.patch' |
	xargs grep -L '^About: ' | sed 's/$/: no About: line/' | grep . && status=1

# Under pipefail a reader that leaves before the end ends the script, in silence,
# as soon as what it reads is longer than a pipe holds. (search_gate.sh: short logs.)
grep -lrE --include='*.sh' '^#!.*bash|^# shellcheck shell=bash' build.sh fuzz target |
	grep -v '^fuzz/verbs/search_gate.sh$' | xargs awk '
	{ line = joined $0; joined = /[^|][|]$/ ? line : "" }
	line ~ /[|][ \t]*(head|grep (-[A-Za-z]* )*-[A-Za-z]*[qm]|sed [^|]*[;{ ]q *[;}'"'"']|awk .*[;{ ]exit)/ {
		print FILENAME ":" FNR ": leaves a pipe before its end"
	}' | grep . && status=1

# A ratchet: what clang-format would do otherwise may become less, not more.
# Formatters of other versions differ.
ratchet=$(cat fuzz/test/tidy.ratchet)
if command -v clang-format-19 >/dev/null; then
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	find fuzz sanitizers target -name '*.[ch]' ! -path 'target/linux/include/*' >"$dir/list"
	tar -cf - -T "$dir/list" .clang-format | tar -xf - -C "$dir"
	(cd "$dir" && xargs -n 100 -P "$(nproc)" clang-format-19 -i <list)
	lines=$(while read -r file; do diff "$file" "$dir/$file"; done <"$dir/list" | grep -c '^<')
	if [ "$lines" -gt "$ratchet" ]; then
		echo "clang-format-19 would change $lines lines, $ratchet is the most (fuzz/test/tidy.ratchet)"
		status=1
	elif [ "$lines" -lt "$ratchet" ]; then
		echo "clang-format-19 would change $lines lines: lower fuzz/test/tidy.ratchet from $ratchet"
	fi
else
	echo 'skipped: no clang-format-19'
fi
exit $status
