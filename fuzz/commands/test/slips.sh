#!/bin/sh
# SPDX-License-Identifier: MIT
#
# slips.sh PAGERACE: a name that nothing has is refused, with its line and what
# was probably meant; an option does what it says or is refused.
. fuzz/test/command.sh

# slip WORDS argument...: exit code 2, and the first line ends with WORDS.
slip() {
	words=$1
	shift
	expect 2 "$@"
	case $(head -n 1 "$dir/err") in
	*"$words") ;;
	*) fail "$*: not: $words" ;;
	esac
}

# text LINE...: a program of these lines, from the second on, in $dir/x.prog.
text() {
	echo 'pagerace 1' >"$dir/x.prog"
	printf '%s\n' "$@" >>"$dir/x.prog"
}
x=$dir/x.prog
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog

# Texts.
text 'task0 alocc'
slip "$x:2: unknown operation \"alocc\"; did you mean alloc?" run "$x"
text 'expct clean'
slip "$x:2: unknown directive \"expct\"; did you mean expect?" run "$x"
text 'task9 drain'
slip "$x:2: unknown task \"task9\" (task0 to task7)" show "$x"
text '' 'target cor'
slip "$x:3: no target cor; did you mean core?" run "$x"
text 'revert no-rechek'
slip "$x:2: no revert no-rechek of core; did you mean no-recheck?" minimize "$x"
text 'revert nothing-like-it'
slip "$x:2: no revert nothing-like-it of core; try: $pagerace list reverts" explore "$x"
text 'task0 add 1' 'expect page-los'
slip "$x:3: no finding is called page-los; did you mean page-loss?" run "$x"
text 'expect Bogus'
slip "$x:2: no finding is called \"Bogus\": ids are lower-case words with dashes" run "$x"
text 'sanitizer thread' 'expect data-rcae'
slip "$x:3: no finding is called data-rcae; did you mean data-race?" run "$x"
text 'task0 lookup 1' 'switch task0 op0 before xas_relaod -> task1'
slip "$x:3: switch 1 names no site of core: xas_relaod; did you mean xas_reload?" run "$x"
sed -i 's/xas_relaod/xas_reload:READ_ONCE(x)/' "$x"
expect 2 run "$x"
grep -q "x.prog:3: .*: xas_reload:READ_ONCE(x); there is xas_reload:rcu_dereference(.*), xas_reload:" "$dir/err" ||
	fail 'what is there?'

# An id that nobody knows may be the target's own; if nothing comes of it, it is said.
text 'expect no-such-thing'
expect 1 run "$x"
grep -qx "$x:2: no checker is called no-such-thing, nor any report; an assertion of the target may be" "$dir/err" ||
	fail 'nobody knows it'
expect 1 run --expect page-loss "$x"
! grep -q 'no checker' "$dir/err" || fail 'page-loss is known'

# Command lines.
slip 'no command rnu; did you mean run?' rnu
slip "no command frobnicate; try: $pagerace --help" frobnicate
slip 'run has no option --sed; did you mean --seed?' run --sed 1 "$story"
slip 'list has no option --seed' list --seed 1 sites
slip 'run: --seed wants a value' run "$story" --seed
slip 'run: --quiet takes no value' run --quiet=3 "$story"
slip 'run: --revert is given twice' run --revert none --revert no-recheck "$story"
slip '--seed: not a number: -1' run --seed -1 "$story"
slip '--seed: not a number: 1x' run --seed 1x "$story"
slip '--runs: not a number from 1: 0' run --policy random-walk --runs 0 "$story"
slip 'at most 1000000000 programs' determinism --programs 18446744073709551615
slip 'run: --seed, --runs, --from and --fork are for a policy by chance: --policy random-walk ...' run --seed 3 "$story"
slip 'run: --depth is for --policy pct' run --policy pos --depth 3 "$story"
slip 'run: --depth is from 1 to 16' run --policy pct --depth 17 "$story"
slip 'run: --from and --runs are at most 1000000000000000000' run --policy pos --from 18446744073709551615 --runs 2 "$story"
slip 'run: --schedules is for a story on another --target, or --anew' run --schedules 7 "$story"
slip 'no policy random-wlak: script, random-walk, uniform, pct, pos or surw; did you mean random-walk?' \
	run --policy random-wlak "$story"
slip "no policy roulette: script, random-walk, uniform, pct, pos or surw; try: $pagerace list policies" \
	run --policy roulette "$story"
slip '--expect: no finding is called page-los; did you mean page-loss?' run --expect page-los "$story"
slip '--expect: no finding is called cleen; did you mean clean?' decode --expect cleen "$story"
slip 'no target treber; did you mean treiber?' list --target treber sites
slip "$story: no revert no-rechek of core; did you mean no-recheck?" run --revert no-rechek "$story"
slip 'sites or targets; did you mean sites?' list sitse

# What this build lacks is said: a sanitizer, a target of the project.
if "$pagerace" list mistakes 2>/dev/null | grep -q '^short-fill '; then
	for story in corpus/mistakes/*/*.prog; do
		"$pagerace" run "$story" >"$dir/out" 2>"$dir/err" </dev/null
		grep -q ': clean$' "$dir/out" || continue
		grep -q 'reports, which is not in this build: here it is clean$' "$dir/err" ||
			fail "$story is clean, and nobody says why"
	done
fi
"$pagerace" list targets | grep -q '^linux ' ||
	slip 'no target linux in this build; ./build.sh linux makes one with it' list --target linux sites

# Help of one, and the version.
"$pagerace" show --help >"$dir/want"
expect 0 help show
cmp -s "$dir/out" "$dir/want" || fail 'help show is not show --help'
expect 0 --help show
cmp -s "$dir/out" "$dir/want" || fail '--help show is not show --help'
slip 'no command shwo; did you mean show?' help shwo
slip 'help: one command' help show run
expect 0 --version
grep -Eqx 'pagerace [0-9]+\.[0-9.]+, input format [0-9]+' "$dir/out" || fail 'which version?'
slip '--version takes nothing' --version now
exit $status
