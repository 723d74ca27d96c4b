#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# real_test.sh PAGERACE CC: libraries that nobody here wrote end as they have to, by what is
# installed of the build that PAGERACE lies in, made by the clang CC. Sources stay in the build.
#
# Exit: that of real.sh: 77 if they cannot be had.
set -euo pipefail

build=${1%/*}
export CC=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --build "$build" --target pagerace pagerace_archive pagerace_threads_archive >"$work/log" ||
	{ cat "$work/log"; exit 1; }
cmake --install "$build" --prefix "$work/prefix" >/dev/null
bash "$here/../real.sh" "$work/prefix/bin/pagerace-cc" "$build/real"
