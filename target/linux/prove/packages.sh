#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# packages.sh tools DIR: QEMU, busybox, cpio and mkfs.xfs with the libraries that are not here,
#     unpacked into DIR.
# packages.sh kernel SERIES DIR: the newest packaged kernel of SERIES (6.1, say) with
#     its headers, unpacked into DIR: vmlinuz, config, headers/ (with the tools
#     that build modules), modules/, and `package`, a line: name and version.
#
# Of the system's own suites, or if they do not have it, of newer ones; nothing is
# installed, and what the system is set up with does not change (apt.sh). What is
# there already is left as it is.
#
# Exit: 0; 77 if a package cannot be had; 2 for other trouble; both with a message.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
say() { printf '%s\n' "$*" >&2; }
cannot() { printf 'packages.sh: %s\n' "$*" >&2; exit 77; }
die() { cannot "$@"; } # of what apt.sh does: that is all it can say
usage() { echo 'usage: packages.sh tools DIR | kernel SERIES DIR' >&2; exit 2; }

# begin DIR: an empty one to work in, and apt.
begin() {
	final=$1
	rm -rf "$final.new"
	mkdir -p "$final.new" "$final.apt"
	dir=$(cd "$final.apt" && pwd)
	# shellcheck source=target/linux/apt.sh
	. "$here/../apt.sh"
}

end() {
	rm -rf "$final" "$final.apt"
	mv "$final.new" "$final"
}

# unpack PACKAGE DIR [WORD of tar...]: fetched once.
unpack() {
	local file
	file=$(ls "$dir/$1"_*.deb 2>/dev/null) || file=$(fetch "$1") || cannot "no package $1"
	mkdir -p "$2"
	dpkg-deb --fsys-tarfile "$file" | tar -xf - -C "$2" "${@:3}" 2>"$dir/log" ||
		grep -q 'Not found in archive' "$dir/log" || cannot "${file##*/} cannot be unpacked"
}

# ----------------------------------------------------------------------- tools

tools() {
	local file
	begin "$1"
	say "fetching QEMU and busybox from $mirror ..."
	update_own
	mkdir -p "$dir/debs/partial"
	cp /var/lib/dpkg/status "$dir/status" # what is here need not be fetched
	apt apt-get install --download-only -y --no-install-recommends \
		-o Debug::NoLocking=1 -o Dir::Cache::archives="$dir/debs" \
		qemu-system-x86 busybox-static cpio xfsprogs >"$dir/log" 2>&1 || {
		tail -n 5 "$dir/log" >&2
		cannot 'no packages qemu-system-x86, busybox-static, cpio, xfsprogs'
	}
	for file in "$dir"/debs/*.deb; do
		dpkg-deb -x "$file" "$1.new" || cannot "${file##*/} cannot be unpacked"
	done
	# What is installed is used from there.
	for file in qemu-system-x86_64 busybox cpio mkfs.xfs; do
		[ -n "$(find "$1.new" -name "$file" -type f)" ] || command -v "$file" >/dev/null ||
			cannot "no $file"
	done
	end
}

# ---------------------------------------------------------------------- kernels

# The newest release of the series $1, such as 6.1.0-57, of those apt knows now.
release_of() {
	apt apt-cache pkgnames "linux-image-$1" 2>/dev/null |
		sed -nE "s/^linux-image-(${1//./\\.}(\.[0-9][0-9a-z.+~]*)?(-[0-9]+)?)-amd64\$/\1/p" |
		sort -V | tail -n 1
}

have() { [ -n "$(apt apt-cache madison "$1" 2>/dev/null)" ]; }

# elves DIR: the programs in it, as the machine runs them.
elves() {
	local file
	while read -r file; do
		[ "$(dd if="$file" bs=1 skip=1 count=3 status=none)" != ELF ] || echo "$file"
	done < <(find "$1" -type f -perm -u+x)
}

