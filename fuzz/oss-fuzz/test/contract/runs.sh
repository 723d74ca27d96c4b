# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# runs.sh: items about how the fuzz target behaves; read by contract.sh.

# $OUT somewhere else, read-only, as nobody from /, with an empty environment:
# what only worked where it was built fails.
elsewhere() {
	rm -rf "$dir/moved" && cp -r "$out" "$dir/moved" && chmod -R a+rX "$dir" || return 1
	if [ "$seal" = yes ]; then
		unshare -nm sh -c 'mount --bind "$0" "$0" &&
			mount -o remount,ro,bind "$0" && cd / &&
			exec setpriv --reuid 65534 --regid 65534 --clear-groups env -i UBSAN_OPTIONS="$UBSAN_OPTIONS" "$@"' \
			"$dir/moved" "$dir/moved/$name" "$@"
	else
		(cd / && env -i UBSAN_OPTIONS="$UBSAN_OPTIONS" "$dir/moved/$name" "$@")
	fi
}

# An empty file, junk, and all seeds, in $dir/inputs.
inputs() {
	rm -rf "$dir/inputs"
	mkdir -p "$dir/inputs"
	: >"$dir/inputs/empty"
	head -c 1048576 /dev/urandom >"$dir/inputs/junk"
	unzip -qo "$out/${name}_seed_corpus.zip" -d "$dir/inputs" || return 1
	chmod -R a+rX "$dir"
}

# Nothing is said about a clean input; what remains is the engine's, and ASan's
# warning where stacks are switched by ucontext, as on i386.
nothing_said() {
	! grep -avE '^(INFO: |Running: |Executed |\*\*\*|.*: Running [0-9]+ inputs|$|WARNING: Failed to find function|==[0-9]+==WARNING: ASan doesn.t fully support makecontext)' "$1"
}

runs_elsewhere() {
	inputs || return 1
	elsewhere -seed=1337 -runs=4 2>&1 | grep -a 'Done 4 runs' || return 1
	elsewhere "$dir"/inputs/* >"$dir/said" 2>&1 || { tail "$dir/said"; return 1; }
	nothing_said "$dir/said"
}

runs_long() {
	local flags
	flags=$(sed -n 's/^\([a-z_]*\) *= *\(.*\)$/-\1=\2/p' "$out/$name.options")
	# shellcheck disable=SC2086 # flags are words
	(cd "$dir" && "$out/$name" $flags -seed=1 -runs=20000)
}

# What the coverage script does, for the one target.
covers() {
	local llvm profile=$dir/profile
	llvm=$("$clang" -print-prog-name=llvm-cov) || return 1
	inputs || return 1
	rm -rf "$profile" "$dir/merged"
	mkdir -p "$profile" "$dir/merged"
	LLVM_PROFILE_FILE=$profile/%m.profraw "$out/$name" -merge=1 "$dir/merged" "$dir/inputs" || return 1
	"${llvm%cov}profdata" merge -sparse "$profile"/*.profraw -o "$profile/all" || return 1
	"$llvm" report "$out/$name" -instr-profile="$profile/all" >"$dir/report" || return 1
	"$llvm" export -summary-only "$out/$name" -instr-profile="$profile/all" >"$dir/summary" || return 1
	python3 - "$dir/summary" <<-'END'
	import json, os, sys
	files = json.load(open(sys.argv[1]))["data"][0]["files"]
	core = [f for f in files if "/target/core/" in f["filename"]]
	assert len(core) >= 6, "no files of the core"
	for file in files:
	    assert os.path.exists(file["filename"]) or "/variants/" in file["filename"], file["filename"]
	for file in core:
	    if file["filename"].endswith(".c") and "/spell.c" not in file["filename"]: # for show
	        assert file["summary"]["lines"]["covered"] > 0, file["filename"]
	END
}

# As bad_build_check: it gets as far as that.
afl_starts() {
	inputs || return 1
	AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		AFL_EXIT_WHEN_DONE=1 timeout 120 afl-fuzz -V 1 -i "$dir/inputs" -o "$dir/afl" \
		-- "$out/$name" >"$dir/said" 2>&1
	grep -a 'All set and ready to roll' "$dir/said" || { tail "$dir/said"; return 1; }
	! grep -a -i 'stats *: *0 processed' "$dir/said"
}

# Its map has room for edges and for all features; what passes in a story is
# more than what passes in the empty program.
afl_sees_features() {
	local size story empty
	inputs || return 1
	size=$(AFL_DUMP_MAP_SIZE=1 "$out/$name") || true
	AFL_QUIET=1 afl-showmap -q -o "$dir/empty" -- "$out/$name" "$dir/inputs/empty" || return 1
	AFL_QUIET=1 afl-showmap -q -o "$dir/story" -- "$out/$name" \
		"$dir/inputs/free-without-tail-mail_of_january_2021" || return 1
	empty=$(wc -l <"$dir/empty") story=$(wc -l <"$dir/story")
	echo "map of $size; the empty program has $empty, the story $story"
	[ "$size" -gt 8192 ] && [ "$story" -gt $((empty + 100)) ]
}

# The fuzz target sets out with the guards of its edges and of its features; a
# story passes more than the empty program.
stand_in_runs() {
	local empty story all
	inputs || return 1
	empty=$("$out/$name" "$dir/inputs/empty") || return 1
	story=$("$out/$name" "$dir/inputs/free-without-tail-mail_of_january_2021") || return 1
	all=$("$out/$name" "$dir"/inputs/*) || return 1
	printf '%s\n' "$empty" "$story" "$all"
	[ "$(awk '{ print $2 }' <<<"$story")" -gt 8192 ] &&
		[ "$(awk '{ print $4 }' <<<"$story")" -gt "$(awk '{ print $4 }' <<<"$empty")" ]
}

runs_emulated() {
	local emulator
	emulator=$(command -v qemu-aarch64-static || command -v qemu-aarch64) ||
		skip 'no qemu-aarch64'
	inputs || return 1
	"$emulator" -L /usr/aarch64-linux-gnu "$out/$name" "$dir"/inputs/*
}
