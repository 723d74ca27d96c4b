#!/bin/sh
# SPDX-License-Identifier: MIT
#
# coverage.sh PAGERACE: what schedules came to: a race is seen in both orders
# only if it was played in both, and preemptions are those of the schedule.
. fuzz/test/command.sh

# says PATTERN: the report has a line like that.
says() { grep -Eq "$1" "$dir/out" || fail "no line like: $1"; }

cat >"$dir/one.prog" <<'END'
pagerace 1
setup    add 3
task0    lookup 3
task1    remove 3
END
cp "$dir/one.prog" "$dir/other.prog"
echo 'switch   task0 op0 begin -> task1' >>"$dir/other.prog"
cat >"$dir/alone.prog" <<'END'
pagerace 1
setup    add 3
task0    lookup 3
task0    remove 3
END
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog

# One task: it reaches sites, and there is nothing between tasks.
expect 0 coverage "$dir/alone.prog"
says '^programs +1$'
says '^access sites +[0-9]+, [1-9][0-9]* reached, 0 preempted at$'
says '^communication pairs +0$'
says '^race pairs +0, 0 seen in either order, 0 not$'

# One order: nothing is reversed. The other one as well: all of it is that was
# in both.
expect 0 coverage "$dir/one.prog"
says '^race pairs +[1-9][0-9]*, 0 seen in either order, [1-9][0-9]* not$'
says '^communication pairs +[1-9]'
expect 0 coverage "$dir/one.prog" "$dir/other.prog"
says '^programs +2$'
says '^race pairs +[1-9][0-9]*, [1-9][0-9]* seen in either order, [0-9]+ not$'

# The story is preempted twice, where it says.
expect 0 coverage --verbose --revert free-without-tail "$story"
says ' 2 preempted at$'
sed -n '/^sites where no task/,/^$/p' "$dir/out" >"$dir/not"
grep -q '^  get_page_unless_zero:' "$dir/not" &&
	fail 'where it was preempted it says it was not'
says '^communication, writer -> who sees it:$'

# Every site that list knows is counted.
sites=$("$pagerace" list sites --revert free-without-tail | wc -l)
says "^access sites +$sites, "

# Bytes come to the same; what is no program is skipped, and said.
"$pagerace" coverage "$dir/one.prog" >"$dir/text"
mkdir "$dir/bytes"
"$pagerace" encode "$dir/one.prog" -o "$dir/bytes/one"
printf 'notes\n' >"$dir/bytes/README"
expect 0 coverage "$dir/bytes"
grep -q 'README: skipped' "$dir/err" || fail 'who skipped the README?'
grep -qx 'pagerace: 1 of 2 files as bytes' "$dir/err" || fail 'bytes are not said to be some'
cmp "$dir/out" "$dir/text" || fail 'bytes and text differ'
expect 2 coverage "$dir/bytes" "$dir/bytes/README"
grep -q 'README:1: expected "pagerace 1", found "notes"' "$dir/err" ||
	fail 'what is named passes for a program'

expect 2 coverage
expect 2 coverage "$dir/nowhere"
expect 2 coverage --revert nonsense "$story"
exit $status
