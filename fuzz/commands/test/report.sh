#!/bin/sh
# SPDX-License-Identifier: MIT
#
# report.sh PAGERACE: a report of a finding has all its parts, which say the same;
# what is in its mail fits; and a fix is tried.
. fuzz/test/command.sh
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog

says() { grep -q -e "$2" "$dir/one/$1" || fail "$1: no line like: $2"; }

expect 0 report "$story" -o "$dir/one" --fixed-by none
for part in report.md mail.txt core-free-without-tail-page-loss.html run.json story.prog; do
	[ -s "$dir/one/$part" ] || fail "no $part"
done
says report.md '^# page-loss: core, revert free-without-tail$'
says report.md '^- task0, in lookup 3, read node 0 slot\[3\] as page 0;$'
says report.md "^page-loss: page 1 is in nobody's books in the end, and so are 2 more; page 1 was given up last by task1"
says report.md '^ (3) task1 op2 free: put_page_testzero: page 0 count 2 -> 1 \[page.h:'
says report.md '^- core as it is: none of 428 schedules, one of each class$'
says report.md '^core as it is: none of 428 schedules, one of each class ends in a finding.$'
says mail.txt '^- core-free-without-tail-page-loss.html: the run'
says mail.txt '^Subject: core, revert free-without-tail: page-loss$'
says run.json '"format":"pagerace run"'
awk 'length($0) > 80' "$dir/one/mail.txt" >"$dir/long"
[ ! -s "$dir/long" ] || fail "too long for a mail: $(cat "$dir/long")"
! grep -q "$dir" "$dir"/one/* || fail 'it names a folder of this machine'
expect 0 run "$dir/one/story.prog"

# The same again, byte by byte.
expect 0 report "$dir/one/story.prog" -o "$dir/two" --fixed-by none
cmp "$dir/one/mail.txt" "$dir/two/mail.txt" || fail 'two reports differ'

# What a person adds stands in it as it is, and says what it is; too wide for a mail
# is too wide.
printf '# A title of its own\n\nWho calls this:\n    nobody\n' >"$dir/notes"
expect 0 report "$story" -o "$dir/noted" --notes "$dir/notes" --schedules 100
for part in report.md mail.txt; do
	grep -qx '    nobody' "$dir/noted/$part" || fail "$part has no notes"
	grep -q 'What this run does not show: read, or tried elsewhere$' "$dir/noted/$part" || fail "$part does not say what they are"
done
grep -qx '# A title of its own' "$dir/noted/report.md" || fail 'no title'
grep -qx 'Subject: A title of its own' "$dir/noted/mail.txt" || fail 'no subject'
{ cat "$dir/notes"; printf '%081d\n' 0; } >"$dir/wide"
expect 2 report "$story" -o "$dir/seven" --notes "$dir/wide"
grep -q 'line 5 is longer than 80 columns' "$dir/err" || fail 'which line is too long is not said'
expect 2 report "$story" -o "$dir/seven" --notes "$dir/none"
[ ! -e "$dir/seven" ] || fail 'something was written'

# Of a story with reorderings memory is said to be weak, and others are asked so.
expect 0 report corpus/bugs/reader-without-rmb/number_read_before_the_counter.prog -o "$dir/weak"
weak=$dir/weak/report.md
grep -q '^- Memory is weak: .* here 1;' "$weak" || fail 'memory is not weak'
! grep -q 'sequentially consistent' "$weak" || fail 'memory is strong'
grep -q 'without any reordering none of' "$weak" || fail 'no word on runs without reorderings'
grep -q 'task0 read pair high (1) before pair sequence (2)' "$weak" || fail 'no pair'
grep -q '^- seqlock as it is: none of .* preemption.* and at most 1 reordering$' "$weak" ||
	fail 'as it is without reorderings'
grep -q '^- seqlock, revert reader-without-rmb: torn-pair, in one of .* and at most 1 reordering$' \
	"$weak" || fail 'the bound does not find it'

# What is no fix is told, and what is no finding.
expect 0 report "$story" -o "$dir/three" --fixed-by late-head-read
grep -q '^core, revert late-head-read: none of ' "$dir/three/report.md" ||
	grep -q 'late-head-read does not mend it: ' "$dir/three/report.md" ||
	fail 'nothing of the fix'
expect 0 report "$story" -o "$dir/four" --fixed-by free-without-tail
grep -q '^core, revert free-without-tail does not mend it: page-loss, ' \
	"$dir/four/report.md" || fail 'it is said to mend itself'
expect 1 report --revert none "$story" -o "$dir/five"
expect 2 report "$story"
expect 2 report "$story" -o "$dir/six" --fixed-by nothing
[ ! -e "$dir/five" ] && [ ! -e "$dir/six" ] || fail 'something was written'
exit $status
