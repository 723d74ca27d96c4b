# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# module.sh: modules for a packaged kernel, by its own headers; read by prove.sh.

# The compiler that the kernel was built with, or what is here.
module_compiler() {
	local built
	built=$(sed -n 's/^CONFIG_CC_VERSION_TEXT="\([^ ]*\) .*/\1/p' "$prove_kernel/config")
	first_of "${built#x86_64-linux-gnu-}" gcc-14 gcc-13 gcc-12 gcc ||
		die 'prove: modules need gcc; try: ./build.sh deps'
}

# module_wrapper CC FILE: CC as FILE, for kernels of a newer one: what that is asked for is
# said as an older one knows it.
module_wrapper() {
	cat >"$2" <<-END
	#!/bin/sh
	for word; do
		shift
		case \$word in
		-fmin-function-alignment=*) word=-falign-functions=\${word#*=} ;;
		esac
		set -- "\$@" "\$word"
	done
	exec $1 "\$@"
	END
	chmod +x "$2"
}

# module_build FOLDER: what its Kbuild says, into modules/ of what is proven.
module_build() {
	local headers=$prove_kernel/headers/usr/src work common compiler log=$prove_out/module.log
	work=$prove_out/build-$(basename "$1")
	common=$(ls -d "$headers"/linux-headers-*-common)
	cp -r "$1" "$work"
	cp "$root"/target/linux/prove/driver/*.h "$work"
	compiler=$(module_compiler)
	module_wrapper "$compiler" "$work/cc"
	# Types of the kernel for debuggers would want pahole.
	nice -n 5 make -C "$common" KBUILD_OUTPUT="${common%-common}-amd64" M="$work" \
		CC="$work/cc" CONFIG_DEBUG_INFO_BTF_MODULES= modules >"$log" 2>&1 || {
		grep -m 5 -A 3 'rror' "$log" >&2 || tail -n 10 "$log" >&2
		die "prove: no module for $prove_version; all of it: ${log#"$root"/}"
	}
	cp "$work"/*.ko "$prove_out/modules"
	module_said="${module_said:+$module_said, }$(cd "$work" && ls ./*.ko | cut -c3-), $compiler"
	rm -rf "$work"
}

# module_guest NAME: the recipe's NAME.c as a program of the machine, into modules/.
module_guest() {
	"$(module_compiler)" -static -O2 -Wall -Werror -I"$root/target/linux/prove/driver" \
		-I"$recipe/driver" -o "$prove_out/modules/$1" "$recipe/$1.c" ||
		die "prove: $1.c needs gcc and a static libc"
}
