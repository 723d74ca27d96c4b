# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# host.sh: by loops on 7.x a process has memory in use (pin.c); less of it will do. Read
# by prove.sh.
case $prove_mode,$prove_version in
loops,7.*) prove_memory=3G ;;
esac

recipe_prepare() {
	[ $prove_memory = 3G ] || return 0
	module_guest pin
}
