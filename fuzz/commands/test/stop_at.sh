#!/bin/sh
# SPDX-License-Identifier: MIT
#
# stop_at.sh PAGERACE: a run stops right behind a step, for a debugger; the last step
# is one, and the next is none. With gdb, if it is there: in the frame of the task that made
# the step, and the run goes on from there to its end.
. fuzz/test/command.sh
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog

# Numbers as show has them.
"$pagerace" show --quick --json "$dir/run.json" "$story" 2>"$dir/err" || fail 'no JSON'
last=$(sed -n 's/.*"counts":{.*"steps":\([0-9]*\),.*/\1/p' "$dir/run.json")
step=$(sed -n 's/.*{"step":\([0-9]*\),"task":1,.*"site":"xas_erase:[^"]*".*/\1/p' "$dir/run.json" | head -n 1)
[ -n "$last" ] && [ -n "$step" ] || fail 'steps have no numbers'

# 128 + SIGTRAP
stops() {
	"$pagerace" run --stop-at "$1" "$story" >"$dir/out" 2>"$dir/err"
	[ $? = 133 ]
}
# shellcheck disable=SC3045 # where there is none, a core is left
ulimit -c 0 2>/dev/null
stops 1 || fail 'it does not stop at the first step'
stops "$last" || fail 'it does not stop at the last step'
expect 2 run --stop-at $((last + 1)) "$story"
grep -q "no step $((last + 1)): its run has $last steps" "$dir/err" || fail 'it does not say how many there are'
expect 2 run --stop-at 0 "$story"
expect 2 run --stop-at 1 --policy pos "$story"
expect 2 run --stop-at 1 --anew "$story"

# Where a debugger may trace its children.
command -v gdb >/dev/null && gdb -nx -batch -ex run --args true 2>&1 | grep -q 'exited normally' || exit $status
gdb -nx -batch -ex run -ex bt -ex continue --args "$pagerace" run --stop-at "$step" "$story" \
	>"$dir/out" 2>"$dir/err" </dev/null
grep -q 'SIGTRAP' "$dir/out" || fail 'gdb sees no trap'
grep -q '^#.* filemap_remove ' "$dir/out" || fail 'it is not the frame of the task'
grep -q ': page-loss$' "$dir/out" || fail 'it does not go on'
exit $status
