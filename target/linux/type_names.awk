# SPDX-License-Identifier: MIT
#
# type_names.awk: what llvm-dwarfdump prints of a unit, to the tables of glue/types.h:
# the type -v root=NAME and what lies in it.

function hex(text,    i, value) {
	if (text !~ /^0x/)
		return text + 0
	for (i = 3; i <= length(text); i++)
		value = value * 16 + index("123456789abcdef", substr(text, i, 1))
	return value + 0
}

# What stands in the parentheses.
function inner(line) {
	sub(/^[^(]*\(/, "", line)
	sub(/\)$/, "", line)
	return line
}

/^0x[0-9a-f]+: +(DW_TAG_|NULL)/ {
	at = substr($1, 1, length($1) - 1)
	depth = match($0, /(DW_TAG_|NULL)/)
	if ($2 == "NULL")
		next
	tag[at] = substr($2, 8)
	open[depth] = at
	for (up = depth - 1; up > 0 && !(up in open); up--)
		;
	if (up > 0)
		child[open[up], ++children[open[up]]] = at
	for (deep in open)
		if (deep + 0 > depth)
			delete open[deep]
	next
}
/DW_AT_name/ { name[at] = inner($0); gsub(/"/, "", name[at]) }
/DW_AT_type/ { type[at] = inner($0); sub(/ .*/, "", type[at]) }
/DW_AT_byte_size/ { size[at] = hex(inner($0)) }
/DW_AT_count/ { count[at] = hex(inner($0)) }
/DW_AT_data_member_location/ { place[at] = hex(inner($0)) }
/DW_AT_bit_size/ { bits[at] = 1 }
/DW_AT_const_value/ { value[at] = hex(inner($0)) }
/DW_AT_encoding/ { encoding[at] = inner($0) }
/DW_AT_declaration/ { declared[at] = 1 }

# What @at is, but for names and qualifiers; elements of an array are in `nr`.
function plain(at,    i) {
	nr = 0
	while (tag[at] ~ /^(typedef|const_type|volatile_type|array_type)$/) {
		for (i = 1; tag[at] == "array_type" && i <= children[at]; i++)
			nr = (nr ? nr : 1) * count[child[at, i]]
		at = type[at]
	}
	return at
}

function kind(at) {
	if (tag[at] == "structure_type" || tag[at] == "union_type")
		return "LINUX_STRUCT"
	if (tag[at] == "enumeration_type")
		return "LINUX_ENUM"
	if (tag[at] == "pointer_type")
		return "LINUX_POINTER"
	return encoding[at] ~ /_signed/ ? "LINUX_SIGNED" : "LINUX_UNSIGNED"
}

function rank(at) {
	if (!(at in ranks)) {
		ranks[at] = types
		order[types++] = at
	}
	return ranks[at]
}

# Its row, and those of what is in it.
function put(at,    i, in_it, first, what) {
	what = kind(at)
	first = what == "LINUX_ENUM" ? enumerators : members
	for (i = 1; i <= children[at]; i++) {
		in_it = child[at, i]
		if (tag[in_it] == "enumerator") {
			enumerator_rows[enumerators++] = sprintf("{ \"%s\", %.0f }",
				name[in_it], value[in_it])
		} else if (tag[in_it] == "member" && !bits[in_it]) {
			what_in_it = rank(plain(type[in_it]))
			member_rows[members++] = sprintf("{ \"%s\", %d, %d, %d }",
				name[in_it], place[in_it], nr, what_in_it)
		}
	}
	return sprintf("{ \"%s\", %s, %d, %d, %d }", name[at], what,
		what == "LINUX_POINTER" ? 8 : size[at], first,
		(what == "LINUX_ENUM" ? enumerators : members) - first)
}

END {
	for (at in tag)
		if (name[at] == root && tag[at] == "structure_type" && !declared[at])
			rank(at)
	if (!types) {
		print "no struct " root > "/dev/stderr"
		exit 1
	}
	for (i = 0; i < types; i++)
		type_rows[i] = put(order[i])
	print "/* Written by name_types.sh. */"
	print "#include \"linux/glue/types.h\"\n"
	print "const struct linux_type linux_types[] = {"
	for (i = 0; i < types; i++)
		print type_rows[i] ","
	print "};\nconst unsigned int linux_nr_types = " types ";"
	print "const struct linux_member linux_members[] = {"
	for (i = 0; i < members; i++)
		print member_rows[i] ","
	print "};\nconst struct linux_enumerator linux_enumerators[] = {"
	for (i = 0; i < enumerators; i++)
		print enumerator_rows[i] ","
	print "};"
}
