#!/bin/bash
# SPDX-License-Identifier: MIT
#
# prove.sh: ./build.sh prove without a machine: what it says of words that it does not know,
# what it makes of a log, and that recipes are whole. Run from the root.
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
fail() { echo "$*"; status=1; }

# says WORDS STATUS [argument...]
says() {
	local words=$1 want=$2 got=0
	shift 2
	./build.sh prove "$@" >"$work/out" 2>&1 || got=$?
	[ $got = "$want" ] || fail "prove $*: exit $got, not $want"
	grep -qF -- "$words" "$work/out" || fail "prove $*: not '$words' but: $(tail -n 2 "$work/out")"
}
says 'which finding?' 2
says 'usage: ./build.sh prove' 0 --help
says 'no recipe for isolation; nearest: isolation-ended-by-another' 2 isolation
says 'has nothing for 5.4; there are: 6.1' 2 isolation-ended-by-another --version 5.4
says 'no option --quick' 2 isolation-ended-by-another --quick
says '--trials and --controls take a number' 2 isolation-ended-by-another --trials few
says '--minutes is for plain loops' 2 isolation-ended-by-another --version 7.3 --minutes 5
says '--minutes takes a number' 2 isolation-ended-by-another --minutes few
says 'has no plain loops' 2 reload-in-two-loads --loops

# judged WORDS EXIT [STATUS of the boot]: of the log in stdin.
die() { echo "$*"; exit 2; }
. target/linux/prove/prove.sh
judged() {
	local verdict exit trials clean='' boot_why=''
	prove_out=$work
	cat >"$work/log"
	: >"$work/console"
	prove_judge "${3-0}"
	[ "$verdict" = "$1" ] && [ "$exit" = "$2" ] || fail "not '$1' ($2) but '$verdict' ($exit)"
}
control='counted: control: 0 of 3 seen; 3 finished'
judged 'seen in 2 of 3 trials, control: in 0 of 3' 0 <<END
$control
counted: trials: 2 of 3 seen; 1 finished
END
judged 'not seen in 3 trials, control: in 0 of 3' 1 <<END
$control
counted: trials: 0 of 3 seen; 3 finished
END
judged 'no verdict: seen in 1 of 3 of control, where it must not be' 2 <<END
counted: control: 1 of 3 seen; 2 finished
counted: trials: 3 of 3 seen; 0 finished
END
judged 'no verdict: seen in 1 of 2 of harmless, where it must not be' 2 <<END
$control
counted: harmless: 1 of 2 seen; 1 finished
counted: trials: 3 of 3 seen; 0 finished
END
judged 'no verdict: none of control came to its end' 2 <<'END'
counted: control: 0 of 0 seen; 3 did not have the order
counted: trials: 3 of 3 seen; 0 finished
END
judged 'no verdict: gates were not met' 2 <<END
$control
counted: trials: 0 of 0 seen; 3 finished; gate not met in 3
END
judged 'no verdict: the meter showed nothing' 2 <<END
$control
broken: the meter showed nothing
counted: trials: 3 of 3 seen; 0 finished
END
judged 'no boot reached /init' 2 1 </dev/null
judged "the machine did not come to its end; the kernel's last words: " 2 <<END
$control
END

for recipe in target/linux/findings/*/prove; do
	name=${recipe%/prove}
	name=${name##*/}
	grep -vxE '[0-9]+\.[0-9]+ (loops|gates|loops gates|gates loops|refused .+)' "$recipe/versions" &&
		fail "$name: versions: no such line"
	if grep -qE ' (loops|gates)' "$recipe/versions" && [ ! -f "$recipe/drive" ]; then
		for file in setup a b evidence meter restore; do
			[ -f "$recipe/$file" ] || fail "$name: no $file"
		done
	fi
	for log in "$recipe"/*.log; do
		[ -f "$log" ] || continue
		grep -q "^./build.sh prove $name " "$log" || fail "$log is of another finding"
		grep -q "^$name on .* seen in " "$log" || fail "$log: without a verdict"
	done
done
for file in target/linux/prove/guest/* \
	target/linux/findings/*/prove/{setup,a,b,evidence,meter,restore,gates,drive}; do
	[ ! -f "$file" ] || sh -n "$file" || fail "$file is no shell script"
done
exit $status
