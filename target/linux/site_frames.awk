# SPDX-License-Identifier: MIT
#
# site_frames.awk: the frames of each site, as llvm-symbolizer writes them, to
# a line for each: file, line, place within it, number, function, expr. The
# last is empty if neither helper nor source tells.

BEGIN { nr_prefixes = split(prefixes, prefix, " ") }

# Blocks of frames end with an empty line; a frame is a name, then its place.
!NF { if (n) site(); next }
!named { name[++n] = $0; named = 1; next }
{
	named = 0
	match($0, /:[0-9]+:[0-9]+$/)
	file[n] = substr($0, 1, RSTART - 1)
	split(substr($0, RSTART + 1), at, ":")
	line[n] = at[1]
	column[n] = at[2]
}
END {
	if (n)
		site()
	if (missing) {
		printf("%d sites without a line: compile with -g1\n",
		       missing) >"/dev/stderr"
		exit 1
	}
}

# The site of frames 1 .. n.
function site(    c, expr, place, i) {
	getline number <alive
	sub(/ .*/, "", number)
	if (file[1] == "??")
		missing++
	for (c = 1; c < n && file[c] !~ /\.c$/; c++)
		;
	if (c > 1 && file[c - 1] !~ layer)
		expr = name[c - 1]
	else
		expr = within(source(file[c], line[c]), column[c])
	place = sprintf("%05d", column[c])
	for (i = c - 1; i; i--)
		place = sprintf("%s:%s:%06d:%05d", place, file[i], line[i],
				column[i])
	printf("%s\t%d\t%s\t%d\t%s\t%s\n", relative(file[c]), line[c], place,
	       number, name[c], expr)
	n = 0
}

function relative(path,    i) {
	for (i = 1; i <= nr_prefixes; i++)
		if (index(path, prefix[i] "/") == 1)
			return substr(path, length(prefix[i]) + 2)
	return path
}

function source(path, at,    i) {
	if (!(path in known)) {
		known[path] = 1
		for (i = 1; (getline text <path) > 0; i++)
			lines[path, i] = text
		close(path)
	}
	return lines[path, at]
}

# "x, y" of "f(x, y)", which begins at the column; as far as the line goes.
function within(text, from,    i, depth, c) {
	text = substr(text, from)
	if (!match(text, /^[A-Za-z_0-9]+\(/))
		return ""
	text = substr(text, RLENGTH + 1)
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		depth += (c == "(") - (c == ")")
		if (depth < 0)
			break
	}
	text = substr(text, 1, i - 1)
	gsub(/\t/, " ", text)
	return text
}
