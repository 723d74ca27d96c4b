# SPDX-License-Identifier: MIT
#
# site_names.awk: the lines of site_frames.awk, sorted by file, line and place,
# to a C array of names.

BEGIN {
	print "/* Written by name_sites.sh. */"
	print "#include \"machine_point.h\"\n"
	print "const struct site site_names[" nr "] = {"
}
{
	at = $1 ":" $2
	rank = at == last ? rank + ($3 != place) : 1
	last = at
	place = $3
	gsub(/[\\"]/, "\\\\&", $6)
	printf("[%d] = { .function = \"%s\",", $4, $5)
	if ($6 != "")
		printf(" .expr = \"%s\",", $6)
	printf(" .file = \"%s\", .line = %d, .place = %d },\n", $1, $2, rank)
}
END { print "};" }
