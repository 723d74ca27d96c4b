#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fake_fuzzer.sh: stands in for a libFuzzer binary in campaign.sh: it plays no
# program, and is as careless with files: it says NEW before it writes, creates
# empty and writes then, and drops entries of its own.
corpus=''
kept=''
for word; do
	case $word in
	-artifact_prefix=*) artifacts=${word#*=} ;;
	-seed=*) seed=${word#*=} ;;
	-*) ;;
	*) if [ -z "$corpus" ]; then corpus=$word; else kept=$word; fi ;;
	esac
done
trap 'echo "stat::number_of_executed_units: $nr"; exit 72' INT TERM
nr=0

# write FOLDER/ PREFIX text: named by its SHA-1, not at once.
write() {
	name=$1$2$(printf '%s' "$3" | sha1sum | cut -d ' ' -f 1)
	: >"$name"
	[ $((nr % 4)) != 0 ] || sleep 0.1
	printf '%s' "$3" >"$name"
}

found() {
	name=${artifacts}crash-$(sha1sum <"$1" | cut -d ' ' -f 1)
	echo 'ASSERTION FAILED: page-loss' >&2
	: >"$name"
	cat "$1" >"$name"
	echo "artifact_prefix='$artifacts'; Test unit written to $name" >&2
	[ -d /proc/$PPID ] || sleep 1000 # an orphan, that should be dead
	exit 77
}

[ ! -f "$kept/bug" ] || found "$kept/bug"
printf '#1\tINITED cov: 7 ft: 9 corp: 1/1b exec/s: 0 rss: 30Mb\n' >&2
while :; do
	nr=$((nr + 1))
	old=${name-}
	printf '#%d\tNEW    cov: 7 ft: 9 corp: 1/1b exec/s: 10 rss: 30Mb\n' $nr >&2
	write "$corpus/" '' "entry $seed $nr"
	[ $((nr % 3)) != 0 ] || rm -f "$old"
	[ $((nr % 30)) != 0 ] || {
		printf 'finding %s %s' "$seed" $nr >"$corpus.$seed"
		found "$corpus.$seed"
	}
done
