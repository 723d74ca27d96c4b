# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# host.sh: what the recipe needs beside scripts: an empty xfs, the kernel's modules for it,
# and play. Read by prove.sh.

prove_memory=1G

recipe_prepare() {
	local to=$prove_out/modules name file
	for name in crc32c_generic crc32c-intel libcrc32c xfs brd; do
		file=$(find "$prove_kernel/image/" -name "$name.ko*")
		case $file in
		'') ;; # part of the kernel, there
		*.xz) xz -dc "$file" >"$to/$name.ko" ;;
		*) cp "$file" "$to" ;;
		esac
	done
	module_guest play
	rm -f "$to/xfs.img"
	with_libraries "$(prove_tool mkfs.xfs)" --unsupported -q -f \
		-d "file,name=$to/xfs.img,size=32m" >/dev/null 2>&1 || die 'prove: no xfs can be made'
	gzip -f "$to/xfs.img"
}
