#!/bin/sh
# SPDX-License-Identifier: MIT
#
# ways.sh REVIEWED OBJECT STUBS: an operation can come to no stub, by the calls that
# OBJECT has, but to those that were reviewed; each of these has a reason. An optimizing
# compiler may have dropped a way.
reviewed=$1 object=$2 stubs=$3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

target/linux/stub_ways.sh "$object" "$stubs" >"$dir/ways" || exit 1
[ "$(wc -l <"$dir/ways")" = "$(wc -l <"$stubs")" ] || fail 'not every stub was looked at'
grep -q ': not by an operation$' "$dir/ways" || fail 'to every stub there is a way'
grep -v '^#' "$reviewed" | sed 's/:.*//' | sort >"$dir/reviewed"
sed -n '/: not by an operation$/!s/:.*//p' "$dir/ways" | sort >"$dir/reached"
[ -s "$dir/reached" ] || fail 'no way to any stub'
new=$(comm -13 "$dir/reviewed" "$dir/reached")
[ -z "$new" ] || fail "not in $reviewed: $(for stub in $new; do grep "^$stub:" "$dir/ways"; done)"
grep -v '^#' "$reviewed" | grep -v '^[a-z_0-9]*: .' && fail 'no reason'
# What is called is found, and what only a pointer leads to.
grep -qE ': linux_split(_at)? > [a-z_]*split[a-z_]* > ' "$dir/ways" || fail 'linux_split() calls nobody'
grep -q ': linux_write_of_file > linux_write > transfer_complete > folio_end_writeback' "$dir/ways" ||
	fail 'a callback leads nowhere'
exit $status
