#!/bin/sh
# SPDX-License-Identifier: MIT
#
# litmus.sh LITMUS_TEST [FILE...]: the table of litmus tests in ../README.md: ours,
# and those of the kernel, out of Debian's source package, which are read and not
# kept. Fails if one is not as it should be. Without the package: 77.
test=$1
shift
ours=$(dirname "$0")/litmus
if [ $# -gt 0 ]; then
	exec "$test" "$@"
fi
archive=$(find /usr/src -maxdepth 1 -name 'linux-source-*.tar.xz' 2>/dev/null | sort -V | tail -n 1)
if [ -z "$archive" ]; then
	echo 'skipped: no /usr/src/linux-source-*.tar.xz (./build.sh linux installs it)'
	exit 77
fi
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
tar -xJf "$archive" -C "$dir" --wildcards '*/tools/memory-model/litmus-tests/*.litmus' || exit 2
echo "Those of $(basename "$archive" .tar.xz):"
echo
"$test" "$dir"/*/tools/memory-model/litmus-tests/*.litmus
status=$?
echo
echo 'Ours:'
echo
"$test" "$ours"/*.litmus || status=1
exit $status
