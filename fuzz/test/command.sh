# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# command.sh: what tests of commands share; read by them, with the command as $1
# and the root as the folder. They end with exit $status.
pagerace=$1
root=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
: >"$dir/out" >"$dir/err"

# What is wrong, and what was said last.
fail() {
	echo "$*"
	cat "$dir/out" "$dir/err"
	status=1
}

# expect CODE argument...: run it; $dir/out and $dir/err have what it says.
expect() {
	code=$1
	shift
	"$pagerace" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	[ $got = "$code" ] || fail "$*: exit $got, not $code"
}
