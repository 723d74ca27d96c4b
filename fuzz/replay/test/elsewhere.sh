#!/bin/sh
# SPDX-License-Identifier: MIT
#
# elsewhere.sh PAGERACE: a story on a target that it was not made for: its end
# is found anew. Stories of the core are told as if they were the example's.
. fuzz/test/command.sh

says() {
	grep -Eq "$1" "$dir/out" || fail "not $1"
}

# retell STORY: into $dir/story.prog, without its revert.
retell() {
	sed '/^target/d; /^revert/d; 1a target treiber' "$1" >"$dir/story.prog"
}

# The story of the example as one of the core, with a place that it lacks.
sed '/^target/d; s/before.*->/before get_page_unless_zero ->/' \
	corpus/bugs/treiber/aba.prog >"$dir/aba.prog"
expect 1 run "$dir/aba.prog"
expect 0 run --target treiber "$dir/aba.prog"
says 'aba.prog: owned-twice; its schedule is for core: on treiber one with [1-9] preemptions? was found in [0-9]+ schedules$'
expect 1 run --target treiber --schedules 1 "$dir/aba.prog"
says 'aba.prog: clean, expected owned-twice; .* 1 were tried'
expect 1 run --target treiber --expect clean "$dir/aba.prog"
says 'aba.prog: owned-twice, expected clean; .* with 1 preemption was found'
expect 1 run --target treiber --expect page-loss --schedules 2000 "$dir/aba.prog"
says 'aba.prog: clean, expected page-loss \(there was owned-twice\); '
expect 0 run --target treiber -o "$dir/found.prog" "$dir/aba.prog"
grep -q '^target   treiber$' "$dir/found.prog" || fail 'not of treiber'
expect 0 run "$dir/found.prog"
says 'found.prog: owned-twice$'
expect 2 run -o "$dir/found.prog" "$dir/aba.prog"
expect 0 run --quiet --target treiber "$dir/aba.prog"
[ ! -s "$dir/out" ] || fail 'not quiet'

# Of another version of its own target: a place that is not there any more.
sed 's/before.*->/before a_function_of_yesterday ->/' corpus/bugs/treiber/aba.prog \
	>"$dir/old.prog"
expect 2 run "$dir/old.prog"
expect 0 run --anew "$dir/old.prog"
says 'old.prog: owned-twice; looked for anew: one with [1-9] preemptions? was found in [0-9]+ schedules$'

for story in corpus/bugs/*/*.prog; do
	! grep -q '^target ' "$story" || continue
	retell "$story"
	revert=$(sed -n 's/^revert *//p' "$story")
	expect 0 run --digest --target core --revert "$revert" "$dir/story.prog"
	says '^[0-9a-f]{8} .* on core one with '
	cp "$dir/out" "$dir/first"
	expect 0 run --digest --target core --revert "$revert" "$dir/story.prog"
	cmp "$dir/out" "$dir/first" || fail "$story: another time another schedule"
	expect 0 run --target core --revert none --schedules 500 "$dir/story.prog"
	says 'story.prog: clean; .* on core'
done

# Clean under every schedule that can be tried, or as many as may be.
retell corpus/clean/mail_as_it_can_happen_with_the_fix.prog
expect 0 run --target core "$dir/story.prog"
says 'on core none with at most 3 preemptions ends otherwise, [0-9]+ tried$'
expect 0 run --target core --schedules 100 "$dir/story.prog"
says 'on core 100 were tried, with at most 3 preemptions$'

# Bytes are for any target.
"$pagerace" encode corpus/bugs/no-recheck/page_of_a_new_owner.prog -o "$dir/bytes"
expect 0 run --target treiber "$dir/bytes"
says 'bytes: clean$'

# What cannot be.
expect 2 run --target treiber corpus/bugs/free-without-tail/two_removers.prog
grep -q 'two_removers.prog:[0-9]*: no revert free-without-tail of treiber' "$dir/err" ||
	fail 'a revert that is not there'
retell corpus/clean/mail_as_first_written.prog
expect 2 run --target core --revert free-without-tail "$dir/story.prog"
grep -q 'story.prog: clean by its schedule alone' "$dir/err" ||
	fail 'clean by its schedule'
expect 2 run --target nowhere corpus/clean/eight_tasks.prog

# The core's stories on the kernel that the build has, and without the revert.
"$pagerace" list targets | grep -q '^linux ' || exit $status
for story in corpus/bugs/*/*.prog; do
	! grep -q '^target ' "$story" || continue
	expect 0 run --target linux -o "$dir/linux.prog" "$story"
	says ' on linux.*, one with |on linux one with '
	expect 0 run "$dir/linux.prog"
	expect 0 run --target linux --revert none --schedules 500 "$story"
	says '^corpus/[^:]*: clean; .* on linux'
done
exit $status
