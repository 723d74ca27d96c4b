#!/bin/sh
# SPDX-License-Identifier: MIT
#
# stub_ways.sh OBJECT STUBS: which of the stubs that link.sh listed an operation can come
# to, by the calls that OBJECT has: for each a line, with a shortest way from one.
#
#     folio_referenced: linux_contig > alloc_contig_range > ... > shrink_folio_list
#     kfree: not by an operation
#
# A way is a call, or a function whose address a function or a table has that was come
# by: where a pointer may lead. What start-up hands on as pointers counts as come by, as
# "start-up". That a condition never holds is not seen: a way is where to look, no proof.
set -eu
object=$1 stubs=$2

{ readelf -SsW "$object"; readelf -rW "$object"; } | awk -v stubs="$stubs" '
	function hex(digits,   i, value) {
		value = 0
		for (i = 1; i <= length(digits); i++)
			value = value * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
		return value
	}
	# The function or variable at a place of a section; of two sections of one name
	# the number tells.
	function cover(section, at,   i) {
		for (i = 1; i <= count[section]; i++)
			if (at >= start[section, i] && at < start[section, i] + size[section, i])
				return name[section, i]
		return ""
	}
	# A call, or with a star an address.
	function edge(from, to, call) {
		if (from == "" || to == "" || from == to || (from, to, call) in known)
			return
		known[from, to, call] = 1
		out[from] = out[from] (call ? " " : " *") to
	}
	/^ *\[ *[0-9]+\] / {
		sub(/^ *\[ */, "")
		sub(/\]/, "")
		if ($3 == "RELA" && $2 !~ /debug|eh_frame|sites/)
			applies_to[hex($5)] = $(NF - 1)
		next
	}
	/^ *[0-9]+: [0-9a-f]+ / {
		number = $1 + 0
		home[number] = $4 == "SECTION" ? $7 : ""
		symbol[number] = $8
		if ($4 != "FUNC" && $4 != "OBJECT" || $8 ~ /^\./ || $3 == 0)
			next
		n = ++count[$7]
		start[$7, n] = hex($2)
		size[$7, n] = $3 ~ /^0x/ ? hex(substr($3, 3)) : $3
		name[$7, n] = $8
		if ($4 == "FUNC")
			is_function[$8] = 1
		next
	}
	/^Relocation section / {
		section = hex(substr($6, 3)) in applies_to ? applies_to[hex(substr($6, 3))] : ""
		next
	}
	section != "" && $3 ~ /^R_X86_64/ {
		number = hex(substr($2, 1, length($2) - 8))
		to = symbol[number]
		if (home[number] != "")
			to = cover(home[number], ($6 == "-" ? -1 : 1) * hex($7) + ($3 ~ /PC32|PLT32/ ? 4 : 0))
		edge(cover(section, hex($1)), to, $3 ~ /PLT32/)
	}
	# Pointers of what was come by, too: of functions, and all that tables have.
	function walk(first, last,   at, n, next_, i, to) {
		for (at = first; at <= last; at++) {
			n = split(out[queue[at]], next_, " ")
			for (i = 1; i <= n; i++) {
				to = next_[i]
				sub(/^\*/, "", to)
				if (to in way)
					continue
				way[to] = is_function[to] ? way[queue[at]] " > " to : way[queue[at]]
				queue[++last] = to
			}
		}
		return last
	}
	function begin(what, how) {
		if (what in way)
			return
		way[what] = how
		queue[++nr] = what
	}
	# What start-up has by address, and does not call: wherever it leads.
	function hand_on(   at, last, n, next_, i, to) {
		booting[1] = "linux_init"
		last = 1
		booted["linux_init"] = 1
		for (at = 1; at <= last; at++) {
			n = split(out[booting[at]], next_, " ")
			for (i = 1; i <= n; i++) {
				to = next_[i]
				if (sub(/^\*/, "", to) && is_function[to])
					begin(to, "start-up > " to)
				if (to in booted)
					continue
				booted[to] = 1
				booting[++last] = to
			}
		}
	}
	END {
		n = split(out["target_linux"], roots, " ")
		for (i = 1; i <= n; i++) {
			sub(/^\*/, "", roots[i])
			if (is_function[roots[i]] && roots[i] !~ /^linux_(init|regions)$/)
				begin(roots[i], roots[i])
		}
		nr = walk(1, nr)
		first = nr + 1
		hand_on()
		walk(first, nr)
		while ((getline line < stubs) > 0) {
			sub(/:.*/, "", line)
			how = line in way ? way[line] : "not by an operation"
			sub(" > " line "$", "", how)
			print line ": " how
		}
	}'
