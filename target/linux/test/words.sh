#!/bin/bash
# SPDX-License-Identifier: MIT
#
# words.sh [VERSION]: each word of a gate once, in a machine (prove/test/words). Run from
# the root. Exit: 77 if a package cannot be had.
set -euo pipefail
root=$PWD
say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 2; }
first_of() {
	local name
	for name; do
		if command -v "$name" >/dev/null; then
			echo "$name"
			return
		fi
	done
	return 1
}
. target/linux/prove/prove.sh
prove_findings=$root/target/linux/prove/test prove_memory=1G
prove words --version "${1-6.1}" --gates --trials 1 --controls 0
