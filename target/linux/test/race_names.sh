#!/bin/sh
# SPDX-License-Identifier: MIT
#
# race_names.sh TREE: each function that the list of known races names is in the tree; or
# only in those that came before or after, and then it is named below, and is not in 7.3,
# or not in 6.1. Run from the root.
tree=$1
list=target/linux/glue/races.c
status=0

gone='move_freepages __PageMovable __folio_test_movable page_has_private prepare_scan_count
ondemand_readahead try_context_readahead next_uptodate_page page_add_file_rmap page_remove_file_rmap'
new='__filemap_get_folio_mpol const_folio_flags find_large_buddy folio_batch_reinit free_frozen_page_commit
memdesc_zonenum page_is_unmovable prepare_scan_control prep_move_freepages_block next_uptodate_folio
mapping_min_folio_order mapping_max_folio_order'
series=$(awk '$1 == "VERSION" { v = $3 } $1 == "PATCHLEVEL" { print v "." $3; exit }' "$tree/Makefile")

names=$(sed -n '/^const struct target_race/,$p' "$list" | tr '\n' ' ' |
	grep -oE '(ALONE|PAIR|LISTS)\([^)]*\)' |
	sed -E 's/^LISTS\(("[^"]*").*/\1/; s/^ALONE\("[^"]*",\s*("[^"]*").*/\1/; s/^PAIR\("[^"]*",\s*("[^"]*"),\s*("[^"]*").*/\1 \2/' |
	grep -oE '"[^"]*"' | tr -d '"' | tr ':' '\n' | sort -u)
[ "$(echo "$names" | wc -l)" -ge 40 ] || { echo "$list: no names"; exit 1; }
is_there() {
	grep -rqwE "$1" "$tree/mm" "$tree/lib" "$tree/include/linux" target/linux/include
}
is_among() { echo "$2" | grep -qw -e "$1"; }
for name in $names; do
	case $series in
	6.1) lacks=$new ;;
	7.3) lacks=$gone ;;
	*) lacks="$new $gone" ;;
	esac
	if is_there "$name"; then
		case $series in
		6.1 | 7.3) ! is_among "$name" "$lacks" || { echo "$name: is in $series"; status=1; } ;;
		esac
	elif ! is_among "$name" "$lacks"; then
		echo "$list: $name is not in Linux $series"
		status=1
	fi
done
exit $status
