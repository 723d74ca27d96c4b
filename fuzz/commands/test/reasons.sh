#!/bin/sh
# SPDX-License-Identifier: MIT
# reasons.sh FILE: a kept program says what it runs on, what it must show, and
# why it was kept.
for word in revert expect why; do
	grep -Eq "^$word +[^ ]" "$1" || {
		echo "$1: no $word"
		exit 1
	}
done
