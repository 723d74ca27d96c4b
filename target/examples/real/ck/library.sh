# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# library.sh: Concurrency Kit. Its atomics as builtins of the compiler, by an option that it
# has for that: inline assembly is what nobody sees.

prepare() {
	[ ! -f "$1/include/ck_md.h" ] || return 0
	(cd "$1" && CC=${CC:-clang} ./configure --use-cc-builtins) >/dev/null
}

flags() { echo "-I$1/include -DCK_USE_CC_BUILTINS=1"; }
