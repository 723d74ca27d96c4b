# SPDX-License-Identifier: MIT
#
# mutants.awk: of what a rule did to all its places, each place for itself.
#
#   awk -v rule=RULE -v scope=place|function -v out=DIR -f mutants.awk DIFF FILE...
#
# DIFF is spatch's, without context, of FILEs, which are read as they were. A
# hunk is a place; one that covers several statements in a row is taken apart, a
# piece for each, as soon as parentheses and braces are even. With scope function
# all of a function's are one. Writes DIR/RULE-FUNCTION-K.patch, K from 1 in the
# order of the file, and prints "NAME RULE FILE FUNCTION LINE" of each. What is
# within an assertion is left alone.

# Parentheses and braces that are open at the end of @text.
function open(text,   with, n) {
	gsub(/"[^"]*"/, "", text)
	n = gsub(/[({]/, "&", text)
	return n - gsub(/[)}]/, "&", text)
}

# A piece: lines @old[1..nold] from @at on become @new[1..nnew], which stand
# before @at if there are no old ones.
function piece(at, old, nold, new, nnew,   i, head, body, name, text) {
	for (i = 1; i <= nold; i++) {
		body = body "-" old[i] "\n"
		text = text old[i]
	}
	for (i = 1; i <= nnew; i++)
		body = body "+" new[i] "\n"
	if (text ~ /VM_BUG_ON/)
		return
	name = of[file, at]
	if (name == "")
		return
	head = "@@ -" (nold ? at : at - 1) "," nold " +" \
		(nnew ? at : at - 1) "," nnew " @@\n"
	if (scope == "function" && (file, name) in whole) {
		i = whole[file, name]
	} else {
		i = ++nr
		line[i] = at
		where[i] = file
		fn[i] = name
		patch[i] = "--- a/" file "\n+++ b/" file "\n"
		whole[file, name] = i
	}
	patch[i] = patch[i] head body
}

# The hunk that has been read, in pieces.
function take(   i, j, a, b, depth, o, n, k, m) {
	if (!minus && !plus)
		return
	if (minus == plus || !plus || !minus) {
		k = minus ? minus : plus
		o = n = depth = 0
		for (i = 1; i <= k; i++) {
			if (minus) a[++o] = was[i]
			if (plus) b[++n] = is[i]
			depth += open(minus ? was[i] : is[i])
			# a deleted statement ends with its line
			if (i < k && (depth != 0 || (!plus && was[i] !~ /[;}]([ \t]*\/\*.*)?$/)))
				continue
			piece(start + (minus ? i - o : 0), a, o, b, n)
			o = n = depth = 0
		}
	} else {
		piece(start, was, minus, is, plus)
	}
	minus = plus = 0
}

FNR == 1 { reading++ }

# A function begins at the left margin; of[file, line] is its name.
reading > 1 {
	if (FNR == 1)
		current = ""
	if (/^[a-z_].*\(/ && !/;$/) {
		current = substr($0, 1, index($0, "(") - 1)
		sub(/.*[^A-Za-z0-9_]/, "", current)
	}
	of[FILENAME, FNR] = current
	if (/^}/)
		current = ""
	next
}

{ diff[++lines] = $0 }

END {
	for (l = 1; l <= lines; l++) {
		if (diff[l] ~ /^--- /) {
			take()
			file = substr(diff[l], 5)
		} else if (diff[l] ~ /^\+\+\+ /) {
			continue
		} else if (diff[l] ~ /^@@ /) {
			take()
			split(diff[l], word, /[-, +]+/)
			start = word[2] + 0
			if (diff[l] ~ /^@@ -[0-9]+,0 /)
				start++
		} else if (diff[l] ~ /^-/) {
			was[++minus] = substr(diff[l], 2)
		} else if (diff[l] ~ /^\+/) {
			is[++plus] = substr(diff[l], 2)
		}
	}
	take()
	for (i = 1; i <= nr; i++) {
		name = rule "-" fn[i] "-" ++count[fn[i]]
		printf "%s", patch[i] >(out "/" name ".patch")
		close(out "/" name ".patch")
		print name, rule, where[i], fn[i], line[i]
	}
}
