#!/bin/sh
# SPDX-License-Identifier: MIT
#
# arrows.sh: fuzz -> sanitizers -> target and fuzz -> target, nothing else; a
# target reaches the outside through machine.h and target.h only.
status=0

# includes DIR...: "file: header" of every #include "..." in there.
includes() {
	grep -rHo --include='*.[ch]' --include='*.def' '^#include "[^"]*"' "$@" |
		sed 's/:#include "\(.*\)"/ \1/'
}

# No file of the first folder may include a header that lives in the second.
forbid() {
	includes "$1" | grep -v "^$1/[^ ]*test/" | while read -r file header; do
		if [ -e "$2/$header" ] && [ ! -e "$1/$header" ]; then
			echo "$file includes $header of $2/"
		fi
	done | grep . && status=1
}

# No way round by a path.
includes fuzz sanitizers target | grep ' .*/' && status=1

forbid target fuzz
forbid target sanitizers
forbid sanitizers fuzz

# The core sees of target/ what machine.h and target.h give it.
includes target/core | grep -v '^target/core/test/' |
	while read -r file header; do
		[ -e "target/core/$header" ] || case $header in
		machine.h | target.h) ;;
		*) echo "$file includes $header" ;;
		esac
	done | grep . && status=1

exit $status
