# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# breaks.sh: what ./build.sh test --breaks does; read by test.sh.
#
# Each patch in a folder test/breaks/ breaks one thing on purpose, in a copy of the tree. The
# tests whose names match what stands before the first "-" of its name have to
# notice; if that begins with asan., msan., thread. or accesses., the tests,
# named by the rest, of the build with that sanitizer or with plain accesses.
# Built is only what those tests run. Unbroken, all of them have to pass.

breaks=$root/build/breaks

# The build, and the tests, of the break called $1.
break_build() {
	case $1 in
	asan.* | msan.* | thread.* | accesses.*) echo "${1%%.*}" ;;
	*) echo plain ;;
	esac
}

break_tests() {
	local tests=${1%%-*}
	echo "${tests#"$(break_build "$1")".}"
}

# The executables that the tests matching $2 of build $1 run.
break_targets() {
	awk -v tests="$2" -v dir="\"$breaks/$1/" '
		/^add_test\(/ && substr($1, 10) ~ tests && index($0, dir) {
			path = substr($0, index($0, dir) + length(dir))
			print substr(path, 1, index(path, "\"") - 1)
		}' "$breaks/$1/CTestTestfile.cmake" | sort -u
}

# run_tests BUILD TESTS [command...]: build what they run and, by way of the
# command, run them. Returns: 8 if a test fails.
run_tests() {
	local generator=()
	if command -v ninja >/dev/null; then generator=(-G Ninja); fi
	local -n flags=tools_$1_flags
	local dir=$breaks/$1 tests=$2 targets
	[ -f "$dir/CTestTestfile.cmake" ] ||
		cmake -S "$breaks/tree" -B "$dir" "${generator[@]}" "${flags[@]}" || return
	mapfile -t targets < <(break_targets "$1" "$tests")
	if [ ${#targets[@]} -gt 0 ]; then
		cmake --build "$dir" -j "$jobs" --target "${targets[@]}" || return
	fi
	shift 2
	"$@" ctest --test-dir "$dir" -j "$jobs" --no-tests=error \
		--output-on-failure -R "$tests"
}

# unbroken BUILD NAME...: its tests, of these breaks, pass.
unbroken() {
	local build=$1 name tests=''
	shift
	for name; do
		[ "$(break_build "$name")" != "$build" ] ||
			tests+="|$(break_tests "$name")"
	done
	[ -n "$tests" ] || return 0
	say "building a copy to break, $build, with $CC ..."
	run_tests "$build" "${tests#|}" >"$breaks/$build.log" 2>&1 ||
		die "the unbroken copy does not build or pass; see build/breaks/$build.log"
}

# break_copy NAME [option of patch...]
break_copy() {
	local name=$1
	shift
	patch -s -p1 --fuzz=0 "$@" -d "$breaks/tree" <"${break_file[$name]}"
}

# Break the copy, see whether it is noticed, and mend it.
see_break() {
	local log=$breaks/$1.log status=0
	break_copy "$1"
	run_tests "$(break_build "$1")" "$(break_tests "$1")" timeout 300 \
		>"$log" 2>&1 || status=$?
	break_copy "$1" -R
	case $status in
	8 | 124) printf 'red   %s\n' "$1" ;;
	*)
		if [ $status = 0 ] && grep -q '(Skipped)$' "$log"; then
			printf 'skip  %s: its test is skipped here\n' "$1"
			return
		fi
		printf 'FAIL  %s: nothing noticed, or it does not build\n' "$1"
		tail -n 5 "$log"
		failures=$((failures + 1))
		;;
	esac
}

# test_breaks [WORD]: all of them, or those with the word in their names.
test_breaks() {
	local build name names file
	choose_compiler
	local -A break_file
	while read -r file; do
		name=${file##*/}
		break_file[${name%.patch}]=$file
	done < <(find "$root/fuzz" "$root/sanitizers" "$root/target" \
		-path "*/test/breaks/*${1-}*.patch" | sort)
	mapfile -t names < <(printf '%s\n' "${!break_file[@]}" | sort)
	[ -n "${names[0]}" ] || die "no break is called like $1"
	rm -rf "$breaks"
	mkdir -p "$breaks/tree"
	(cd "$root" && cp -r .clang-format CMakeLists.txt LICENSE build.sh README.md \
		.clusterfuzzlite .github corpus fuzz sanitizers target \
		"$breaks/tree")
	for name in "${names[@]}"; do
		break_copy "$name" --dry-run || die "$name: a stale patch"
	done
	for build in plain asan msan thread accesses; do
		unbroken "$build" "${names[@]}"
	done
	for name in "${names[@]}"; do
		see_break "$name"
	done
	[ $failures = 0 ] || die "$failures breaks went unnoticed"
	say 'every break was noticed'
}
