# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# library.sh: mimalloc, all of it from its src/static.c.

prepare() { :; }

flags() { echo "-I$1/include -include $here/mimalloc/portable.h -DMI_DEBUG=0"; }
