# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# host.sh: what the recipe needs beside scripts: play. Read by prove.sh.

prove_memory=2G

recipe_prepare() {
	module_guest play
}
