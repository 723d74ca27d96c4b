#!/bin/sh
# SPDX-License-Identifier: MIT
# golden.sh PAGERACE FILE.prog: the trace is the one that was kept beside it.
# Called by its name alone: a trace says what it takes to play it again.
PATH=$(dirname "$1"):$PATH
"${1##*/}" show "$2" | diff -u "${2%.prog}.trace" -
