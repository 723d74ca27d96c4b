#!/bin/sh
# SPDX-License-Identifier: MIT
#
# throttle.sh PAGERACE: of two alloc_contig_range() at once the second sleeps for a
# moment, and goes on. Run from the root.
exec sh target/linux/test/reaches.sh "$1" target/linux/test/throttle.prog \
	prepare_to_wait finish_wait
