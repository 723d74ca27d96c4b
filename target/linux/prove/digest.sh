#!/bin/sh
# SPDX-License-Identifier: MIT
#
# digest.sh NAME: what the kept logs of the finding NAME come to, for its report; nothing
# if there are none. Run from the root.
# digest.sh LOG...: of these logs, for pagerace report --notes.
recipe=
if [ ! -f "$1" ]; then
	recipe=target/linux/findings/$1/prove
	set -- "$recipe"/*.log
	[ -f "$1" ] || exit 0
fi

cat <<END
Seen on kernels as Debian packages them, in QEMU, without a change to the
kernel. What counts is the mechanism that was seen, never time alone.
END
[ ! "$recipe" ] || echo "Recipe and logs: $recipe"
awk '
	FNR == 1 {
		command = $0
		package = counts = example = ""
		print ""
	}
	FNR == 2 { package = $1 " " $2; sub(/,$/, "", package) }
	/^counted: / { counts = counts "\n- " substr($0, 10) }
	!example && /^trials? 1: / { example = $0 }
	/^end of the log/ {
		how = command ~ /--loops/ ? "plain loops" : "held by a module"
		print package ", " how " (" command "):" counts
		print "- " example
	}' $(printf '%s\n' "$@" | sort -V) |
	awk '
		# In 80 columns; what goes on is indented.
		length($0) <= 80 { print; next }
		{
			line = ""
			nr = split($0, words, " ")
			for (i = 1; i <= nr; i++) {
				if (line != "" && length(line " " words[i]) > 80) {
					print line
					line = "  " words[i]
				} else {
					line = line (line == "" ? "" : " ") words[i]
				}
			}
			print line
		}'
echo
