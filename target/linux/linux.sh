# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# linux.sh: what ./build.sh linux does, and what hunt and bench do for the target
# linux; read by build.sh, whose functions it uses.
#
# A kernel tree is one's own (--tree), or what is needed of Debian's package
# linux-source-VERSION, unpacked below build/: the system's own package, or fetch.sh's.

linux_version=6.1 linux_tree='' linux_dir=linux
linux_versions='6.1 6.12 7.2 7.3' # those that are tested

# linux_option WORD VALUE: take a choice of tree. Returns: false if it is none.
linux_option() {
	case $1 in
	--tree) linux_tree=${2:?--tree takes a folder} ;;
	--version) linux_version=${2:?--version takes 6.1, say} ;;
	*) return 1 ;;
	esac
}

# As `needed`: for the tools of this compiler's LLVM.
linux_needed() {
	local suffix=${CC##*clang}
	needed
	cat <<-END
	ld.lld$suffix lld$suffix
	llvm-symbolizer$suffix llvm$suffix
	bc bc
	spatch coccinelle
	xz xz-utils
	END
	[ -n "$linux_tree" ] || ! linux_is_systems ||
		echo "/usr/src/linux-source-$linux_version.tar.xz linux-source-$linux_version"
}

# Versions that Debian 12 carries itself.
linux_is_systems() { [[ $linux_version =~ ^6\.(1|12)$ ]]; }

# Of the kernel's archive in stdin, what is needed, into build/linux-source-VERSION.
linux_unpack() {
	say "unpacking Makefile, include, kernel, lib and mm of $1 ..."
	rm -rf "$linux_tree"
	mkdir -p "$linux_tree"
	# New dates: what was built from an older package is stale.
	tar -xJmf - -C "$linux_tree" --strip-components=1 --wildcards --no-wildcards-match-slash \
		'linux-source-*/'{Makefile,include,kernel,lib,mm}
}

# Of the system's package.
linux_unpack_system() {
	local archive=/usr/src/linux-source-$linux_version.tar.xz stamp
	stamp=$(stat -c '%s %Y' "$archive")
	[ "$(cat "$linux_tree/.unpacked" 2>/dev/null)" != "$stamp" ] || return 0
	linux_unpack "$archive" <"$archive" ||
		die "linux: $archive cannot be unpacked"
	echo "$stamp" >"$linux_tree/.unpacked"
}

# Of a newer suite's package, once: what was fetched stays until its folder is removed.
linux_unpack_fetched() {
	local package archive
	[ ! -f "$linux_tree/.unpacked" ] || return 0
	package=$("$root/target/linux/fetch.sh" "$linux_version" "$root/build/fetched") ||
		die "linux: no linux-source-$linux_version; --tree DIR takes an unpacked tree"
	# It may be another version.
	linux_version=${package##*/linux-source-} linux_version=${linux_version%%_*}
	linux_tree=$root/build/linux-source-$linux_version
	if [ ! -f "$linux_tree/.unpacked" ]; then
		archive=./usr/src/linux-source-$linux_version.tar.xz
		dpkg-deb --fsys-tarfile "$package" | tar -xOf - "$archive" |
			linux_unpack "${package##*/}" ||
			die "linux: $package cannot be unpacked"
		echo "${package##*/}" >"$linux_tree/.unpacked"
	fi
	rm -rf "$root/build/fetched"
}

# Choose the tree of the version.
linux_unpacked() {
	linux_tree=$root/build/linux-source-$linux_version
	if linux_is_systems; then linux_unpack_system; else linux_unpack_fetched; fi
}

# VERSION.PATCHLEVEL of the tree.
linux_series() {
	awk '$1 == "VERSION" { v = $3 } $1 == "PATCHLEVEL" { print v "." $3; exit }' \
		"$linux_tree/Makefile"
}

# Choose and fetch the tree, and the build folder: linux for 6.1, else linux-VERSION.
linux_prepare() {
	choose_compiler
	[[ $CC == *clang* ]] || die "linux: needs clang, not $CC"
	if [ -n "$linux_tree" ]; then
		[ -f "$linux_tree/mm/page_alloc.c" ] && [ -f "$linux_tree/Makefile" ] ||
			die "linux: $linux_tree: no kernel tree: mm/page_alloc.c is not there"
		linux_tree=$(realpath "$linux_tree")
	elif [[ ! $linux_version =~ ^[0-9]+\.[0-9]+$ ]]; then
		die "linux: --version $linux_version: no version such as 6.1"
	fi
	install_missing < <(linux_needed) ||
		die 'linux: something is missing; --tree DIR takes an unpacked kernel tree'
	[ -n "$linux_tree" ] || linux_unpacked
	local series
	series=$(linux_series)
	[[ " $linux_versions " == *" $series "* ]] ||
		say "note: tried are $linux_versions; $series may need more than is here"
	[ "$series" = 6.1 ] || linux_dir=linux-$series
}

# linux_make TARGETS [asan | plain [REVERT] | thread [REVERT]]: build them, with all
# reverts; or with ASan and the kernel's UBSan (linux.cmake), without; or with plain
# accesses as access points, with all or those (a list of CMake's); or with TSan, the
# same.
linux_make() {
	local build_targets=$1
	local flags=(-DPAGERACE_LINUX="$linux_tree" -DPAGERACE_MISTAKES=OFF)
	local both='-fsanitize=address,undefined -fno-sanitize-recover=undefined' asan
	case ${2-} in
	asan)
		asan=("${asan_flags[@]/-O2/-O1}")
		build "$linux_dir-asan" "${flags[@]}" -DPAGERACE_REVERTS=OFF \
			"${asan[@]/-fsanitize=address/$both}" -DPAGERACE_COVERAGE=
		;;
	plain)
		build "$linux_dir-plain" "${flags[@]}" "${release_flags[@]}" \
			-DPAGERACE_PLAIN=ON -DPAGERACE_LINUX_REVERTS="${3-}"
		;;
	thread)
		build "$linux_dir-thread" "${flags[@]}" "${release_flags[@]}" \
			-DCMAKE_C_FLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=thread' \
			-DCMAKE_CXX_FLAGS=-fsanitize=thread -DPAGERACE_LINUX_REVERTS="${3-}"
		;;
	*) build "$linux_dir" "${flags[@]}" "${release_flags[@]}" ;;
	esac
}

