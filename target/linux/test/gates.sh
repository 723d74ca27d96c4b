#!/bin/sh
# SPDX-License-Identifier: MIT
#
# gates.sh PAGERACE: what show --gates says of a story of 6.1, by names alone and of
# kernels that the test compiles: as the story's own, with all inlined, and of others.
pagerace=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
story=corpus/bugs/linux/isolation-ended-by-another/second_caller_undoes_the_first.prog

# expect CODE WORDS argument...: all of the words' lines.
expect() {
	code=$1 words=$2
	shift 2
	"$pagerace" show --gates "$@" "$story" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	cat "$dir/err" >>"$dir/out"
	printf '%s\n' "$words" >"$dir/words"
	if [ $got != "$code" ] || while read -r line; do
		grep -qF -- "$line" "$dir/out" || { echo "not said: $line"; break; }
	done <"$dir/words" | grep .; then
		echo "pagerace show --gates $*: exit $got, said:"
		cat "$dir/out"
		status=1
	fi
}

# kernel NAME INLINE flag...: one whose functions have the story's names and lines.
kernel() {
	cat >"$dir/$1.c" <<-END
	int types, flags;
	#line 570 "mm/page_alloc.c"
	static inline __attribute__((always_inline)) int __get_pfnblock_flags_mask(void)
	{
	#line 578 "mm/page_alloc.c"
		return __atomic_load_n(&types, __ATOMIC_RELAXED);
	}
	$2 int get_pfnblock_flags_mask(void)
	{
		return __get_pfnblock_flags_mask();
	}
	#line 300 "mm/page_isolation.c"
	$2 int isolate_single_pageblock(int nr)
	{
		__atomic_store_n(&flags, nr, __ATOMIC_RELEASE);
		return get_pfnblock_flags_mask() + 3;
	}
	__attribute__((noinline)) int start_isolate_page_range(int nr)
	{
		return isolate_single_pageblock(nr) * 5;
	}
	__attribute__((noinline)) int ${3-undo_isolate_page_range}(int nr)
	{
		__atomic_store_n(&types, nr, __ATOMIC_RELEASE);
		return nr * flags;
	}
	int main(int nr, char **v)
	{
		(void)v;
		return start_isolate_page_range(nr) + ${3-undo_isolate_page_range}(nr);
	}
	END
	cc -O1 -fno-pie -no-pie ${4--g} -o "$dir/$1" "$dir/$1.c" || exit 1
}

expect 0 'of 1 switch inside operations deciding orders need 1
cpu= tells the sides apart
held=task0_1
forced="task0_1 at=isolate_single_pageblock cpu=0 nth=2 waits=task1_1 ms=5000 linger=200;
task1_1 at=undo_isolate_page_range cpu=1"'

kernel plain '__attribute__((noinline))'
expect 0 'forced="task0_1 at=isolate_single_pageblock cpu=0 nth=2' --vmlinux "$dir/plain"
nm "$dir/plain" >"$dir/System.map"
expect 0 'forced="task0_1 at=isolate_single_pageblock cpu=0 nth=2' --vmlinux "$dir/System.map"

kernel inlined 'static inline __attribute__((always_inline))'
expect 0 'forced="task0_1 at=start_isolate_page_range+0x' --vmlinux "$dir/inlined"
grep -qE '^forced="task0_1 at=start_isolate_page_range\+0x[0-9a-f]+ bytes=[0-9a-f]{16} cpu=0 waits=task1_1 ms=5000 linger=200;$' "$dir/out" ||
	{ echo 'no offset with its bytes'; status=1; }
nm "$dir/inlined" >"$dir/System.map"
expect 1 'offset needs a vmlinux with debug information' --vmlinux "$dir/System.map"

objcopy --only-keep-debug "$dir/inlined" "$dir/debug"
expect 1 'has debug information, and no code' --vmlinux "$dir/debug"

sed 's/mm\/page_alloc.c/mm\/another.c/; s/#line 578/#line 700/' "$dir/inlined.c" >"$dir/moved.c"
cc -O1 -fno-pie -no-pie -g -o "$dir/moved" "$dir/moved.c"
expect 1 'no code of that line is in' --vmlinux "$dir/moved"

printf 'int main(void) { return 0; }\n' >"$dir/other.c"
cc -g -o "$dir/other" "$dir/other.c"
expect 2 'of another kernel: it has none of the functions' --vmlinux "$dir/other"
kernel bare '__attribute__((noinline))' undo_isolate_page_range -g0
expect 2 'has no debug information' --vmlinux "$dir/bare"
expect 2 'No such file' --vmlinux "$dir/none"

# What the harness does (a lock, say) is called by the kernel: who called it goes on.
main_story=$story
story=corpus/bugs/linux/read-of-a-truncated-folio/removed_before_it_was_read.prog
expect 1 'not expressed: filemap_update_page: test_and_set_bit_lock in filemap_update_page'
grep -q nth= "$dir/out" && { echo 'a second entry of a function that is called once'; status=1; }
# What is not known is not nothing.
story=corpus/bugs/linux/lock-without-recheck/removed_twice.prog
expect 1 'not expressed: no order says what has to come before a stopped task goes on'
story=corpus/bugs/linux/drain-past-a-refill/batch_linked_and_not_yet_counted.prog
expect 1 'not expressed: deciding orders: none: no schedule that was played ends in it'
story=corpus/bugs/linux/siblings-of-the-first/four_parts_lead_to_one.prog
expect 0 'no gate: deciding orders: none: every schedule ends in it'
story=$main_story

# Who called whom says the debug information of the command.
mkdir "$dir/empty"
PATH=$dir/empty "$pagerace" show --gates "$story" >"$dir/out" 2>&1 && status=1
grep -qF 'nobody knows who calls whom' "$dir/out" || { cat "$dir/out"; status=1; }

# Entries that are called there have stores of the split's between them and its stop.
story=corpus/bugs/linux/size-of-a-folio-being-split/pages_to_the_end_of_the_zone.prog
expect 1 'not expressed: __split_huge_page_tail: READ_ONCE in __split_huge_page_tail
an offset needs --vmlinux'
grep -q 'forced=' "$dir/out" && { echo 'a gate that others see another memory from'; status=1; }

# Where the run was broken off nobody saw who had called: that is no entry.
story=corpus/bugs/linux/no-grace-period/node_freed_under_a_lookup.prog
expect 1 'not expressed: mapping_get_entry: READ_ONCE in mapping_get_entry'
# A callback comes when its time has come.
story=corpus/bugs/linux/wait-once/next_writeback_before_the_waiter_runs.prog
expect 1 'a callback behind a grace period'
exit $status
