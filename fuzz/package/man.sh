#!/bin/sh
# SPDX-License-Identifier: MIT
#
# man.sh PAGERACE VERSION OUT: the manual page, into OUT; of each command it has
# what the command itself says.
set -eu

pagerace=$1 version=$2
exec >"$3"

# Text as it is, for roff.
verbatim() { sed 's/\\/\\e/g; s/-/\\-/g; s/^\([.'\'']\)/\\\&\1/'; }

commands() { "$pagerace" --help | sed -n '3,/^$/s/^  \([a-z]*\) .*/\1/p'; }

cat <<END
.TH PAGERACE 1 "" "pagerace $version" "pagerace"
.SH NAME
pagerace \\- play, show, explore and minimize schedules of page allocators and page caches
.SH SYNOPSIS
.B pagerace
.I command
.RI [ option ...]
.RI [ file ...]
.SH DESCRIPTION
A program says what the tasks of each simulated CPU do and where they lose the
CPU. pagerace plays it, exactly, on a target: a page allocator and page cache,
or code of your own. Checkers watch for pages that are lost, owned twice or
found where they are not. Programs are bytes, as a fuzzing engine makes them, or
text, as people write it; pagerace can tell. FORMATS.md of the package
documentation has both formats.
.SH COMMANDS
END
for command in $(commands); do
	printf '.SS %s\n.nf\n' "$command"
	"$pagerace" "$command" --help | verbatim
	echo .fi
done
cat <<'END'
.SH EXIT STATUS
0: as expected or found. 1: not. 2: trouble, and nothing was written; the reason
is on standard error, as
.I file:line: message
or
.IR "pagerace: message" .
.SH EXAMPLES
.nf
pagerace list reverts
pagerace show story.prog
pagerace run \-\-revert none story.prog
pagerace explore \-\-preemptions 2 story.prog
pagerace minimize \-\-revert free\-without\-tail crash\-0346eb3e \-o story.prog
.fi
.SH SEE ALSO
README.md of the package documentation: a target of one's own.
END
