#!/bin/sh
# SPDX-License-Identifier: MIT
#
# triage.sh PAGERACE: folders of artifacts become one group for each bug, or
# are told to be one bug; what was killed goes on; artifacts are not touched.
. fuzz/test/command.sh

# triage CODE argument...: run it, in the folder of the test.
triage() {
	want=$1
	shift
	expect "$want" triage "$@"
}

# says PATTERN: the table has a line like that.
says() { grep -Eq "$1" "$dir/out" || fail "no line like: $1"; }

# raw STORY FILE: a story as the bytes of an artifact.
raw() {
	mkdir -p "$(dirname "$2")"
	(cd "$root" && "$pagerace" encode "corpus/$1.prog") >"$2"
}

sums() { find "$1" -type f -exec cksum {} + | sort; }

cd "$dir" || exit 1
raw bugs/free-without-tail/mail_of_january_2021 in/core-free-without-tail/seed-1/crash-0a1b
raw bugs/free-without-tail/two_removers in/core-free-without-tail/seed-1/page-loss.bin
raw bugs/no-recheck/page_of_a_new_owner in/no_recheck/out/queue/id:000007,src:000001,op:havoc
raw bugs/no-recheck/removed_page_kept_alive_by_a_reader in/no_recheck/timeout-77
raw bugs/no-grace-period/node_freed_under_a_lookup in/no-grace-period/clusterfuzz-testcase-minimized-x-1
raw bugs/no-grace-period/tree_loses_a_level_under_a_batch_lookup in/no-grace-period/oom-1
raw bugs/treiber/aba in/treiber/leak-1
raw seeds/add_lookup_remove in/core-free-without-tail/corpus/5ba93c9db0cff93f52b521d7420e43f6eda2784f
: >in/core-free-without-tail/corpus/da39a3ee5e6b4b0d3255bfef95601890afd80709
cp "$root/corpus/bugs/no-recheck/page_of_a_new_owner.prog" in/story.prog
printf 'pagerace 1\ntask0 dance\n' >in/bad.prog
printf 'INFO: Seed: 1\n#2 INITED cov: 7\n' >in/core-free-without-tail/seed-1/log
printf 'notes\n' >in/README
mkdir in/.git
printf 'pagerace 1\n' >in/.git/hidden.prog
: >in/core-free-without-tail/seed-1/empty
sums in >before

# All of it: the named folders say what each file runs on.
triage 0 -o res --verbose in
says '^8 findings, [0-9]+ groups, at most 4 bugs; 2 clean, 4 skipped$'
says ' 2  page-loss +free-without-tail +2 +5$'
says ' 1  owned-twice +treiber +1 +[0-9]+$'
says 'program:  res/core-free-without-tail/page-loss-1.prog$'
grep -q '^in/bad.prog: skipped: line 2: ' err || fail 'why was bad.prog skipped?'
grep -q '^in/core-free-without-tail/seed-1/empty: skipped: empty$' err || fail 'and empty?'
grep -q '^in/README: skipped: text, but no program$' err || fail 'and README?'
if grep -q '^groups .* need' out; then
	says '^groups .* are one bug: each needs (no-recheck|no-grace-period) out, and is clean with that fix in$'
