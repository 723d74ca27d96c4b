/* SPDX-License-Identifier: MIT */
/*
 * report_test.c: what a crashed run says, read as those who sort crashes read
 * it. The texts have the form in which sanitizers print them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report.h"

#define FUZZER_FRAMES                                                          \
	"    #0 0x55c004 in __sanitizer_print_stack_trace (/f+0x6d004)\n"      \
	"    #1 0x55bae8 in fuzzer::PrintStackTrace() (/f+0x40ae8)\n"          \
	"    #2 0x7fa04f  (/lib/x86_64-linux-gnu/libc.so.6+0x3c04f)\n"         \
	"    #3 0x7fbeeb in __pthread_kill_implementation nptl/kill.c:43:17\n" \
	"    #4 0x7f9fb1 in raise signal/../sysdeps/posix/raise.c:26:13\n"     \
	"    #5 0x7f4471 in abort stdlib/abort.c:79:7\n"                       \
	"    #6 0x55c440 in assert_fail /src/sanitizers/checkers.c:72:2\n"     \
	"    #7 0x55c465 in page_loss /src/sanitizers/page_loss.c:19:1\n"      \
	"    #8 0x55c470 in finding_assert /src/sanitizers/checkers.c:77:2\n"  \
	"    #9 0x55c4d8 in LLVMFuzzerTestOneInput "                           \
	"/src/fuzz/page_cache_fuzzer.c:36:3\n"                                 \
	"    #10 0x5565d6 in fuzzer::Fuzzer::ExecuteCallback(unsigned char "   \
	"const*, unsigned long) (/f+0x275d6)\n"                                \
	"    #11 0x55b4e2 in main (/f+0x414e2) (BuildId: d127b7bf)\n"

static void expect(const char *text, const char *type, const char *first,
		   const char *second, const char *third)
{
	struct report report;

	assert_true(report_parse(text, strlen(text), &report));
	assert_string_equal(report.type, type);
	assert_string_equal(report.state[0], first);
	assert_string_equal(report.state[1], second);
	assert_string_equal(report.state[2], third);
}

static void our_id_then_the_checkers_frame_then_the_fuzz_targets_file(
	void **state)
{
	(void)state;
	expect("INFO: Seed: 1\n"
	       "\nASSERTION FAILED: page-loss\n"
	       "==17== ERROR: libFuzzer: deadly signal\n" FUZZER_FRAMES
	       "SUMMARY: libFuzzer: deadly signal\n",
	       "ASSERT", "page-loss", "page_loss", "page_cache_fuzzer.c");
}

static void the_signal_of_an_assertion_does_not_hide_its_id(void **state)
{
	(void)state;
	expect("ASSERTION FAILED: wrong-page\n"
	       "UndefinedBehaviorSanitizer:DEADLYSIGNAL\n"
	       "==1==ERROR: UndefinedBehaviorSanitizer: ABRT on unknown "
	       "address 0x0000002a (pc 0x7f T0)\n"
	       "    #0 0x55c440 in assert_fail /src/checkers.c:72:2\n"
	       "    #1 0x55c465 in wrong_page /src/wrong_page.c:19:1\n",
	       "ASSERT", "wrong-page", "wrong_page", "");
}

static void a_glibc_assertion_goes_by_its_expression(void **state)
{
	(void)state;
	expect("prog: a.c:7: f: Assertion `head->nr < max' failed.\n"
	       "==1==ERROR: AddressSanitizer: ABRT on unknown address 0x2a "
	       "(pc 0x7f)\n"
	       "    #0 0x1 in __assert_fail assert/assert.c:101:3\n"
	       "    #1 0x2 in list_add /src/list.h:7:2\n",
	       "ASSERT", "head->nr < max", "list_add", "");
}

static void asan_says_what_was_freed_and_how_it_was_touched(void **state)
{
	(void)state;
	expect("==10==ERROR: AddressSanitizer: heap-use-after-free on address "
	       "0x502000000012 at pc 0x55 bp 0x7f sp 0x7e\n"
	       "READ of size 1 at 0x502000000012 thread T0\n"
	       "    #0 0x55 in xas_load /src/target/core/xarray.c:4:64\n"
	       "    #1 0x56 in filemap_lookup /src/target/core/filemap.c:11\n"
	       "    #2 0x7f in __libc_start_call_main csu/start.h:58:16\n"
	       "\n0x502000000012 is located 2 bytes inside of 16-byte region\n"
	       "freed by thread T0 here:\n"
	       "    #0 0x57 in free (/f+0xcb336)\n"
	       "    #1 0x58 in node_free /src/target/core/xarray.c:90:2\n"
	       "SUMMARY: AddressSanitizer: heap-use-after-free xarray.c:4:64\n",
	       "Heap-use-after-free READ 1", "xas_load", "filemap_lookup",
	       "node_free");
}

static void where_memory_came_from_is_not_where_it_crashed(void **state)
{
	(void)state;
	expect("==1==ERROR: AddressSanitizer: heap-buffer-overflow on address "
	       "0x502000000020 at pc 0x1\n"
	       "WRITE of size 40 at 0x502000000020 thread T0\n"
	       "    #0 0x55 in fill /src/a.c:5:61\n"
	       "\n0x502 is located 0 bytes after 16-byte region\n"
	       "allocated by thread T0 here:\n"
	       "    #0 0x56 in malloc (/f+0xcb5cf)\n"
	       "    #1 0x57 in elsewhere /src/a.c:11:9\n",
	       "Heap-buffer-overflow WRITE {*}", "fill", "", "");
}

static void a_bad_address_is_read_or_written(void **state)
{
	(void)state;
	expect("AddressSanitizer:DEADLYSIGNAL\n"
	       "==1==ERROR: AddressSanitizer: SEGV on unknown address "
	       "0x000000000010 (pc 0x5 bp 0x7 sp 0x7 T0)\n"
	       "==1==The signal is caused by a WRITE memory access.\n"
	       "    #0 0x5 in list_del /src/list.h:5:61\n"
	       "    #1 0x6 in LLVMFuzzerTestOneInput (/f+0x1)\n",
	       "UNKNOWN WRITE", "list_del", "", "");
}

static void frees_that_are_wrong_have_names_of_their_own(void **state)
{
	(void)state;
	expect("==1==ERROR: AddressSanitizer: attempting double-free on "
	       "0x502000000010 in thread T0:\n"
	       "    #0 0x1 in free (/f+0xcb336)\n"
	       "    #1 0x2 in put_twice /src/a.c:13:46\n",
	       "Heap-double-free", "put_twice", "", "");
	expect("==1==ERROR: AddressSanitizer: attempting free on address which "
	       "was not malloc()-ed: 0x502 in thread T0\n"
	       "    #1 0x2 in put_wrong /src/a.c:13:46\n",
	       "Invalid-free", "put_wrong", "", "");
}

static void msan_says_where_the_value_was_used(void **state)
{
	(void)state;
	expect("==1==WARNING: MemorySanitizer: use-of-uninitialized-value\n"
	       "    #0 0x55 in page_order /src/page.h:7:77\n"
	       "    #1 0x56 in buddy_free /src/buddy.c:9:3\n"
	       "\n  Uninitialized value was stored to memory at\n"
	       "    #0 0x57 in copy_page /src/page.h:3:3\n"
	       "\nSUMMARY: MemorySanitizer: use-of-uninitialized-value\n",
	       "Use-of-uninitialized-value", "page_order", "buddy_free", "");
}

static void ubsan_says_what_was_undefined(void **state)
{
	(void)state;
	expect("a.c:6:74: runtime error: shift exponent 40 is too large for "
	       "32-bit type 'int'\n"
	       "    #0 0x55 in block_pages /src/a.c:6:74\n",
	       "Undefined-shift", "block_pages", "", "");
	expect("a.c:6:74: runtime error: index 7 out of bounds for type "
	       "'int[4]'\n"
	       "    #0 0x55 in slot_of /src/a.c:6:74\n",
	       "Index-out-of-bounds", "slot_of", "", "");
	expect("a.c:6:74: runtime error: signed integer overflow: 2147483647 + "
	       "1 cannot be represented in type 'int'\n",
	       "Integer-overflow", "NULL", "", "");
}

static void tsan_frames_are_read_in_both_forms(void **state)
{
	(void)state;
	expect("WARNING: ThreadSanitizer: data race (pid=11)\n"
	       "  Read of size 4 at 0x55 by main thread:\n"
	       "    #0 0x5f in buddy_of /src/buddy.c:4:47\n"
	       "    #1 0x6f in buddy_give /src/buddy.c:9:3\n"
	       "\n  Previous write of size 4 at 0x55 by thread T1:\n"
	       "    #0 0x7f in set_order /src/page.h:3:43\n",
	       "Data race READ 4", "buddy_of", "buddy_give", "set_order");
	expect("WARNING: ThreadSanitizer: data race (pid=11)\n"
	       "  Write of size 8 at 0x55 by main thread:\n"
	       "    #0 set_order /src/page.h:3:43 (f+0xe45b6)\n"
	       "ThreadSanitizer: reported 1 warnings\n",
	       "Data race WRITE 8", "set_order", "", "");
}

static void a_deadly_signal_without_an_id_goes_by_its_frames(void **state)
{
	(void)state;
	expect("==17== ERROR: libFuzzer: deadly signal\n" FUZZER_FRAMES,
	       "Fatal-signal", "page_loss", "page_cache_fuzzer.c", "");
}

static void timeouts_memory_and_leaks_are_crashes(void **state)
{
	(void)state;
	expect("==1== ERROR: libFuzzer: timeout after 25 seconds\n"
	       "    #0 0x1 in spin_here /src/a.c:1\n",
	       "Timeout", "spin_here", "", "");
	expect("==1== ERROR: libFuzzer: out-of-memory (used: 2561Mb)\n",
	       "Out-of-memory", "NULL", "", "");
	expect("==1==ERROR: LeakSanitizer: detected memory leaks\n\n"
	       "Direct leak of 16 byte(s) in 1 object(s) allocated from:\n"
	       "    #0 0x1 in malloc (/f+0x1)\n"
	       "    #1 0x2 in table_open /src/a.c:4:2\n",
	       "Direct-leak", "table_open", "", "");
}

static void numbers_and_addresses_of_one_run_are_no_part_of_a_state(
	void **state)
{
	(void)state;
	expect("ASSERTION FAILED: bad head 0xdeadbeef of page 4711 in list12\n",
	       "ASSERT", "bad head ADDRESS of page NUMBER in list12", "", "");
}

static void a_clean_run_is_no_report(void **state)
{
	const char *text = "INFO: Seed: 1\nExecuted a in 3 ms\n"
			   "    #0 0x1 in main /src/a.c:1\n";
	struct report report;

	(void)state;
	assert_false(report_parse(text, strlen(text), &report));
	assert_false(report_parse("", 0, &report));
}

static void any_bytes_are_a_report_or_none(void **state)
{
	static char text[4096];
	struct report report;
	uint32_t word = 1;
	size_t i, n;

	(void)state;
	for (n = 0; n < 2000; n++) {
		for (i = 0; i < sizeof(text); i++) {
			word = word * 1664525 + 1013904223;
			text[i] = (char)(word >> 24);
		}
		memcpy(text + n % 128, "\nASSERTION FAILED: ", 19);
		memcpy(text + 1024 + n, "\n    #0 0x1 in ", 15);
		assert_true(report_parse(text, sizeof(text), &report));
		assert_string_equal(report.type, "ASSERT");
	}
}

/* --------------------------------------------------------------- comparison */

