# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# host.sh: what the recipe needs beside scripts: play, and half of a small memory for CMA,
# so that the cache's pages come from there first. Read by prove.sh.

prove_memory=1G prove_append='cma=512M'

recipe_prepare() {
	module_guest play
}
