#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# fetch.sh PACKAGE DIR: the source of Debian's PACKAGE, of the system's own suite,
# into DIR/PACKAGE, which it prints. What is there already stays.
#
# What the system is set up with does not change: a list of sources, lists of
# packages and a cache of its own, in DIR, from the system's mirror, signed by the
# system's keys. Needs no root. Nothing of it is part of this repository.
#
# Exit: 0, or 77 with a reason why it cannot be had.
set -euo pipefail

[ $# -eq 2 ] || { echo 'usage: fetch.sh PACKAGE DIR' >&2; exit 2; }
package=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
skip() { printf 'fetch.sh: %s: %s\n' "$package" "$*" >&2; exit 77; }

if [ -d "$dir/$package" ]; then
	echo "$dir/$package"
	exit 0
fi
for tool in apt-get dpkg-source; do
	command -v "$tool" >/dev/null || skip "no $tool on this system"
done
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
	awk '/\/debian\/?$/ && !seen++' | sed 's,/$,,')
suite=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
[ -n "$mirror" ] && [ -n "$suite" ] && [ -f "$keyring" ] || skip 'apt knows no mirror of Debian'

work=$dir/.$package
rm -rf "$work"
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
: >"$work/status"
echo "deb-src [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
apt() {
	apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
		-o Dir::State="$work/state" -o Dir::State::status="$work/status" \
		-o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" \
		-o Acquire::Retries=2 -o Acquire::Languages=none "$@"
}
if ! (cd "$work" && apt update -o APT::Update::Error-Mode=any &&
	apt source --download-only "$package") >"$work/log" 2>&1; then
	tail -n 3 "$work/log" >&2
	skip "not to be had from $mirror $suite"
fi
dpkg-source -q --no-check -x "$work/$package"_*.dsc "$work/tree" >"$work/log" 2>&1 ||
	skip "$(tail -n 1 "$work/log")"
mv "$work/tree" "$dir/$package"
rm -rf "$work"
echo "$dir/$package"
