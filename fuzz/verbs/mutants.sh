# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# mutants.sh: what ./build.sh mutants does: each mutant of the target, made by the
# rules of target/mutants/, is built and hunted for; what nobody reports shows what
# nobody watches. Read by build.sh, whose functions it uses.
#
# build/mutants/ has patches/ (the mutants, and their list), ledger (what was tried,
# a line each; it begins anew when a source of the binaries or a rule changes) and
# table. Lines of the ledger:
#
#   NAME object HASH | equal | broken           of its object code
#   NAME BUILD SEED TIME TOOK killed ID EXECUTIONS
#   NAME BUILD SEED TIME TOOK survived - EXECUTIONS
#   NAME BUILD SEED TIME TOOK unplayed WHY EXECUTIONS
#                                               reported; its input shows nothing

mutants_dir=$root/build/mutants
mutants_rules=$root/target/mutants

# What is mutated: not the views, through which checkers look, nor the last word.
mutants_sources() {
	(cd "$root" && find target/core -maxdepth 1 -name '*.[ch]' \
		! -name 'view.[ch]' ! -name check.c ! -name spell.c | sort)
}

# Of all that is in the binaries.
mutants_key() {
	(cd "$root" && {
		find fuzz sanitizers target -path '*/test/*' -prune -o -path target/linux -prune \
			-o \( -name '*.[chS]' -o -name '*.def' -o -name '*.cmake' -o -name '*.options' \
			-o -path 'target/mutants/*' \) -type f -print0 | sort -z |
			grep -zvE 'target/mutants/(equivalent|sample|.*\.md)$' | xargs -0 sha256sum
		$CC --version
	} | sha256sum | cut -c 1-16)
}

# Patches, list and ledger, as far as they are not of these sources.
mutants_make() {
	local key
	key=$(mutants_key)
	if [ "$(cat "$mutants_dir/key" 2>/dev/null)" = "$key" ]; then return; fi
	install_missing < <(echo spatch coccinelle)
	[ ! -s "$mutants_dir/ledger" ] || say 'the sources have changed: beginning anew'
	rm -rf "$mutants_dir"
	mkdir -p "$mutants_dir"
	say 'making mutants ...'
	# shellcheck disable=SC2046 # our names have no blanks
	(cd "$root" && "$mutants_rules/mutate.sh" "$mutants_rules" "$mutants_dir/patches" $(mutants_sources)) ||
		die 'mutants: a rule is no good'
	: >"$mutants_dir/ledger"
	echo "$key" >"$mutants_dir/key"
}

# Names that the lists of target/mutants/ speak of have to be there.
mutants_check_lists() {
	local stale
	stale=$(sed 's/[# ].*//; /^$/d' "$mutants_rules/equivalent" "$mutants_rules/sample" |
		sort -u | awk 'FNR == NR { there[$1]; next } !($1 in there)' \
		"$mutants_dir/patches/list" -)
	[ -z "$stale" ] || die "mutants: target/mutants/{equivalent,sample} speak of what is not there: $(echo $stale)"
}

# mutants_choose WORD...: names of mutants, rules or functions; none: all. Prints
# names, in no order, but the same each time: what is done at any moment is a sample.
mutants_choose() {
	local word
	for word; do
		awk -v word="$word" '$1 == word || $2 == word || $4 == word { found = 1 } END { exit !found }' \
			"$mutants_dir/patches/list" ||
			die "mutants: no mutant, rule or function $word$(mutants_near "$word")"
	done
	awk -v words=" $* " '
		words == "  " || index(words, " " $1 " ") || index(words, " " $2 " ") ||
			index(words, " " $4 " ") {
			hash = 7
			for (i = 1; i <= length($1); i++)
				hash = (hash * 31 + index("abcdefghijklmnopqrstuvwxyz_-0123456789", substr($1, i, 1))) % 999983
			print hash * 7919 % 999983, $1
		}' "$mutants_dir/patches/list" | sort -n | cut -d ' ' -f 2
}

