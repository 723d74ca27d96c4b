#!/bin/sh
# SPDX-License-Identifier: MIT
#
# mistakes.sh PAGERACE: bad command lines and bad text get a clear message, exit
# code 2, and nothing is written.
pagerace=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0

# expect CODE PATTERN argument...: exit code and a message that matches.
expect() {
	code=$1 pattern=$2
	shift 2
	"$pagerace" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	if [ $got != "$code" ] || ! grep -Eq "$pattern" "$dir/err" "$dir/out"; then
		echo "pagerace $*: exit $got, said:"
		cat "$dir/out" "$dir/err"
		status=1
	fi
}

printf 'pagerace 1\nsetup alocc order=1\n' >"$dir/bad.prog"
printf 'pagerace 1\ntask0 add 1\nswitch task0 op0 before ad_page -> task1\n' >"$dir/typo.prog"
sed '1a revert   nonsense' "$dir/typo.prog" >"$dir/elsewhere.prog"
printf 'pagerace 1\nrevert nonsense\n' >"$dir/unknown.prog"
printf '\0' >"$dir/bytes"
printf 'pagerace 1\nbuild fast clang-1\n' >"$dir/build.prog"
printf 'pagerace 1\nbuild plain-access\n' >"$dir/compiler.prog"
printf 'pagerace 1\nbuild plain-access clang-1.2.3\ntask0 add 1\n' >"$dir/plain.prog"
expect 2 'usage'
expect 2 'build.prog:2: unknown build "fast"' run "$dir/build.prog"
expect 2 'compiler.prog:2: missing word' run "$dir/compiler.prog"
# What its target lacks is not what a text says.
lacks() {
	printf 'pagerace 1\n%s\n' "$2" >"$dir/lacks.prog"
	expect 2 "lacks.prog:2: $1\$" run --target "${3-treiber}" "$dir/lacks.prog"
	expect 2 "lacks.prog:2: $1\$" encode --target "${3-treiber}" "$dir/lacks.prog" -o "$dir/written"
	expect 2 "lacks.prog:2: $1\$" minimize --target "${3-treiber}" "$dir/lacks.prog" -o "$dir/written"
}
lacks 'core has at least 16 pages' 'pages 2' core
lacks 'treiber has no blocks of order 2' 'setup alloc order=2'
lacks 'treiber has no blocks of order 1' 'task7 alloc order=1 compound'
lacks 'treiber has no per-CPU lists' 'pcp high=3'
lacks 'treiber has no tree nodes' 'fanout 8'
lacks 'treiber takes no interrupts' 'irq task3'
printf 'pagerace 1\ntarget treiber\npages 2\npcp high=0 batch=1\nfanout 4\n' >"$dir/has.prog"
expect 0 'has.prog: clean' run "$dir/has.prog"
# As it says in a build that has them; played there all the same.
if "$pagerace" decode "$dir/bytes" 2>/dev/null | grep -q '^build '; then
	expect 0 'plain.prog: recorded with plain-access clang-1.2.3' run "$dir/plain.prog"
else
	expect 2 'plain.prog:2: this build has no plain accesses' run "$dir/plain.prog"
	expect 2 'plain.prog:2: ' decode "$dir/plain.prog" -o "$dir/written"
fi
expect 0 'usage' --help
expect 2 'no command rnu' rnu
expect 2 'no file' run
expect 2 'missing.prog: No such file' run missing.prog
expect 2 'bad.prog:2: .*alocc' run "$dir/bad.prog"
expect 2 'bad.prog:2: .*alocc' encode "$dir/bad.prog" -o "$dir/written"
expect 2 'no revert nonsense' run "$dir/unknown.prog"
expect 2 'switch 1 names no site of core' run "$dir/typo.prog"
# Sites of a revert that is not in this build may be right.
expect 0 'switch 1 of 1 was not met' encode --revert none "$dir/elsewhere.prog" -o "$dir/elsewhere"
expect 2 'no target nowhere' list --target nowhere sites
expect 2 'not a number' run --seed x "$dir/bad.prog"
expect 2 'minimize: one file' minimize
expect 2 'bad.prog:2: .*alocc' minimize "$dir/bad.prog" -o "$dir/written"
expect 2 'no policy' run --policy luck "$dir/bad.prog"
expect 2 'has no option' list --seed 1 sites
expect 0 'usage: pagerace run' run --help
expect 0 'usage: pagerace show' show --help
expect 0 'usage: pagerace encode' encode --help
expect 0 'usage: pagerace decode' decode --help
expect 0 'usage: pagerace list' list --help
expect 0 'usage: pagerace bench' bench --help
expect 0 'usage: pagerace explore' explore --help
expect 0 'usage: pagerace minimize' minimize --help
[ ! -e "$dir/written" ] || {
	echo 'a bad text left a file'
	status=1
}
exit $status
