#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# fetch.sh VERSION DIR: Debian's package linux-source-VERSION, into DIR, of a suite
# that is newer than this system. Prints the name of the file.
#
# What the system is set up with does not change: a list of sources, lists of
# packages and a cache of its own, in DIR, for this one download, from the system's
# mirror, signed by the system's keys. Without that package it takes the newest
# linux-source that the suites have, and says so. Needs no root.
#
# Exit: 0, or 2 with a message.
set -euo pipefail

[ $# -eq 2 ] || { echo 'usage: fetch.sh VERSION DIR' >&2; exit 2; }
version=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
suites='stable-backports testing unstable'

say() { printf '%s\n' "$*" >&2; }
die() { printf 'fetch.sh: %s\n' "$*" >&2; exit 2; }

# apt TOOL ARGUMENT...: as if DIR were all that it knows.
apt() {
	local tool=$1
	shift
	"$tool" -q -o Dir::Etc::SourceList="$dir/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null \
		-o Dir::Etc::Preferences=/dev/null \
		-o Dir::Etc::PreferencesParts=/dev/null \
		-o Dir::State="$dir/state" -o Dir::State::status="$dir/status" \
		-o Dir::Cache="$dir/cache" -o APT::Sandbox::User="$(id -un)" \
		-o Acquire::Retries=2 -o Acquire::Languages=none "$@"
}

# update SUITE... [-- OPTION...]: what they have. Returns: false if one of them is not
# to be had.
update() {
	rm -rf "$dir/state" "$dir/cache"
	mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
	: >"$dir/status"
	: >"$dir/sources.list"
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$1" \
			>>"$dir/sources.list"
		shift
	done
	[ $# = 0 ] || shift
	apt apt-get update -o APT::Update::Error-Mode=any "$@" >"$dir/log" 2>&1
}

# What the suites are called today. A mirror may keep the files of a name that
# moves, such as stable, for longer than those of a release. Of those that can be had.
codenames() {
	# shellcheck disable=SC2086 # suites are words
	update $suites -- \
		-o Acquire::IndexTargets::deb::Packages::DefaultEnabled=false || true
	cat "$dir"/state/lists/*_InRelease 2>/dev/null | sed -n 's/^Codename: //p'
}

# fetch PACKAGE: its newest version, into DIR. Prints the file.
fetch() {
	local newest=0 found
	while read -r found; do
		dpkg --compare-versions "$found" le "$newest" || newest=$found
	done < <(apt apt-cache madison "$1" 2>/dev/null | awk -F ' *[|] *' '{ print $2 }')
	[ "$newest" != 0 ] || return 1
	say "fetching $1 $newest from $mirror ..."
	(cd "$dir" && rm -f "$1"_*.deb && apt apt-get download "$1=$newest") \
		>"$dir/log" 2>&1 || { tail -n 5 "$dir/log" >&2; die "$1 cannot be fetched"; }
	ls "$dir/$1"_*.deb
}

# Suites that are newer than the system may be signed by keys that its package of
# keys knows only in its newest version.
newer_keys() {
	local codename package
	codename=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
	[ -n "$codename" ] || return 1
	say 'a suite is signed by a key that is not here; looking for newer keys ...'
	update "$codename" "$codename-updates" || return 1
	package=$(fetch debian-archive-keyring) || return 1
	dpkg-deb -x "$package" "$dir/keys"
	keyring=$dir/keys$keyring
}

# The system's own.
find_mirror() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		2>/dev/null | awk '/\/debian\/?$/ && !seen++' | sed 's,/$,,'
}

for tool in apt-get apt-cache dpkg-deb; do
	command -v "$tool" >/dev/null || die "no $tool: this is not Debian; --tree DIR takes a tree"
done
mirror=$(find_mirror)
[ -n "$mirror" ] || die 'apt knows no mirror of Debian'
[ -f "$keyring" ] || die "no $keyring; install debian-archive-keyring"

say "looking for linux-source-$version in $suites of $mirror ..."
now=$(codenames || true)
if grep -q NO_PUBKEY "$dir/log" && newer_keys; then now=$(codenames || true); fi
# shellcheck disable=SC2086 # names are words
[ -z "$now" ] || update $now || true
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
rm -rf "$dir/state" "$dir/cache" "$dir/keys" "$dir/status" "$dir/sources.list"
echo "$file"
