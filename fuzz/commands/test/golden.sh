#!/bin/sh
# SPDX-License-Identifier: MIT
# golden.sh PAGERACE FILE.prog: the trace is the one that was kept beside it.
"$1" show "$2" | diff -u "${2%.prog}.trace" -
