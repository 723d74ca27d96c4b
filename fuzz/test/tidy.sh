#!/bin/sh
# SPDX-License-Identifier: MIT
#
# tidy.sh: house rules that a machine can check: licence lines, header comments,
# sizes of files and functions, no .c in a .c; where the tool is, formatting.
status=0
fail() { echo "$1"; status=1; }

for file in $(find fuzz sanitizers target CMakeLists.txt build.sh \
	-name '*.[chS]' -o -name '*.def' -o -name '*.sh' -o -name '*.awk' -o -name '*.cmake' \
	-o -name 'CMakeLists.txt' -o -name '*.patch'); do
	case $file in
	target/linux/*) licence='\(MIT\|GPL-2.0\)$' ;; # some need kernel headers
	*) licence=MIT ;;
	esac
	head -n 3 "$file" | sed 's, \*/$,,' |
		grep -q "SPDX-License-Identifier: $licence" ||
		fail "$file: no SPDX line"
	case $file in
	*.patch) ;;
	*) [ "$(wc -l <"$file")" -le 400 ] || fail "$file: over 400 lines" ;;
	esac
	case $file in
	*.[ch])
		! grep -q '^#include ".*\.c"' "$file" || fail "$file: includes a .c"
		sed -n 2,4p "$file" | grep -q "$(basename "$file")" ||
			fail "$file: its header comment does not begin with its name"
		;;
	esac
done

find fuzz sanitizers target -name '*.c' -exec awk '
	/^{$/ { begin = FNR }
	/^}$/ && begin {
		if (FNR - begin > 61)
			print FILENAME ":" begin ": a function over 60 lines"
		begin = 0
	}' {} + | grep . && status=1

# A ratchet: what clang-format would do otherwise may become less, not more.
# Formatters of other versions differ.
ratchet=$(cat fuzz/test/tidy.ratchet)
if command -v clang-format-19 >/dev/null; then
	lines=$(find fuzz sanitizers target -name '*.[ch]' ! -path 'target/linux/include/*' |
		xargs -P "$(nproc)" -I '{}' sh -c "clang-format-19 '{}' | diff '{}' -" | grep -c '^<')
	[ "$lines" -le "$ratchet" ] ||
		fail "clang-format-19 would change $lines lines, $ratchet is the most (fuzz/test/tidy.ratchet)"
	[ "$lines" -ge "$ratchet" ] ||
		echo "clang-format-19 would change $lines lines: lower fuzz/test/tidy.ratchet from $ratchet"
else
	echo 'skipped: no clang-format-19'
fi
exit $status
