# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# out.sh: items about how something was built and what is in $OUT; read by
# contract.sh.

is_sealed() {
	[ "$seal" = yes ] || skip 'no namespaces here: builds had a network'
	! sealed touch "$root/.written" 2>/dev/null || return 1
	! sealed ping -c 1 127.0.0.1 >/dev/null 2>&1
}

# Lines of $dir/commands that compiled into the fuzz target, or linked it.
compiled() { grep "^$work/pagerace: cc .* -c " "$dir/commands" | grep -E 'CMakeFiles/(objects_core|room_[a-z]*|sanitizers|page_cache_fuzzer)\.dir/'; }
linked() { grep -E -- "^$work/pagerace: (cc|c\+\+) .* -o $name " "$dir/commands"; }

# What we add may not choose a sanitizer, a machine, or make warnings errors.
flags_are_given() {
	local line ours
	local targets=("$root"/target/core/*.c)
	[ "$(compiled | wc -l)" -gt ${#targets[@]} ] || { echo 'few files were compiled'; return 1; }
	compiled | while read -r line; do
		[[ $line == *" $CFLAGS "* ]] || { echo "not with \$CFLAGS: $line"; exit 1; }
		ours=${line/" $CFLAGS "/ }
		! grep -Eo -- ' (-Werror[^ ]*|-fsanitize=[^ ]*|-march=[^ ]*|-mtune=[^ ]*)' \
			<<<"$ours" || { echo "ours: $line"; exit 1; }
	done || return 1
	line=$(linked)
	[ "$(wc -l <<<"$line")" = 1 ] && [[ $line == *": c++ "* ]] ||
		{ echo "not linked once, by \$CXX: $line"; return 1; }
	[[ $line == *" $CXXFLAGS "* ]] || { echo "not with \$CXXFLAGS: $line"; return 1; }
	[[ $line == *".o "*" $LIB_FUZZING_ENGINE"* ]] ||
		{ echo "the engine is not behind the objects: $line"; return 1; }
	[[ ${line##*"$LIB_FUZZING_ENGINE"} != *.o* ]]
}

archivers_are_taken() {
	grep -q "^CMAKE_AR:[A-Z]*=$dir/bin/ar$" "$work/pagerace/CMakeCache.txt" &&
		grep -q "^CMAKE_RANLIB:[A-Z]*=$dir/bin/ranlib$" "$work/pagerace/CMakeCache.txt"
}

# Anything else would be taken for a fuzz target, by its name or by what is in it.
out_holds() {
	local want="$name $name.options ${name}_seed_corpus.zip "
	[ "$(cd "$out" && find . -mindepth 1 -printf '%P\n' | sort | tr '\n' ' ')" = "$want" ] ||
		{ find "$out"; return 1; }
	[ -x "$out/$name" ] && [[ $name =~ ^[A-Za-z0-9_-]+$ ]] || return 1
	grep -q LLVMFuzzerTestOneInput "$out/$name" || return 1
	# Static but for the C library: nothing of this machine is asked for.
	! readelf -d "$out/$name" | grep -E 'RPATH|RUNPATH' || return 1
	! readelf -d "$out/$name" | grep NEEDED |
		grep -Ev '\[(lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+|c\+\+|c\+\+abi)\.so\.[0-9]+|ld-linux.*)\]'
}

is_for() { readelf -h "$out/$name" | grep -i "Machine: .*$1"; }

# is_instrumented SANITIZER: bad_build_check cannot see it, as the runtime calls
# itself often enough: each object of the target asks for the runtime.
is_instrumented() {
	local object call
	case $1 in
	address) call=' U __asan_(report|init)' ;;
	memory) call=' U __msan_' ;;
	undefined) call=' U __ubsan_handle_' ;;
	thread) call=' U __tsan_' ;;
	esac
	for object in "$work"/pagerace/CMakeFiles/objects_core.dir/target/core/*.o; do
		nm "$object" | grep -E "$call" >/dev/null || { echo "$object: no$call"; return 1; }
		case $object in */check.c.o) continue ;; esac # the last word is an eye
		readelf -SW "$object" | grep __sancov_cntrs >/dev/null || { echo "$object: no counters"; return 1; }
	done
	find "$work"/pagerace/CMakeFiles/room_*.dir -name '*.c.o' >"$dir/rooms"
	[ -s "$dir/rooms" ] || { echo 'no objects of the harness'; return 1; }
	! xargs readelf -SW <"$dir/rooms" | grep __sancov_cntrs >/dev/null ||
		{ echo 'the harness has counters'; return 1; }
}

# calls PREFIX: how many of these functions' calls there are.
calls() { grep -Ec "(call|jmp) .*<$1" "$dir/dump"; }

# bad_build_check SANITIZER: its rules, with its thresholds.
bad_build_check() {
	local asan msan ubsan dfsan counters
	counters=$("$out/$name" -seed=1337 -runs=4 2>&1 |
		sed -n 's/.*Loaded [0-9]* modules *(\([0-9]*\) .*/\1/p')
	[ "${counters:-0}" -ge 100 ] || { echo "$counters counters"; return 1; }
	objdump -d --no-show-raw-insn "$out/$name" >"$dir/dump"
	asan=$(calls __asan) msan=$(calls __msan) ubsan=$(calls __ubsan) dfsan=$(calls __dfsan)
	echo "asan $asan msan $msan ubsan $ubsan dfsan $dfsan"
	case $1 in
	address) [ "$asan" -ge 1000 ] && [ "$msan" -le 3 ] && [ "$ubsan" -le 200 ] && [ "$dfsan" = 0 ] ;;
	memory) [ "$msan" -ge 1000 ] && [ "$asan" = 0 ] && [ "$ubsan" -le 200 ] && [ "$dfsan" = 0 ] ;;
	undefined) [ "$ubsan" -ge 168 ] && [ "$asan" = 0 ] && [ "$msan" = 0 ] && [ "$dfsan" = 0 ] ;;
	thread) ;; # has none
	esac
}

# run_fuzzer and ClusterFuzz read these sections and no others; all flags are
# ones that this libFuzzer has.
options_are_known() {
	local flag
	! grep -E '^\[' "$out/$name.options" |
		grep -Ev '^\[(libfuzzer|asan|msan|ubsan|hwasan|AFL|centipede|env)\]$' || return 1
	"$out/$name" -help=1 >"$dir/help" 2>&1
	for flag in $(sed -n '/^\[libfuzzer\]/,/^\[/s/^\([a-z_]*\) *=.*/\1/p' "$out/$name.options"); do
		grep -Eq "^ $flag[[:space:]]" "$dir/help" || { echo "libFuzzer has no $flag"; return 1; }
	done
}

seeds_are_all() {
	local want
	unzip -Z1 "$out/${name}_seed_corpus.zip" | sort >"$dir/names"
	! grep / "$dir/names" || return 1
	! uniq -d "$dir/names" | grep . || return 1
	want=$(cd "$root/corpus" && for file in seeds/*.prog clean/*.prog bugs/*/*.prog; do
		grep -q '^target ' "$file" || echo "$(basename "$(dirname "$file")")-$(basename "$file" .prog)"
	done | sort)
	diff <(echo "$want") "$dir/names"
}

# The second build also is one where nothing has to be done.
builds_twice() {
	local before
	before=$(cd "$out" && cksum ./*)
	call_build_sh || return 1
	! compiled || { echo 'compiled again'; return 1; }
	diff <(echo "$before") <(cd "$out" && cksum ./*)
}