# What was built: version, files, stubs with their callers, sites, reverts.
linux_about() {
	local dir=$root/build/$linux_dir stubs
	stubs=$dir/variants/linux.o.tmp.stubs
	say
	say "Linux $(cat "$dir/linux/version"), ${linux_tree#"$root"/}"
	say "$(wc -l <"$dir/linux/files") files, as they are:"
	tr "\n" " " <"$dir/linux/files" | fold -s -w 76 | sed "s/^/  /"; echo
	say "$(wc -l <"$stubs") functions and variables that nobody defines; to call one is a finding;"
	say 'by the calls that there are an operation may come to'
	"$root/target/linux/stub_ways.sh" "$dir/variants/linux.o" "$stubs" |
		sed '/: not by an operation$/d; s/^/  /'
	say "$("$dir/pagerace" list sites --target linux | wc -l) sites where a schedule may switch"
	say "$("$dir/pagerace" list reverts --target linux | wc -l) reverts"
	say
	say "next: ./build.sh hunt REVERT --target linux${linux_again:+ $linux_again}"
	say "      build/$linux_dir/pagerace list reverts --target linux"
}

# ----------------------------------------------------------------------- tests

# The digest of all runs is that of the other build.
linux_same_digest() {
	local plain asan
	plain=$("$root/build/$linux_dir/pagerace" determinism --target linux) || return 1
	asan=$("$root/build/$linux_dir-asan/pagerace" determinism --target linux) || return 1
	printf 'plain: %s\nASan:  %s\n' "$plain" "$asan"
	[ "$plain" = "$asan" ]
}

# linux_silent BUILD RUNS
linux_silent() {
	# shellcheck disable=SC2046 # flags are words
	"$root/build/$1/page_cache_linux_fuzzer" $(fuzzer_flags) \
		-seed=1 -runs="$2" -artifact_prefix="$root/build/linux-"
}

# Steps of check.sh; after linux_prepare.
linux_steps() {
	step "build Linux $(linux_series) and its reverts" linux_make linux_tests
	step "tests on Linux" run_ctest "$linux_dir" -R '^linux[.]' -LE source
	step 'Linux and the core do the same on one CPU' \
		"$root/build/$linux_dir/pagerace" fidelity --programs 3000
	step 'build Linux with AddressSanitizer' \
		linux_make 'linux_tests page_cache_linux_fuzzer' asan
	step 'tests on Linux under AddressSanitizer' \
		run_ctest "$linux_dir-asan" -R '^linux[.]' -LE source -E reverts
	step 'determinism on Linux: plain, ASan' linux_same_digest
	step 'Linux as it is, 20,000 executions under AddressSanitizer' \
		linux_silent "$linux_dir-asan" 20000
}

