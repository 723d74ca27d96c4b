#!/bin/sh
# SPDX-License-Identifier: MIT
#
# format.sh PAGERACE [--make]: yesterday's bytes are the same programs today. For
# the input format that pagerace --version names, format-N.txt has the bytes of
# kept programs and of junk, each with the SHA-1 of the text that it decodes to (of
# a target, if one stands at the end of the line: what that lacks is not said).
# Where that has to change, the version does; --make prints the new file, and the
# old one stays for who wants to know.
. fuzz/test/command.sh

# From hexadecimal digits, of stdin, to bytes.
bytes() {
	# shellcheck disable=SC2059 # it is all escapes
	printf "$(awk '{
		for (i = 1; i < length($0); i += 2)
			printf "\\%03o", digit(i) * 16 + digit(i + 1)
	}
	function digit(at) {
		return index("0123456789abcdef", substr($0, at, 1)) - 1
	}')"
}

# The SHA-1 of the text of the bytes in file $1 on target $2, or on the core; a
# build may add a line.
meaning() {
	"$pagerace" decode ${2:+--target "$2"} "$1" 2>/dev/null | grep -v '^build ' | sha1sum | cut -d ' ' -f 1
}

# Junk of all lengths, the same everywhere, a line each. Operations (byte 1 of a
# record of 6 behind a header of 16) are those that format 1 began with: a number
# that none has may be given to one.
junk() {
	awk 'BEGIN {
		x = 1
		for (length_ = 1; length_ <= 1100; length_ += 1 + int(length_ / 3)) {
			line = ""
			for (i = 0; i < length_; i++) {
				x = (x * 16807) % 2147483647
				byte = int(x / 256) % 256
				if (i >= 16 && (i - 16) % 6 == 1)
					byte -= byte % 32 - byte % 32 % 23
				line = line sprintf("%02x", byte)
			}
			print line
		}
	}'
}

make_file() {
	for file in corpus/seeds/*.prog corpus/clean/*.prog corpus/bugs/*/*.prog; do
		! grep -q '^target *linux' "$file" || continue
		"$pagerace" encode "$file" -o "$dir/x.bin" || exit 2
		echo "$(meaning "$dir/x.bin") $(od -An -v -tx1 "$dir/x.bin" |
			tr -d ' \n') ${file#corpus/}"
	done
	junk | while read -r hex; do
		echo "$hex" | bytes >"$dir/x.bin"
		echo "$(meaning "$dir/x.bin") $hex junk"
	done
	for pages in 8 4 2; do
		printf 'pagerace 1\npages %s\ntask0 alloc\n' $pages >"$dir/few.prog"
		"$pagerace" encode --target treiber "$dir/few.prog" -o "$dir/x.bin" || exit 2
		echo "$(meaning "$dir/x.bin" treiber) $(od -An -v -tx1 "$dir/x.bin" |
			tr -d ' \n') $pages-pages treiber"
	done
}

version=$("$pagerace" --version | sed -n 's/.*input format \([0-9]*\)$/\1/p')
[ -n "$version" ] || fail 'pagerace --version names no input format'
[ "${2-}" != --make ] || { make_file; exit $status; }

file=fuzz/program/test/format-$version.txt
[ -f "$file" ] || { fail "no $file; see the beginning of format.sh"; exit 1; }
nr=0
while read -r want hex name target; do
	echo "$hex" | bytes >"$dir/x.bin"
	[ "$(wc -c <"$dir/x.bin")" = $((${#hex} / 2)) ] || fail "$name: not read"
	[ "$(meaning "$dir/x.bin" "$target")" = "$want" ] ||
		fail "$name is another program now, and the format still $version"
	nr=$((nr + 1))
done <"$file"
[ $nr -gt 40 ] || fail "$file has $nr programs only"

# What was written under formats before: junk aside, the same.
old=1
while [ "$old" -lt "$version" ]; do
	while read -r want hex name target; do
		[ "$name" != junk ] || continue
		echo "$hex" | bytes >"$dir/x.bin"
		[ "$(meaning "$dir/x.bin" "$target")" = "$want" ] ||
			fail "$name was another program under format $old"
	done <"fuzz/program/test/format-$old.txt"
	old=$((old + 1))
done
exit $status
