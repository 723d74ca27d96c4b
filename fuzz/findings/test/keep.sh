#!/bin/sh
# SPDX-License-Identifier: MIT
#
# keep.sh PAGERACE: a crasher becomes a minimized story and its golden trace;
# duplicates are refused; if anything is wrong nothing is written.
. fuzz/test/command.sh

# keep CODE PATTERN argument...: and what it says.
keep() {
	want=$1 pattern=$2
	shift 2
	expect "$want" keep "$@"
	grep -Eq "$pattern" "$dir/out" "$dir/err" || fail "keep $*: not $pattern"
}

# Nothing came to be that was not there.
unchanged() { find corpus | sort | cmp - before || fail "$1: left something"; }

cd "$dir" || exit 1
"$pagerace" encode "$root/corpus/bugs/no-recheck/page_of_a_new_owner.prog" >crash-1
"$pagerace" encode "$root/corpus/bugs/no-recheck/removed_page_kept_alive_by_a_reader.prog" >crash-2
"$pagerace" encode "$root/corpus/bugs/treiber/aba.prog" >crash-3
"$pagerace" encode "$root/corpus/bugs/free-without-tail/mail_of_january_2021.prog" >crash-4
why='found by an engine that was left alone for a night, and kept because nobody had seen the second of its steps'

# Words that are missing or wrong; no corpus.
find corpus 2>err >before
keep 2 'corpus: no such folder here; --corpus DIR ' --revert no-recheck --name a --why b crash-1
mkdir corpus
find corpus >before
for name in '' Aba a-b a__b _a a_ 'a b' ../a a.prog; do
	keep 2 'wants lower-case words' --name "$name" --why b crash-1
done
keep 2 'wants lower-case words' --why b crash-1
keep 2 'wants a reason' --name a crash-1
keep 2 'wants a reason' --name a --why ' ' crash-1
keep 2 'wants a reason' --name a --why "$(head -c 1200 /dev/zero | tr '\0' x)" crash-1
keep 2 'one file' --name a --why b
keep 2 'missing: No such file' --name a --why b missing
keep 2 'no revert nonsense' --revert nonsense --name a --why b crash-1
keep 1 'crash-1: no finding on core, revert none' --revert none --name a --why b crash-1
unchanged 'mistakes'

# The story: minimized, expected, with its reason in lines, and its trace.
keep 0 '^kept: corpus/bugs/no-recheck/new_owner.prog: wrong-page, [12] preemptions?, [0-9]+ operations$' \
	--revert no-recheck --name new_owner --why "$why" crash-1
story=corpus/bugs/no-recheck/new_owner.prog
"$pagerace" run --quiet "$story" || fail 'the story is not as it says'
[ "$(grep -c '^why ' "$story")" = 2 ] || fail 'the reason is not in two lines'
! grep -Eq '.{82}' "$story" || fail 'a line is too long'
sed -n 's/^why *//p' "$story" | tr '\n' ' ' | grep -Fq "$why" || fail 'the reason is another'
sh "$root/fuzz/commands/test/golden.sh" "$pagerace" "$story" >out || fail 'the trace is not what show prints'
(cd "$root" && sh fuzz/commands/test/reasons.sh "$dir/$story") >out || fail 'no reasons'
"$pagerace" minimize "$story" 2>err | sed '/^why/d' >again
sed '/^why/d' "$story" | cmp - again || fail 'it could be smaller'

# Names are given once, stories kept once.
find corpus | sort >before
cksum "$story" corpus/bugs/no-recheck/new_owner.trace >sums
keep 2 'new_owner.prog: is there already' --revert no-recheck --name new_owner --why b crash-2
keep 2 'new_owner.prog: is there already' --force --revert no-recheck --name new_owner --why b crash-2
keep 1 'a duplicate of corpus/bugs/no-recheck/new_owner.prog: wrong-page' \
	--revert no-recheck --name once_more --why b crash-1
unchanged 'a duplicate'
cksum "$story" corpus/bugs/no-recheck/new_owner.trace | cmp - sums || fail 'a story was changed'
keep 0 'once_more.prog' --force --revert no-recheck --name once_more --why b crash-1
rm corpus/bugs/no-recheck/once_more.*

# A story that is longer than it need be is a duplicate as well.
mkdir corpus/bugs/free-without-tail
sed 's/^pages .*/pages 64/; s/^task1 .*free b0/&\ntask1 add 40/' \
	"$root/corpus/bugs/free-without-tail/mail_of_january_2021.prog" \
	>corpus/bugs/free-without-tail/long.prog
"$pagerace" run --quiet corpus/bugs/free-without-tail/long.prog >out || fail 'long is no story'
keep 1 'a duplicate of corpus/bugs/free-without-tail/long.prog: page-loss' \
	--name short --why b --revert free-without-tail crash-4

# Nor need it show that before it is minimized.
mkdir corpus/bugs/no-grace-period
cp "$root/corpus/bugs/no-grace-period/node_freed_under_a_lookup.prog" corpus/bugs/no-grace-period
keep 1 'a duplicate of corpus/bugs/no-grace-period/node_freed_under_a_lookup.prog: use-after-free' \
	--name again --why b "$root/corpus/bugs/no-grace-period/node_freed_before_the_second_look.prog"

# Another conflict, another target: kept. Another corpus: the same trace.
keep 0 'kept_alive.prog' --revert no-recheck --name kept_alive --why b crash-2
keep 0 'corpus/bugs/treiber/aba.prog: owned-twice' --target treiber --name aba --why b crash-3
grep -q '^target *treiber$' corpus/bugs/treiber/aba.prog || fail 'whose story is aba?'
mkdir -p elsewhere/corpus
keep 0 '^kept: elsewhere/corpus/bugs/treiber/aba.prog' --corpus elsewhere/corpus/ \
	--target treiber --name aba --why b crash-3
cmp corpus/bugs/treiber/aba.trace elsewhere/corpus/bugs/treiber/aba.trace || fail 'another trace'

# One that is not there: made if it was named, once there is something to keep.
keep 1 'no finding' --corpus new/stories --revert none --name aba --why b crash-1
[ ! -e new ] || fail 'an empty corpus was made'
keep 0 '^kept: new/stories/bugs/treiber/aba.prog' --corpus new/stories/ \
	--target treiber --name aba --why b crash-3
grep -q '^replay: .* stories/bugs/treiber/aba.prog$' new/stories/bugs/treiber/aba.trace ||
	fail 'a new corpus is called otherwise'

# Both files or none: the trace cannot be written, then the program.
mkdir -p corpus/bugs/no-recheck/third.trace.new
find corpus | sort >before
keep 2 'third' --force --revert no-recheck --name third --why b crash-1
unchanged 'no place for the trace'
rmdir corpus/bugs/no-recheck/third.trace.new
mkdir -p corpus/bugs/no-recheck/third.prog.new
find corpus | sort >before
keep 2 'third.prog' --force --revert no-recheck --name third --why b crash-1
unchanged 'no place for the program'
exit $status
