#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# fetch.sh VERSION DIR: Debian's package linux-source-VERSION, into DIR, of a suite
# that is newer than this system. Prints the name of the file.
#
# What the system is set up with does not change: apt.sh has its own of all, in DIR,
# for this one download. Without that package it takes the newest linux-source that the
# suites have, and says so.
#
# Exit: 0, or 2 with a message.
set -euo pipefail

[ $# -eq 2 ] || { echo 'usage: fetch.sh VERSION DIR' >&2; exit 2; }
version=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
otherwise='; --tree DIR takes a tree'

say() { printf '%s\n' "$*" >&2; }
die() { printf 'fetch.sh: %s\n' "$*" >&2; exit 2; }

# shellcheck source=target/linux/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

say "looking for linux-source-$version in $newer_suites of $mirror ..."
update_newer
names=$(apt apt-cache pkgnames linux-source- 2>/dev/null |
	sed -n '/^linux-source-[0-9.]*$/p' | sort -V)
[ -n "$names" ] || { tail -n 5 "$dir/log" >&2; die "nothing to be had from $mirror"; }
if ! grep -qxF "linux-source-$version" <<<"$names"; then
	newest=$(tail -n 1 <<<"$names")
	say "no suite has linux-source-$version; there are: ${names//$'\n'/ }"
	say "taking the newest, $newest"
	version=${newest#linux-source-}
fi
file=$(fetch "linux-source-$version") || die "linux-source-$version cannot be fetched"
forget
echo "$file"
