#!/bin/sh
# SPDX-License-Identifier: MIT
#
# told.sh PAGERACE VERSION: what README.md says is shown on that version as told, under "On each
# version", is. Run from the root. VERSION is a whole one, 6.12.117; another point release
# has the column of its series.
pagerace=$1 version=$2 series=${2%.*}
status=0 told=0

names=$(awk -F' *[|] *' -v series="$series." '
	/^## / { here = /^## On each version/ }
	here && ($2 == "open" || $2 == "history" || $2 == "mutation") {
		for (column = 3; column < NF && index($column, series) != 1; column++)
			;
	}
	here && $column == "shows, as told" { gsub(/`/, "", $2); print $2 }
' target/linux/README.md)
for name in $names; do
	told=$((told + 1)) one=
	for story in corpus/bugs/linux/"$name"/*.prog; do
		said=$("$pagerace" run --quiet "$story" 2>&1) && one=yes
	done
	[ -n "$one" ] || { echo "$name: not on $version: $said"; status=1; }
done
[ "$told" -ge 20 ] || { echo "README.md has a table of $told for $version"; status=1; }
exit $status
