# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# names.sh: names of targets and reverts, known before anything is built; read by
# build.sh, whose functions it uses.

# Targets, and what of $1 may be taken out ("NAME ALIAS"), as the source has them.
source_targets() {
	sed -n 's/^pagerace_target(\([a-z]*\).*/\1/p' "$root/target/targets.cmake"
	echo linux
}

source_reverts() {
	local name file
	if [ "$1" = linux ]; then
		for file in "$root"/target/linux/reverts/*.cocci; do
			echo "$(basename "${file%.*}") $(alias_in "$file")"
		done
		return
	fi
	sed -n "s/^ *pagerace_revert($1 \\([a-z0-9-]*\\).*/\\1/p" "$root/target/targets.cmake" |
		while read -r name; do
			file=$root/target/reverts/$name.patch
			echo "$name $([ ! -f "$file" ] || alias_in "$file")"
		done
}

alias_in() { sed -n '/^.*Alias: */{s///p;q;}' "$1"; }

# registered REVERT: of any target of the tree.
registered() { grep -q "^ *pagerace_revert([a-z]* $1[ )]" "$root/target/targets.cmake"; }

# nearest NAME: of the names of stdin, those that have most of its pairs of
# letters; if there are none, all.
nearest() {
	awk -v want="$1" '
		NF {
			common = 0
			for (i = 1; i < length(want); i++)
				common += index($1, substr(want, i, 2)) > 0
			if (common * 2 > length(want))
				near = near ", " $1
			all = all ", " $1
		}
		END {
			print near ? "; nearest: " substr(near, 3) : \
				all ? "; there are: " substr(all, 3) : ": it has none"
		}'
}

# choose_variant VERB: $target and $revert have to be there, which is said before
# anything is built; an alias becomes the name, $variant is TARGET[-REVERT].
choose_variant() {
	local known name
	known=$(source_targets)
	grep -qx -e "$target" <<<"$known" ||
		die "$1: no target $target; there are: $(echo $known)"
	variant=$target
	[ "$revert" != none ] || return 0
	known=$(source_reverts "$target")
	name=$(awk -v want="$revert" '!found && ($1 == want || $2 == want) { print $1; found = 1 }' <<<"$known")
	[ -n "$name" ] || [ ! -f "$root/target/mistakes/$revert.patch" ] ||
		die "$1: $revert is no revert: a mistake that a sanitizer is tried on; its story is in corpus/mistakes/$revert/"
	[ -n "$name" ] || [ ! -f "$root/target/barriers/$revert.patch" ] ||
		die "$1: $revert is no revert: a barrier that only weak memory shows; see target/barriers/README.md"
	[ -n "$name" ] || [ ! -f "$root/target/reverts/$revert.patch" ] || registered "$revert" ||
		die "$1: target/reverts/$revert.patch is there, but target/targets.cmake has no line pagerace_revert($target $revert)"
	[ -n "$name" ] ||
		die "$1: no revert $revert of $target$(nearest "$revert" <<<"$known")"
	revert=$name
	variant=$target-$revert
}

# fuzzer_of VARIANT: what its fuzz target is called.
fuzzer_of() {
	local name=page_cache_fuzzer_$1
	case $1 in
	core) name=page_cache_fuzzer ;;
	linux*) name=page_cache_linux_fuzzer${1#linux} ;;
	esac
	echo "${name//-/_}"
}
