#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""crash_states_test.py: the rules of crash_states.py, on reports whose reading
by ClusterFuzz is known."""
import unittest

from crash_states import Crash, alike, mask


def report(line, *frames):
    """An abort under ASan after a printed line."""
    stack = [f"    #{i} 0x55d0c0de{i:04x} in {frame} /src/x.c:{10 + i}:3"
             for i, frame in enumerate(frames)]
    return "\n".join([
        line, "==7==ERROR: AddressSanitizer: ABRT on unknown address "
        "0x000000000007 (pc 0x1 bp 0x2 sp 0x3 T0)", *stack,
        "SUMMARY: AddressSanitizer: ABRT /src/x.c:10:3 in raise"])


class Reading(unittest.TestCase):
    def test_an_assertion_is_id_function_caller(self):
        crash = Crash(report("ASSERTION FAILED: page-loss", "abort",
                             "assert_fail", "page_loss", "LLVMFuzzerTestOneInput"))
        self.assertEqual(crash.type, "ASSERT")
        self.assertEqual(crash.state, ["page-loss", "page_loss", "x.c"])

    def test_without_the_line_it_is_an_abort(self):
        crash = Crash(report("three pages are lost", "abort", "fail", "check"))
        self.assertEqual(crash.type, "Abrt")
        self.assertEqual(crash.state, ["fail", "check"])

    def test_the_last_assertion_counts(self):
        crash = Crash(report("ASSERTION FAILED: a-b\nASSERTION FAILED: c-d",
                             "abort", "check"))
        self.assertEqual(crash.state, ["c-d", "check"])

    def test_a_marker_ends_the_state(self):
        crash = Crash(report("ASSERTION FAILED: a-b\npreviously allocated by:",
                             "abort", "check"))
        self.assertEqual(crash.state, ["a-b"])

    def test_an_access_is_a_part_of_the_type(self):
        crash = Crash("==7==ERROR: AddressSanitizer: heap-use-after-free on "
                      "address 0x602000000010 at pc 0x1 bp 0x2 sp 0x3\n"
                      "READ of size 4 at 0x602000000010 thread T0\n"
                      "    #0 0x5581 in xas_load /src/xarray.c:7:3\n")
        self.assertEqual(crash.type, "Heap-use-after-free READ 4")
        self.assertEqual(crash.state, ["xas_load"])

    def test_silence_is_no_crash(self):
        self.assertEqual(Crash("Executed x in 1 ms\n").type, "")

    def test_addresses_and_long_numbers_are_masked(self):
        self.assertEqual(mask("pfn 12 of 0x7ffd1234 at 123456 x.c:1234 b7"),
                         "pfn NUMBER of ADDRESS at NUMBER x.c:1234 b7")

    def test_lines_are_cut(self):
        crash = Crash(report("ASSERTION FAILED: " + "x" * 100, "abort"))
        self.assertEqual(crash.state, ["x" * 80])


class Comparing(unittest.TestCase):
    def test_two_equal_lines_are_one_bug(self):
        self.assertTrue(alike(["page-loss", "check_all", "step"],
                              ["check_all", "step", "LLVMFuzzerRunDriver"]))

    def test_ids_that_look_alike_are_one_bug(self):
        self.assertTrue(alike(["buddy-free-list-order"],
                              ["buddy-free-list-count"]))

    def test_other_ids_are_other_bugs(self):
        self.assertFalse(alike(["page-loss", "page_loss", "x.c"],
                               ["wrong-page", "wrong_page", "x.c"]))

    def test_nothing_is_like_nothing(self):
        self.assertFalse(alike([], []))


if __name__ == "__main__":
    unittest.main()