fi
cp out first
"$pagerace" run --quiet res/*/*.prog || fail 'a minimized program is not as it says'
sums in >after
cmp before after || fail 'artifacts were touched'

# Again: nothing is left to do.
cp res/journal journal
sums res >before_again
triage 0 -o res in
[ "$(cat err)" = 'in/bad.prog: skipped: line 2: unknown operation "dance"' ] ||
	fail 'without --verbose: of programs that are none alone'
cmp out first || fail 'a second run says something else'
cmp res/journal journal || fail 'a second run did something'
sums res | cmp - before_again || fail 'a second run wrote something'

# Killed at any byte: a line of the journal is torn.
size=$(wc -c <journal)
for cut in 0 9 $((size / 4)) $((size / 2)) $((size - 1)); do
	head -c "$cut" journal >res/journal
	triage 0 -o res in
	cmp out first || fail "cut at $cut: another table"
	cmp res/journal journal || fail "cut at $cut: another journal"
done

# What somebody took away is made again.
rm res/treiber/owned-twice-1.prog
triage 0 -o res in
cmp out first || fail 'without a result: another table'
sums res | grep -v journal >now
grep -v journal before_again | cmp - now || fail 'what was gone stays away'

# Really killed, once something is noted.
rm -rf res
"$pagerace" triage -o res in >out 2>err &
pid=$!
until [ -s res/journal ] && [ "$(wc -l <res/journal)" -gt 3 ]; do
	kill -0 $pid || break
done
kill -9 $pid
wait $pid 2>kill_message
triage 0 -o res in
cmp out first || fail 'after a kill: another table'
cmp res/journal journal || fail 'after a kill: another journal'
sums res | cmp - before_again || fail 'after a kill: other results'

# A file whose group is known by now goes there; results within are no input.
cp in/no_recheck/timeout-77 in/no_recheck/crash-again
triage 0 -o res in res
says '^9 findings, [0-9]+ groups, at most 4 bugs; '
grep -c '^minimized' res/journal >now
grep -c '^minimized' journal | cmp - now || fail 'equal contents were minimized twice'
rm in/no_recheck/crash-again

# One checker, another conflict and other orders: another group.
cp -r res res2
awk -F'\t' -v OFS='\t' '$1 == "minimized" && $4 == "page-loss" {
	if (nr++)
		next
	$5 = "elsewhere"
	$10 = "one step before another"
	$9 = "core-free-without-tail/page-loss-7.prog"
} 1' journal >res2/journal
cp res/core-free-without-tail/page-loss-1.prog res2/core-free-without-tail/page-loss-7.prog
triage 0 -o res2 in
says '^ +1 +1  page-loss +free-without-tail '
says 'program:  res2/core-free-without-tail/page-loss-1.prog$'
says 'program:  res2/core-free-without-tail/page-loss-7.prog$'

# One checker, another conflict, the same orders: one group.
cp -r res res3
awk -F'\t' -v OFS='\t' '$1 == "minimized" && $4 == "page-loss" && nr++ {
	$5 = "elsewhere"
} 1' journal >res3/journal
triage 0 -o res3 in
sed 's,  res3/,  res/,' out | cmp - first || fail 'the same orders, and another group'

# Nobody says what they were found on.
mkdir flat
cp in/no_recheck/timeout-77 flat/a.bin
cp in/core-free-without-tail/seed-1/crash-0a1b flat/b.bin
triage 0 flat
says ' wrong-page +no-recheck '
says ' page-loss +free-without-tail '
triage 1 --revert none flat
says '^0 findings, 0 groups, at most 0 bugs; 2 clean, 0 skipped$'
triage 0 --target treiber in/treiber

# Another checker, and the same orders: where no fix can be asked, that is said. Of
# another target the revert is told as well.
mkdir same
cp "$root/corpus/bugs/treiber/aba.prog" same
cat >same/lost.prog <<'END'
pagerace 1
target   treiber
revert   none
expect   page-loss
why      two are put back as one
pages    2
setup    b0 = alloc
task0    alloc
task1    b1 = alloc
task1    free b0
task1    free b1
preempt  task0 op0 before pop:cmpxchg(&stack.head)#1 -> task1
END
triage 0 same
says '^groups 1 and 2 are decided by the same orders$'
triage 0 "$root/corpus/bugs/linked-at-the-tail"
says ' not-linearizable +queue-linked-at-the-tail +1 '

# What is named twice counts once.
triage 0 flat flat/ flat/a.bin
says ' 0 clean, 0 skipped$'
says '^2 findings, '

# Trouble.
triage 2
mkfifo pipe
triage 2 pipe
triage 2 nowhere
triage 2 --revert nonsense flat
printf 'something else\n' >res/journal
triage 2 -o res in
grep -q 'res/journal: not a journal of triage$' err || fail 'another journal passed'
[ "$(cat res/journal)" = 'something else' ] || fail 'a file of others was touched'

# Another build: begun anew, and what is there goes aside, with what was made of
# it; what others put there stays. As often as there is another build.
rm -rf res
triage 0 -o res in
cp res/journal journal
echo mine >>res/core-free-without-tail/page-loss-1.prog
echo notes >res/notes
sums res | grep -v notes >then
cp "$pagerace" rebuilt
printf '\0' >>rebuilt
pagerace_before=$pagerace
pagerace=$dir/rebuilt
for nr in 1 2; do
	triage 0 -o res in
	grep -qx "res/journal: of another build; begun anew, what it had is in res/before-$nr" err ||
		fail 'nobody says that it is begun anew'
	cmp out first || fail 'after a rebuild: another table'
	[ "$nr" = 2 ] ||
		(cd res/before-1 && find . -type f -exec cksum {} +) | sed 's| \./| res/|' |
		sort | cmp - then || fail 'what was there is not aside as it was'
	[ "$(cat res/notes)" = notes ] || fail 'a file of others is gone'
	triage 0 -o res in
	! grep -q 'another build' err || fail 'the same build is another'
	cmp out first || fail 'then again: another table'
	pagerace=$pagerace_before
done
[ ! -e res/before-3 ] || fail 'more is put aside than there was'

# Killed while it put things aside.
printf '\0' >>rebuilt
pagerace=$dir/rebuilt
cp res/journal journal
mkdir res/before-3
mv res/core-free-without-tail res/before-3
triage 0 -o res in
cmp out first || fail 'half put aside: another table'
cmp journal res/before-3/journal || fail 'the journal is not put aside'
[ -f res/before-3/treiber/owned-twice-1.prog ] || fail 'half of it stays'

# Files of our own are none of others', and where there are no artifacts it says so.
mkdir none
cp res/journal none/
printf 'pagerace campaign 1 core/none\nbegin, 2 workers, seed 1\n' >none/log
printf 'pagerace explore state 1\nkey 0\n' >none/state
cp "$root/corpus/bugs/treiber/aba.trace" none/
cp first none/triage.txt
triage 1 none
says '^0 findings, 0 groups, at most 0 bugs; 0 clean, 0 skipped$'
grep -q 'triage: no artifact among 5 files$' err || fail 'nobody says so'
exit $status