static void the_comparison_merges_what_clusterfuzz_merges(void **state)
{
	const struct report a = { "ASSERT",
				  { "buddy-free-list-order", "list_broken",
				    "page_cache_fuzzer.c" } };
	const struct report b = { "ASSERT",
				  { "buddy-free-list-count", "list_broken",
				    "page_cache_fuzzer.c" } };
	const struct report c = { "ASSERT",
				  { "page-loss", "page_loss_broken",
				    "page_cache_fuzzer.c" } };
	const struct report d = { "ASSERT", { "buddy-free-list-count" } };
	const struct report none = { "ASSERT", { "" } };

	(void)state;
	assert_true(report_similarity("kitten", "sitting") > 0.76);
	assert_true(report_similarity("kitten", "sitting") < 0.77);
	assert_true(report_alike(&a, &b));
	assert_false(report_alike(&a, &c));
	assert_true(report_alike(&a, &d));
	assert_false(report_alike(&a, &none));
	assert_true(report_equal(&a, &a));
	assert_false(report_equal(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			our_id_then_the_checkers_frame_then_the_fuzz_targets_file),
		cmocka_unit_test(
			the_signal_of_an_assertion_does_not_hide_its_id),
		cmocka_unit_test(a_glibc_assertion_goes_by_its_expression),
		cmocka_unit_test(
			asan_says_what_was_freed_and_how_it_was_touched),
		cmocka_unit_test(
			where_memory_came_from_is_not_where_it_crashed),
		cmocka_unit_test(a_bad_address_is_read_or_written),
		cmocka_unit_test(frees_that_are_wrong_have_names_of_their_own),
		cmocka_unit_test(msan_says_where_the_value_was_used),
		cmocka_unit_test(ubsan_says_what_was_undefined),
		cmocka_unit_test(tsan_frames_are_read_in_both_forms),
		cmocka_unit_test(
			a_deadly_signal_without_an_id_goes_by_its_frames),
		cmocka_unit_test(timeouts_memory_and_leaks_are_crashes),
		cmocka_unit_test(
			numbers_and_addresses_of_one_run_are_no_part_of_a_state),
		cmocka_unit_test(a_clean_run_is_no_report),
		cmocka_unit_test(any_bytes_are_a_report_or_none),
		cmocka_unit_test(the_comparison_merges_what_clusterfuzz_merges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