# Of check --long.
linux_long_steps() {
	step 'build Linux with plain accesses' \
		linux_make 'linux_tests page_cache_linux_fuzzer' plain \
		'count-after-the-unlock;entry-without-release;parent-without-release'
	step 'tests on Linux, plain accesses' \
		run_ctest "$linux_dir-plain" -R '^linux[.]' -LE source
	step 'Linux as it is, 10,000 executions with plain accesses' \
		linux_silent "$linux_dir-plain" 10000
	step 'build Linux with ThreadSanitizer' \
		linux_make 'linux_tests page_cache_linux_fuzzer' thread count-after-the-unlock
	step 'tests on Linux under ThreadSanitizer' \
		run_ctest "$linux_dir-thread" -R '^linux[.]' -LE source
	step 'Linux as it is, 10,000 executions under ThreadSanitizer' \
		linux_silent "$linux_dir-thread" 10000
}

# Is all there? `check` says why not, and goes on without it.
linux_is_possible() {
	local log=$root/build/linux-prepare.log
	if (linux_prepare) >"$log" 2>&1; then
		linux_prepare
	else
		say "skipped: Linux $linux_version: $(tail -n 1 "$log")"
		return 1
	fi
}

# The version whose turn it is: each next commit has another. Without a history, the first.
linux_in_turn() {
	local versions commits
	read -ra versions <<<"$linux_versions"
	commits=$(git -C "$root" rev-list --count HEAD 2>/dev/null) || commits=0
	echo "${versions[commits % ${#versions[@]}]}"
}

# Choose the version whose turn it is; where its package cannot be had, the first.
linux_take_turn() {
	linux_version=$(linux_in_turn)
	say "Linux: the turn of $linux_version (check --version takes another)"
	linux_is_possible && return
	[ "$linux_version" != "${linux_versions%% *}" ] || return 1
	linux_version=${linux_versions%% *}
	linux_is_possible
}

linux_test() {
	# shellcheck source=fuzz/verbs/steps.sh
	. "$root/fuzz/verbs/steps.sh"
	linux_steps
	linux_long_steps
	say "$passes passed, $failures failed"
	[ $failures = 0 ]
}

# Another build, of the command and the fuzz target.
linux_plain() {
	say
	say 'building both with plain accesses as access points ...'
	linux_make 'pagerace page_cache_linux_fuzzer' plain
	say "next: build/$linux_dir-plain/page_cache_linux_fuzzer"
	say "      build/$linux_dir-plain/pagerace show --verbose FILE"
}

# And of races of plain accesses.
linux_thread() {
	say
	say 'building both with ThreadSanitizer ...'
	linux_make 'pagerace page_cache_linux_fuzzer' thread
	say "next: build/$linux_dir-thread/page_cache_linux_fuzzer"
	say "      build/$linux_dir-thread/pagerace run FILE"
}

# shellcheck source=target/linux/findings.sh
. "$root/target/linux/findings.sh"
# shellcheck source=target/linux/coverage.sh
. "$root/target/linux/coverage.sh"

# ------------------------------------------------------------------------ verb

linux_verb() {
	local after='' linux_again=''
	while [ $# -gt 0 ]; do
		case $1 in
		--tree | --version)
			linux_option "$1" "${2-}"
			linux_again="$1 $2"
			shift 2
			;;
		--findings)
			[ $# = 1 ] && [ -z "$after$linux_again" ] ||
				die 'linux: --findings stands alone: it asks every version that is built'
			linux_findings
			return
			;;
		--test | --coverage | --plain | --thread)
			[ -z "$after" ] || die "linux: --$after or $1: one at a time"
			after=${1#--}
			shift
			;;
		-h | --help) usage; return 0 ;;
		*) die "linux: no option $1; try: ./build.sh --help" ;;
		esac
	done
	linux_prepare
	# It may be another than was asked for, if Debian has that no more.
	[[ $linux_again != --version* ]] || linux_again="--version $linux_version"
	say "building pagerace with the target linux, $CC ..."
	linux_make pagerace
	say 'building page_cache_linux_fuzzer ...'
	linux_make page_cache_linux_fuzzer
	linux_about
	[ -z "$after" ] || "linux_$after"
}
