#!/bin/sh
# SPDX-License-Identifier: MIT
#
# tidy.sh: house rules that a machine can check: licence lines, header comments,
# file sizes, no .c in a .c.
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
	*.[ch])
		[ "$(wc -l <"$file")" -le 400 ] || fail "$file: over 400 lines"
		! grep -q '^#include ".*\.c"' "$file" || fail "$file: includes a .c"
		sed -n 2,4p "$file" | grep -q "$(basename "$file")" ||
			fail "$file: its header comment does not begin with its name"
		;;
	esac
done
exit $status