# newer_libc PROGRAM...: run by a libc of the kernel's suite, which stands beside.
newer_libc() {
	local file
	for file in libc6 libelf1t64 zlib1g libzstd1; do
		unpack "$file" "$final.new/libc"
	done
	for file; do
		mv "$file" "$file.elf"
		cat >"$file" <<-'END'
		#!/bin/sh
		file=$(readlink -f "$0")
		libc=${file%%/headers/*}/libc
		for dir in "$libc/usr/lib/x86_64-linux-gnu" "$libc/lib/x86_64-linux-gnu"; do
			[ ! -d "$dir" ] || libraries=$dir${libraries:+:$libraries}
		done
		exec "$(find "$libc" -name ld-linux-x86-64.so.2 -type f)" \
			--argv0 "$file" --library-path "$libraries" "$file.elf" "$@"
		END
		chmod +x "$file"
	done
}

# The tools that build modules are of the kernel's suite: the system's libc may be too
# old for them.
headers_of() {
	local release=$1 kbuild programs
	unpack "linux-headers-$release-amd64" "$final.new/headers"
	unpack "linux-headers-$release-common" "$final.new/headers"
	for kbuild in "linux-kbuild-$release" "linux-kbuild-$series"; do
		have "$kbuild" || continue
		unpack "$kbuild" "$final.new/headers"
		break
	done
	mapfile -t programs < <(elves "$final.new/headers/usr/lib")
	[ ${#programs[@]} -gt 0 ] || cannot "no linux-kbuild of $release"
	if ldd "${programs[@]}" 2>&1 | grep 'not found' >/dev/null; then
		newer_libc "${programs[@]}"
	fi
}

# Of an image: the kernel, a file system with large folios, and what it stands on.
wanted=('*/vmlinuz*' '*/config-*' '*/config' '*/kernel/fs/xfs/*' '*/kernel/drivers/block/brd.ko*'
	'*/libcrc32c.ko*' '*/crc32c_generic.ko*' '*/crc32c-intel.ko*' '*/exportfs.ko*')

# A pattern of which a package has nothing is no error: the parts are in several.
kernel() {
	local series=$1 release image file
	begin "$2"
	say "looking for a kernel $series on $mirror ..."
	update_own
	release=$(release_of "$series")
	if [ -z "$release" ]; then
		say "not in the system's suites; looking in $newer_suites ..."
		update_newer
		release=$(release_of "$series")
		[ -n "$release" ] || cannot "no suite has a kernel $series; there are: $(
			apt apt-cache pkgnames linux-image- 2>/dev/null |
				sed -nE 's/^linux-image-([0-9]+\.[0-9]+)[^a-z]*(deb[0-9]+)?-amd64$/\1/p' |
				sort -uV | tr '\n' ' ')"
	fi
	image=linux-image-$release-amd64
	! have "linux-binary-$release-amd64" || image=linux-binary-$release-amd64
	unpack "$image" "$2.new/image" --wildcards "${wanted[@]}"
	printf '%s %s\n' "$image" "$(apt apt-cache madison "$image" |
		awk -F ' *[|] *' 'NR == 1 { print $2 }')" >"$2.new/package"
	for image in linux-modules linux-base; do
		have "$image-$release-amd64" || continue
		unpack "$image-$release-amd64" "$2.new/image" --wildcards "${wanted[@]}"
	done
	headers_of "$release"
	for image in vmlinuz config; do
		file=$(cd "$2.new" && find image -name "$image*" -type f ! -path '*/kernel/*')
		[ -n "$file" ] || cannot "no $image in the packages of $release"
		ln -s "$file" "$2.new/$image"
	done
	end
}

case ${1-} in
tools) [ $# = 2 ] || usage ;;
kernel) [ $# = 3 ] || usage ;;
*) usage ;;
esac
mkdir -p "$(dirname "${!#}")"
what=$1 last=$(cd "$(dirname "${!#}")" && pwd)/$(basename "${!#}")
[ ! -d "$last" ] || exit 0
case $what in
tools) tools "$last" ;;
kernel) kernel "$2" "$last" ;;
esac
