# SPDX-License-Identifier: MIT
#
# mutants.awk: the table of what ./build.sh mutants knows, and the score.
#
#   awk -v time=S -v seeds=N -f mutants.awk of=chosen CHOSEN \
#       of=listed EQUIVALENT of=tried LEDGER of=all LIST
#
# A row for each name of CHOSEN, in the order of LIST: mutant, function and line,
# what became of it. Counted is who was hunted: killed, or survived all N seeds of
# S seconds by a build. Lines of EQUIVALENT: NAME KIND ARGUMENT.

/^#/ || !NF { next }
of == "chosen" { chosen[$1]; next }
of == "listed" { kind[$1] = $2; next }
of == "tried" && $2 == "object" {
	object[$1] = $3
	if (!($3 in first))
		first[$3] = $1
	next
}
of == "tried" && $3 <= seeds {
	if ($6 == "killed" && $5 <= time) {
		if (!($1 in killed))
			killed[$1] = $7 " (" $2 ", seed " $3 ", " $8 " executions)"
		if ($2 == "release")
			released[$1]
	} else if ($4 >= time) {
		if ($2 == "release" && !(($1, $3) in saw)) {
			saw[$1, $3]
			tried[$1]++
		}
		if ($6 == "unplayed")
			unplayed[$1] = $7
	}
	next
}

of == "all" && ($1 in chosen) {
	if (object[$1] == "broken") {
		became = "does not compile"
		broken++
	} else if (object[$1] == "equal") {
		became = "equivalent: the same object code"
		same++
	} else if (object[$1] != "" && first[object[$1]] != $1) {
		became = "is " first[object[$1]]
		twins++
	} else if ($1 in killed) {
		became = "killed by " killed[$1]
		if ($1 in kind)
			became = became " BUT LISTED AS " toupper(kind[$1])
		deaths++
		if ($1 in released)
			early++
	} else if ($1 in kind) {
		became = kind[$1]
		listed[kind[$1]]++
	} else if (tried[$1] >= seeds) {
		became = ($1 in unplayed) ? "unplayed " unplayed[$1] : "survived"
		alive++
	} else {
		became = "not hunted yet"
		open++
	}
	printf "%-52s %-34s %s\n", $1, $4 ":" $5, became
}

function score(n, m) { return m ? sprintf("%d of %d, %.1f %%", n, m, 100 * n / m) : "nobody" }

END {
	printf "\n%d do not compile, %d are another one, %d have the same object code", broken, twins, same
	for (k in listed)
		printf ", %d %s", listed[k], k
	printf "; not hunted yet %d\n", open
	print "release alone: " score(early, deaths + alive)
	print "all builds:    " score(deaths, deaths + alive)
}
