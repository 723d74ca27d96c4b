# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# steps.sh: what test and check are made of: a step, a line; read by build.sh, whose
# functions it uses.

failures=0
passes=0
steps=steps # this group of them

# step NAME command...: run it, print one line, keep its output if it failed.
step() {
	local name=$1 log=$root/build/$steps.log begin=$SECONDS
	shift
	[ ! -t 4 ] || printf '..... %s' "$name" >&4
	if ( "$@" ) >"$log" 2>&1; then
		[ ! -t 4 ] || printf '\r' >&4
		printf 'ok    %s (%d s)\n' "$name" $((SECONDS - begin))
		passes=$((passes + 1))
	else
		[ ! -t 4 ] || printf '\r' >&4
		printf 'FAIL  %s\n' "$name"
		tail -n 40 "$log"
		failures=$((failures + 1))
	fi
}

# beside command...: its steps, while others go on; until `together`.
beside() {
	trap 'trap - INT; kill 0' INT # what is in the background is deaf to it
	(
		steps=beside passes=0 failures=0
		exec 4>/dev/null # one tells how far it is, or none
		"$@"
		echo "$passes $failures" >"$root/build/beside.sum"
	) &
	beside=$!
}

together() {
	local ours theirs
	[ -n "${beside-}" ] || return 0
	wait "$beside" || die 'the steps beside these ended before their time'
	read -r ours theirs <"$root/build/beside.sum"
	passes=$((passes + ours)) failures=$((failures + theirs))
}

summary() {
	together
	say "$passes passed, $failures failed, $SECONDS s"
	[ $failures = 0 ]
}

# ------------------------------------------------------------ what they share

# run_ctest BUILD [option of ctest...]
run_ctest() {
	local dir=$1
	shift
	ctest --test-dir "$root/build/$dir" -j "$jobs" --output-on-failure "$@"
}

# build_only TARGETS NAME [cmake option...]
build_only() {
	local build_targets=$1
	shift
	build "$@"
}

env_gcc() { CC=gcc CXX=g++ "$@"; }

same() {
	[ "$1" = "$2" ] && return
	diff <(printf '%s\n' "$1") <(printf '%s\n' "$2")
	return 1
}
