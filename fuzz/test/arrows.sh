#!/bin/sh
# SPDX-License-Identifier: MIT
#
# arrows.sh: who may include whom. fuzz -> sanitizers -> target and fuzz ->
# target; within fuzz/ from a floor to a lower one (rooms.cmake); a target
# reaches the outside through machine.h and target.h only; what the engine's files
# know of each other (inside.h) is nobody else's. Tests look where they like.
# Each room has a floor, a header one place, and no room is a hall.
status=0

# "FLOOR PLACE HEADER FILE" of every header: the place is a room or a folder.
places=$(
	find target -name '*.h' -o -name '*.def' | grep -v '^target/linux/include/' |
		sed 's|.*/|0 target |'
	find sanitizers -name '*.h' -o -name '*.def' | sed 's|.*/|0.5 sanitizers |'
	sed -n '/^set(PAGERACE_ROOMS/,/)/p' fuzz/rooms.cmake |
		grep -o '[0-9]*:[a-z]*' | tr : ' ' |
		while read -r floor room; do
			find "fuzz/$room" -name '*.h' -o -name '*.def' |
				sed "s|.*/|$floor $room |"
		done
)

# "FILE: HEADER" of each #include "..." in there, tests aside.
includes() {
	grep -rHo --include='*.[ch]' --include='*.def' '^#include "[^"]*"' "$@" |
		sed 's/:#include "\(.*\)"/ \1/' | grep -v '/test/'
}

# No way round by a path.
includes fuzz sanitizers target | grep ' .*/' | grep . && status=1

# Up the stairs: what stands on a floor, a room, includes what is above it.
includes fuzz sanitizers target | grep -v '^target/linux/' | awk -v places="$places" '
	BEGIN {
		nr = split(places, line, "\n")
		for (i = 1; i <= nr; i++) {
			split(line[i], word, " ")
			floor[word[3]] = word[1]
			place[word[3]] = word[2]
			floors[word[2]] = word[1]
		}
	}
	{
		nr = split($1, path, "/")
		here = path[1] == "fuzz" ? path[2] : path[1]
		there = place[$2]
		if (there == "" || there == here)
			next
		if (floor[$2] >= floors[here])
			print $1 " of " here " includes " $2 " of " there
	}' | grep . && status=1

# inside.h is the engine's own.
includes fuzz sanitizers target | grep ' inside.h$' | grep -v '^fuzz/engine/' | grep . && status=1

# The core sees of target/ what machine.h and target.h give it.
includes target/core | while read -r file header; do
	[ -e "target/core/$header" ] || case $header in
	machine.h | target.h) ;;
	*) echo "$file includes $header" ;;
	esac
done | grep . && status=1

# Nothing stands in the doorway, no room is a hall, and each has a floor.
find fuzz -maxdepth 1 -name '*.[chS]' | sed 's/$/ has no room/' | grep . && status=1
for room in fuzz/*/; do
	room=$(basename "$room")
	sources=$(find "fuzz/$room" -maxdepth 1 -name '*.[cS]' | wc -l)
	if [ "$sources" -gt 31 ]; then
		echo "fuzz/$room has $sources sources, 31 is the most"
	elif [ "$sources" -gt 0 ] && ! grep -q "[0-9]:$room\>" fuzz/rooms.cmake; then
		echo "fuzz/$room has no floor in fuzz/rooms.cmake"
	fi
done | grep . && status=1
exit $status
