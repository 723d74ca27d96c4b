#!/bin/sh
# SPDX-License-Identifier: MIT
# golden.sh PAGERACE FILE.prog: the trace is the one that was kept beside it; of a
# crash that only a sanitizer sees, where it looks on.
# Called by its name alone: a trace says what it takes to play it again.
PATH=$(dirname "$1"):$PATH
pagerace=${1##*/}
! grep -q '^sanitizer ' "$2" || ! "$pagerace" run "$2" | grep -q ': clean$' || exit 0
"$pagerace" show "$2" | diff -u "${2%.prog}.trace" -
