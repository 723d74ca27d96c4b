# SPDX-License-Identifier: MIT
#
# sites.awk: the table of sites, as C: of places (places.awk) and, on standard
# input, function and FILE:LINE of each, two lines a place; and of variables, by
# the sections that they are in.

function own(accessor, kind, order, size) {
	printf("{ .function = \"thread\", .accessor = \"%s\", .expr = \"\", .file = \"\", .kind = MACHINE_%s, .order = MACHINE_%s, .size = %d },\n", accessor, kind, order, size)
	owns++
}

# The line, without what stands around it.
function source(file, line,    text, nr) {
	if (!(file in read)) {
		read[file] = 1
		while ((getline text <file) > 0)
			says[file, ++nr] = text
		close(file)
	}
	text = says[file, line]
	gsub(/^[ \t]+|[ \t;{}]+$/, "", text)
	gsub(/[\\"]/, "\\\\&", text)
	gsub(/[ \t]+/, " ", text)
	return text
}

# Of a name of C++ the last part that is a word: scope::function<...>(...).
function short(name,    text, last) {
	text = name
	if (!sub(/^_Z[A-Z]*(St)?L?/, "", text))
		return name
	while (match(text, /^[0-9]+/)) {
		last = substr(text, RLENGTH + 1, substr(text, 1, RLENGTH) + 0)
		text = substr(text, RLENGTH + 1 + length(last))
		sub(/^L/, "", text)
	}
	return last ? last : name
}

function base(file) {
	sub(/.*\//, "", file)
	return file
}

BEGIN {
	print "#include \"runtime.h\""
	print "static struct site program_sites[] SITE_SECTION __attribute__((used)) = {"
	own("load", "LOADS", "PLAIN", 1)
	own("store", "STORES", "PLAIN", 4)
	own("rmw", "RMWS", "FULL", 4)
	own("fence", "FENCES", "FULL", 0)
	own("lock", "LOCKS", "ACQUIRE", 4)
	own("trylock", "TRYLOCKS", "ACQUIRE", 4)
	own("unlock", "UNLOCKS", "RELEASE", 4)
	own("spins", "SPINS", "ONCE", 0)
	own("wait", "WAITS", "FULL", 0)
	own("wake", "WAKES", "FULL", 0)
	while (owns < 16)
		own("unused", "NONE", "PLAIN", 0)
	at = -1
	nr = owns
	more = (getline place <places) > 0
}

FNR % 2 == 1 { called = short($0); next }

{
	file = $0
	sub(/ \(discriminator.*/, "", file)
	line = file
	sub(/:[^:]*$/, "", file)
	sub(/.*:/, "", line)
	split(place, part, " ")
	at = part[1]
	while (more && part[1] == at) {
		if (at != last) {
			offset[++nr_places] = at
			first[nr_places] = nr
			last = at
		}
		printf("{ .function = \"%s\", .accessor = \"%s\", .expr = \"%s\", .file = \"%s\", .line = %d, .kind = %s, .order = %s, .size = %d },\n",
		       called, part[2], source(file, line), base(file), line, part[3], part[4], part[5])
		nr++
		more = (getline place <places) > 0
		split(place, part, " ")
	}
}

END {
	print "};"
	print "const struct threads_place program_places[] = {"
	for (i = 1; i <= nr_places; i++)
		printf("{ %d, %d },\n", offset[i], first[i])
	printf("{ 0xffffffff, %d } };\n", nr)
	printf("const size_t program_nr_places = %d;\n", nr_places)
	print "extern char __start_program_data[] __attribute__((weak)), __start_program_bss[] __attribute__((weak));"
	print "const struct threads_variable program_variables[] = {"
	while ((getline line <sections) > 0) {
		split(line, part, " ")
		section[part[1]] = part[2]
	}
	while ((getline line <variables) > 0) {
		split(line, part, " ")
		sub(/^__emutls_v\./, "", part[4])
		if (section[part[3]] ~ /^program_(data|bss)$/)
			printf("{ \"%s\", __start_%s + 0x%s, %s },\n", part[4] ~ /^_Z(L|N|[0-9])/ ? short(part[4]) : part[4], section[part[3]], part[1], part[2])
	}
	print "{ 0 } };"
}
