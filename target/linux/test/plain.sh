#!/bin/sh
# SPDX-License-Identifier: MIT
#
# plain.sh PAGERACE: in a build with PAGERACE_PLAIN the kernel's plain accesses
# are access points, named by function and what is accessed, with file and line;
# ours are none; and a program with a switch at one comes to the same each time.
# Run from the root of the repository.
pagerace=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

cat >"$dir/given.prog" <<END
pagerace 1
target   linux
pages    64
pcp      high=3 batch=1
setup    add 1
task0    b0 = alloc order=0
task0    free b0
task0    add 3
task0    write 3
task1    lookup 3
task1    remove 1
task1    sync 3 count=1
task1    drain_all
END
# The text says in which build its sites mean something.
"$pagerace" decode "$dir/given.prog" -o "$dir/work.prog" || fail 'decode'
grep -q '^build  *plain-access ' "$dir/work.prog" || fail 'its text names no build'
{
	cat "$dir/work.prog"
	echo 'preempt  task0 op0 before __rmqueue_pcplist:store4(pcp count)#1 -> task1'
} >"$dir/switched.prog"

# "SITE FILE" of each plain access, in order.
"$pagerace" show --json - "$dir/work.prog" >"$dir/shown" || fail 'show'
sed -n 's/.*"site":"\([^"]*:\(load\|store\)[0-9]*([^"]*\)","file":"\([^"]*\)","line":\([0-9]*\).*/\1 \3:\4/p' \
	"$dir/shown" >"$dir/plain"
[ "$(wc -l <"$dir/plain")" -ge 200 ] ||
	fail "only $(wc -l <"$dir/plain") plain accesses are access points"
for site in '__rmqueue_pcplist:load4(pcp count)#1 mm/page_alloc.c' \
	'__rmqueue_pcplist:store4(pcp count)#1 mm/page_alloc.c' \
	'del_page_from_free_list:store8(page private)#1 mm/page_alloc.c' \
	'__filemap_add_folio:store8(page mapping)#1 mm/filemap.c' \
	'page_cache_delete:store8(page mapping)#1 mm/filemap.c'; do
	grep -q "^\(__\)\{0,1\}$site:[1-9]" "$dir/plain" || fail "not seen: $site"
done
grep -v ' \(mm\|lib\|kernel\)/[a-z/_-]*\.c:[0-9]*$' "$dir/plain" &&
	fail 'these are no places in kernel code'

digests() { "$pagerace" run --digest "$@" | sort -u; }
once=$(digests "$dir/work.prog" "$dir/switched.prog")
[ "$(echo "$once" | cut -d' ' -f1 | sort -u | wc -l)" = 2 ] ||
	fail "the schedule switches nowhere: $once"
[ "$once" = "$(digests "$dir/switched.prog" "$dir/work.prog" \
	"$dir/switched.prog" "$dir/work.prog")" ] || fail "another time: $once"

# A new inode takes steps here; who opens the file meanwhile waits for it.
"$pagerace" explore --preemptions 1 target/linux/test/come_again.prog >"$dir/said" 2>&1
[ $? = 1 ] || fail "come_again.prog: $(tail -n 3 "$dir/said")"

# Addresses differ from process to process; no run may.
for story in corpus/bugs/linux/*/*.prog; do
	once=$("$pagerace" run --revert none --digest "$story" 2>&1)
	[ "$once" = "$("$pagerace" run --revert none --digest "$story" 2>&1)" ] ||
		fail "$story: another process, another run"
done
exit $status
