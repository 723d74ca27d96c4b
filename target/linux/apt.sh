# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# apt.sh: Debian's packages without touching the system: a list of sources, lists of
# packages and a cache of its own, in $dir, from the system's mirror, signed by the
# system's keys. Needs no root. Read by scripts that fetch; they set $dir, and have say
# and die.
# shellcheck disable=SC2154

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
newer_suites='stable-backports testing unstable'

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

# update SUITE... [-- OPTION...]: what they have, on the mirror, or of MIRROR=SUITE.
# Returns: false if one of them is not to be had.
update() {
	local of
	rm -rf "$dir/state" "$dir/cache"
	mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
	: >"$dir/status"
	: >"$dir/sources.list"
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		case $1 in
		*=*) of=${1%=*} ;;
		*) of=$mirror ;;
		esac
		printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$of" "${1##*=}" \
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
	update $newer_suites -- \
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

# What suites newer than the system have.
update_newer() {
	local now
	now=$(codenames || true)
	if grep -q NO_PUBKEY "$dir/log" && newer_keys; then now=$(codenames || true); fi
	# shellcheck disable=SC2086 # names are words
	[ -z "$now" ] || update $now || true
}

# What the system's own suites have, of Debian and its security.
update_own() {
	local own
	mapfile -t own < <(apt-get indextargets --format '$(REPO_URI)=$(RELEASE)' \
		'Created-By: Packages' 2>/dev/null |
		sed -nE 's,^(.*/debian(-security)?)/?=,\1=,p' | awk '!seen[$0]++')
	[ ${#own[@]} -gt 0 ] && update "${own[@]}" || true
}

# Nothing but packages that were fetched stays.
forget() { rm -rf "$dir/state" "$dir/cache" "$dir/keys" "$dir/status" "$dir/sources.list"; }

for tool in apt-get apt-cache dpkg-deb; do
	command -v "$tool" >/dev/null || die "no $tool: this is not Debian${otherwise-}"
done
# The system's own.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
	2>/dev/null | awk '/\/debian\/?$/ && !seen++' | sed 's,/$,,')
[ -n "$mirror" ] || die 'apt knows no mirror of Debian'
[ -f "$keyring" ] || die "no $keyring; install debian-archive-keyring"
