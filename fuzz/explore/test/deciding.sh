#!/bin/sh
# SPDX-License-Identifier: MIT
# deciding.sh PAGERACE: every kept story has deciding orders, or it is said why there
# is none: it needs no second task. Of weak memory it is said that none of its
# schedules has the finding without a reordering, or with a barrier.
. fuzz/test/command.sh

few=0 stories=0
for story in $(find corpus/bugs corpus/barriers corpus/plain -name '*.prog' | LC_ALL=C sort); do
	target=$(sed -n 's/^target  *//p' "$story")
	"$pagerace" list targets | grep -Eq "^${target:-core}( |\$)" || continue
	# Of a crash that only a sanitizer sees, where it looks on; of plain accesses, where they are points.
	"$pagerace" run "$story" >"$dir/run" 2>&1
	[ $? -lt 2 ] && ! grep -q ': clean$' "$dir/run" || continue
	expect 0 show "$story"
	stories=$((stories + 1))
	if grep -q '^ *(1) ' "$dir/out"; then
		grep -q '^ *order 1 of [0-9]*: without it [0-9a-z]* of [1-9][0-9]* schedule' "$dir/out" ||
			fail "$story: nothing is claimed of its first order"
		grep -q '^what happened:$' "$dir/out" || fail "$story: no sentence"
	else
		few=$((few + 1))
		grep -q '^deciding orders: none: no two of its tasks meet' "$dir/out" ||
			fail "$story: no deciding orders, and no reason"
	fi
	grep -q '^on weak memory: ' "$dir/out" || continue
	grep -q '^ *without any reordering none of [1-9]' "$dir/out" || fail "$story: it needs no reordering"
	tr -d '\n' <"$dir/out" | grep -q 'forbidden by .* with it none of' || fail "$story: no barrier forbids it"
done
[ $stories -gt 20 ] || fail "$stories stories"
[ $few -lt 4 ] || fail "$few stories without deciding orders"

# The founding race: what the readers of the mail found, and nothing else.
expect 0 show corpus/bugs/free-without-tail/mail_of_january_2021.prog
sed -n '/^deciding orders:/,/^ *with all/p' "$dir/out" | sed 's/:[0-9]*\]/]/' >"$dir/orders"
cat >"$dir/wanted" <<'END'
deciding orders:
 (1) task0 op0 lookup: xas_descend: node 0 slot[3] is page 0 [xarray.c]
  before task1 op0 remove: xas_erase: node 0 slot[3] = NULL [xarray.c]
         order 1 of 3: without it none of 153 schedules
 (2) task1 op1 alloc: set_page_count: page 0 count = 1 [page.h]
  before task0 op0 lookup: get_page_unless_zero: page 0 count 1 -> 2 (succeeded)
           [page.h]
         order 2 of 3: without it none of 415 schedules
 (3) task1 op2 free: put_page_testzero: page 0 count 2 -> 1 [page.h]
  before task0 op0 lookup: put_page_testzero: page 0 count 1 -> 0 [page.h]
         order 3 of 3: without it none of 422 schedules
     with all of them 1 of 1; tried: 423 schedules, one of each class
END
cmp -s "$dir/orders" "$dir/wanted" || fail 'the founding race: other orders'

# Twice the same; with the fix in nothing is to be explained; and it can be left out.
cp "$dir/out" "$dir/first"
expect 0 show corpus/bugs/free-without-tail/mail_of_january_2021.prog
cmp -s "$dir/out" "$dir/first" || fail 'twice is not the same'
expect 0 show --revert none corpus/bugs/free-without-tail/mail_of_january_2021.prog
! grep -q 'deciding' "$dir/out" || fail 'a clean run is explained'
expect 0 show --quick corpus/bugs/free-without-tail/mail_of_january_2021.prog
! grep -q 'deciding' "$dir/out" || fail '--quick tries'

# The other forms say the same.
expect 0 show --json - corpus/bugs/free-without-tail/mail_of_january_2021.prog
for words in '"sentence":"task0, in lookup 3, read node 0 slot[3] as page 0; then ' \
	'"failure":"page 1 is in nobody' '"first":27,"second":37,' '"first":61,"second":63,' '"first":65,"second":69,' \
	'"needed":true,"without":422,"found_without":0,' '"enough":true,"all_classes":true,"schedules":423,'; do
	tr -d '\n' <"$dir/out" | sed 's/: /:/g; s/, "/,"/g' | grep -Fq -- "$words" || fail "JSON: not $words"
done
expect 0 show --perfetto - corpus/bugs/free-without-tail/mail_of_january_2021.prog
[ "$(grep -o 'order [123] of 3' "$dir/out" | wc -l)" = 6 ] || fail 'Perfetto: other arrows'
exit $status
