# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# host.sh: what the recipe needs beside scripts: play, and half of a small memory for CMA,
# so that the cache's pages come from there first. Read by prove.sh.

prove_memory=1G prove_append='cma=512M'

recipe_prepare() {
	"$(module_compiler)" -static -O2 -Wall -Werror -I"$recipe/driver" -o "$prove_out/modules/play" \
		"$recipe/play.c" || die 'prove: play.c needs gcc and a static libc'
}
