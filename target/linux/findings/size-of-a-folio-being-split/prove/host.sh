# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# host.sh: what the recipe needs beside scripts: play. Read by prove.sh.

prove_memory=2G

recipe_prepare() {
	"$(module_compiler)" -static -O2 -Wall -Werror -I"$recipe/driver" -o "$prove_out/modules/play" \
		"$recipe/play.c" || die 'prove: play.c needs gcc and a static libc'
}
