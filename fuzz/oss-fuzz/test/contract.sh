#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# contract.sh [--long] [WORD]: is ./build.sh what OSS-Fuzz and ClusterFuzzLite take it
# for? One line an item: ok, FAIL with its output, or skip with the reason. With
# a WORD: builds that are called like that. Exit code 1 if an item failed, 2 if
# no build is called like that. --long: crash states with each sanitizer, not
# with AddressSanitizer alone.
#
# fuzz/oss-fuzz/README.md says what each item stands for, and what is not run
# here, as it takes docker or OSS-Fuzz itself.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
long=no
[ "${1-}" != --long ] || { long=yes; shift; }
word=${1-}
name=page_cache_fuzzer
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failures=0
items=0
clang=$(command -v clang-19 || command -v clang)
clangxx=$(command -v clang++-19 || command -v clang++)

# item NAME command...: a line. Exit code 99 of the command: skipped, and its
# last line says why; 77 is what fuzz targets exit with.
item() {
	local title=$1 status=0 begin=$SECONDS
	shift
	items=$((items + 1))
	("$@") >"$dir/item" 2>&1 || status=$?
	case $status in
	0) echo "ok    $title ($((SECONDS - begin)) s)" ;;
	99) echo "skip  $title: $(tail -n 1 "$dir/item")" ;;
	*)
		echo "FAIL  $title"
		tail -n 20 "$dir/item" | sed 's/^/      /'
		failures=$((failures + 1))
		;;
	esac
}

skip() { echo "$*"; exit 99; }

# shellcheck source=fuzz/oss-fuzz/test/contract/environment.sh
. "$here/contract/environment.sh"
# shellcheck source=fuzz/oss-fuzz/test/contract/builds.sh
. "$here/contract/builds.sh"
# shellcheck source=fuzz/oss-fuzz/test/contract/out.sh
. "$here/contract/out.sh"
# shellcheck source=fuzz/oss-fuzz/test/contract/runs.sh
. "$here/contract/runs.sh"

# shellcheck source=fuzz/oss-fuzz/test/contract/states.sh
. "$here/contract/states.sh"

libcxx=
! echo 'int main() {}' | "$clangxx" -stdlib=libc++ -x c++ - -o "$dir/a.out" 2>"$dir/item" ||
	libcxx=' -stdlib=libc++'

[[ files != *"$word"* ]] ||
	item 'files: projects, workflows, .clusterfuzzlite' \
		python3 "$here/contract/files.py" "$root"
build_address
build_undefined
build_memory
build_thread
build_coverage
build_introspector
build_afl
build_honggfuzz
build_centipede
build_i386
build_aarch64
build_reverts
[ $items -gt 0 ] || { echo "contract.sh: no build is called like $word" >&2; exit 2; }
exit $((failures > 0))