mutants_near() {
	awk '{ print $1; print $2; print $4 }' "$mutants_dir/patches/list" | sort -u >"$mutants_dir/words"
	nearest "$1" <"$mutants_dir/words" | awk -F ', ' '/^; nearest/ {
		for (i = 1; i <= NF && i <= 5; i++) printf "%s%s", (i > 1 ? ", " : ""), $i }'
	printf '; ./build.sh mutants --list has all'
}

# ------------------------------------------------------------------ object code

# mutants_object FILE: the hash of its code, compiled in the current folder; no
# line numbers in it. Of a header: of all that may include it.
mutants_object() {
	local file files=$1 out
	[[ $1 = *.c ]] || files=$(ls target/core/*.c)
	out=$(mktemp)
	for file in $files; do
		"$CC" -std=gnu11 -O2 -g0 -w -D_GNU_SOURCE -Wno-builtin-macro-redefined \
			-D__LINE__=0 -Itarget -Itarget/core -c "$file" -o "$out" || { rm "$out"; return 1; }
		cat "$out"
	done | sha256sum | cut -c 1-16
	[ "${PIPESTATUS[0]}" = 0 ] || return 1
	rm -f "$out"
}

# mutants_tree DIR: a copy of what is mutated.
mutants_tree() {
	mkdir -p "$1/target/core"
	cp "$root"/target/*.h "$root"/target/*.def "$1/target/"
	cp "$root"/target/core/*.[ch] "$1/target/core/"
}

# mutants_judge NAME: its line about object code, if it has none; and what comes of it.
mutants_judge() {
	local dir file hash why
	! grep -q "^$1 object " "$mutants_dir/ledger" || return 0
	dir=$(mktemp -d)
	file=$(awk -v name="$1" '$1 == name { print $3 }' "$mutants_dir/patches/list")
	mutants_tree "$dir"
	if [ ! -f "$mutants_dir/original-${file##*/}" ]; then
		(cd "$dir" && mutants_object "$file") >"$mutants_dir/original-${file##*/}"
	fi
	patch -s -p1 -d "$dir" <"$mutants_dir/patches/$1.patch"
	if ! hash=$(cd "$dir" && mutants_object "$file" 2>/dev/null); then
		hash=broken
	elif [ "$hash" = "$(cat "$mutants_dir/original-${file##*/}")" ]; then
		hash=equal
	fi
	rm -rf "$dir"
	echo "$1 object $hash" >>"$mutants_dir/ledger"
	why=$(mutants_idle "$1")
	[ -z "$why" ] || say "$1: $why"
}

# mutants_idle NAME: why it is not hunted, if it is not: its object code says so.
mutants_idle() {
	awk -v name="$1" '
		$2 == "object" && !($3 in first) { first[$3] = $1 }
		$1 == name && $2 == "object" { hash = $3 }
		END {
			if (hash == "equal")
				print "equivalent: its object code is the original'"'"'s"
			else if (hash == "broken")
				print "does not compile"
			else if (first[hash] != name)
				print "is " first[hash]
		}' "$mutants_dir/ledger"
}

# ------------------------------------------------------------------------ builds

# mutants_build BUILD NAME DIR: its fuzz target and its command, to DIR. What the
# last one changed is put back first.
mutants_build() {
	local folder=$root/build/$(build_folder core "$1") file
	local tree=$folder/mutant
	exec 8>"$folder.mutant.lock"
	flock 8
	for file in $(cat "$folder.mutated"); do
		cp "$root/$file" "$tree/$file"
	done
	awk -v name="$2" '$1 == name { print $3 }' "$mutants_dir/patches/list" >"$folder.mutated"
	patch -s -p1 -d "$tree" <"$mutants_dir/patches/$2.patch"
	cmake --build "$folder" -j "$jobs" --target page_cache_fuzzer_mutant pagerace_mutant \
		>"$3/build.log" 2>&1 || return 1
	cp "$folder/page_cache_fuzzer_mutant" "$folder/pagerace_mutant" "$3/"
	exec 8>&-
}

# ------------------------------------------------------------------------- hunts

# mutants_replay DIR: plays what the hunt in there left; prints "killed ID" if it
# ends in what the hunt reported, or "unplayed WHY".
mutants_replay() {
	local artifact said id
	artifact=$(find "$1" -maxdepth 1 \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' \))
	[ -n "$artifact" ] || { echo 'unplayed no-artifact'; return; }
	if [ ! -s "$artifact" ]; then # no bytes: the empty program
		artifact=$1/empty.prog
		echo 'pagerace 1' >"$artifact"
	fi
	said=$(sed -n 's/^ASSERTION FAILED: //p' "$1/log" | tail -n 1)
	id=$(timeout 120 "$1/pagerace_mutant" run "$artifact" 2>/dev/null |
		sed -n "s|^$artifact: \\([^, ]*\\).*, expected clean\$|\\1|p")
	if [ -z "$id" ]; then
		echo "unplayed ${said:-crash}-is-clean"
	elif [ "$id" = "${said:-$id}" ]; then # a crash has no name to compare
		echo "killed $id"
	else
		echo "unplayed ${said:-crash}-is-$id"
	fi
}

# mutants_hunt NAME BUILD SEED TIME DIR: from an empty corpus; a line of the ledger.
mutants_hunt() {
	local dir=$5 status=0 began=$EPOCHREALTIME took runs result='survived -'
	rm -rf "$dir/corpus" "$dir"/*-*
	mkdir "$dir/corpus"
	# shellcheck disable=SC2046 # flags are words
	"$dir/page_cache_fuzzer_mutant" $(fuzzer_flags) -seed="$3" -reload=0 -max_total_time="$4" \
		-artifact_prefix="$dir/" "$dir/corpus" >"$dir/log" 2>&1 </dev/null || status=$?
	took=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%d", b - a }')
	[ $status = 0 ] || result=$(mutants_replay "$dir")
	runs=$(sed -n 's/^pagerace: total executions //p; s/^Done \([0-9]*\) runs.*/\1/p' "$dir/log" | tail -n 1)
	echo "$1 $2 $3 $4 $took $result ${runs:-0}" >>"$mutants_dir/ledger"
}

# mutants_known NAME BUILD: seeds that need no hunt any more, or "killed".
mutants_known() {
	awk -v name="$1" -v build="$2" -v time="$time" -v seeds="$seeds" '
		$1 == name && $6 == "killed" && $5 <= time && $3 <= seeds { killed = 1 }
		$1 == name && $2 == build && $4 >= time { seen = seen " " $3 }
		END { print killed ? "killed" : seen " " }' "$mutants_dir/ledger"
}

# mutants_turn NAME BUILD: all that is to be done for it, and a line.
mutants_turn() {
	local known seed dir
	[ -z "$(mutants_idle "$1")" ] || return 0
	known=$(mutants_known "$1" "$2")
	[ "$known" != killed ] || return 0
	dir=$mutants_dir/hunts/$1-$2
	for ((seed = 1; seed <= seeds; seed++)); do
		[[ $known != *" $seed "* ]] || continue
		if [ ! -d "$dir" ]; then
			mkdir -p "$dir"
			mutants_build "$2" "$1" "$dir" ||
				{ say "$1: $2: the build failed: ${dir#"$root"/}/build.log"; return; }
		fi
		mutants_hunt "$1" "$2" "$seed" "$time" "$dir"
		[ "$(mutants_known "$1" "$2")" != killed ] || break
	done
	[ ! -d "$dir" ] || grep "^$1 $2 " "$mutants_dir/ledger" | tail -n 1 | mutants_line
	rm -rf "$dir"
}

mutants_line() {
	awk '{ print $1 ": " $2 ": " $6 ($7 == "-" ? "" : " " $7) ", seed " $3 ", after " $8 " executions, " $5 " s" }'
}

# ------------------------------------------------------------------------- verb

mutants_round() {
	local build=$1 name running=0
	say "building $build with $CC ..."
	build_one core "$build" page_cache_fuzzer_mutant pagerace_mutant
	# Whatever lies there: new, so that it is compiled.
	name=$root/build/$(build_folder core "$build")
	cp "$root"/target/core/*.[ch] "$name/mutant/target/core/"
	: >"$name.mutated"
	while read -r name; do
		mutants_judge "$name"
		while [ "$(jobs -pr | wc -l)" -ge "$count" ]; do wait -n || true; done
		mutants_turn "$name" "$build" &
	done <"$mutants_dir/hunted"
	wait
}

mutants_say_table() {
	awk -v time="$time" -v seeds="$seeds" -f "$root/fuzz/verbs/mutants.awk" \
		of=chosen "$mutants_dir/chosen" of=listed "$mutants_rules/equivalent" \
		of=tried "$mutants_dir/ledger" of=all "$mutants_dir/patches/list" >"$mutants_dir/table"
	cat "$mutants_dir/table"
	! grep -q '[0-9] \+\(survived\|unplayed\|not hunted\)\|BUT LISTED' "$mutants_dir/table"
}

mutants() {
	local time=40 seeds=2 count=1 first='' what=hunt builds='' build words=()
	while [ $# -gt 0 ]; do
		case $1 in
		-h | --help) usage; return 0 ;;
		--list | --table | --sample | --equivalent) what=${1#--}; shift; continue ;;
		--target | --time | --seeds | --jobs | --first | --builds)
			[ -n "${2-}" ] || die "mutants: $1 takes a value"
			;;
		-*) die "mutants: no option $1; try: ./build.sh --help" ;;
		*) words+=("$1"); shift; continue ;;
		esac
		case $1 in
		--target) [ "$2" = core ] || die "mutants: no rules for target $2; there is: core" ;;
		--time) mutants_number "$@"; time=$2 ;;
		--seeds) mutants_number "$@"; seeds=$2 ;;
		--jobs) mutants_number "$@"; count=$2 ;;
		--first) mutants_number "$@"; first=$2 ;;
		--builds) builds=${2//,/ } ;;
		esac
		shift 2
	done
	for build in $builds; do
		build_names core | grep -x -e "$build" >/dev/null ||
			die "mutants: no build $build; there are: $(echo $(build_names core))"
	done
	choose_compiler
	mutants_make
	mutants_check_lists
	mutants_chosen "${words[@]}"
	[ "$what" != list ] || { cat "$mutants_dir/chosen"; return 0; }
	mutants_do
}

mutants_number() { [[ $2 =~ ^[1-9][0-9]{0,5}$ ]] || die "mutants: $1 takes a whole number from 1, not $2"; }

# What the table is of, and what is to be hunted, into files: those of the reviewed
# list only when asked for.
mutants_chosen() {
	local listed all
	[ "$what" != sample ] || set -- $(sed 's/#.*//' "$mutants_rules/sample") "$@"
	all=$(mutants_choose "$@") || exit 2
	listed=$(sed -n 's/^\([a-z][^ ]*\) .*/\1/p' "$mutants_rules/equivalent")
	if [ "$what" = equivalent ]; then
		all=$(grep -xF -e "$listed" <<<"$all") || die 'mutants: none of these is listed'
		listed=''
	fi
	printf '%s\n' "$all" |
		awk -v first="${first:-0}" '!first || NR <= first' >"$mutants_dir/chosen"
	awk 'FNR == NR { listed[$1]; next } !($1 in listed)' \
		<(echo "${listed:-none}") "$mutants_dir/chosen" >"$mutants_dir/hunted"
}

# Round by round, release first; the next one only for what is still alive.
mutants_do() {
	local build
	[ -n "$builds" ] || builds=$(build_names core)
	if [ "$what" != table ]; then
		install_missing < <(needed)
		say "$(wc -l <"$mutants_dir/hunted") mutants: $seeds seeds of $time s each, by $(echo $builds)"
		for build in $builds; do mutants_round "$build"; done
	fi
	mutants_say_table
}
