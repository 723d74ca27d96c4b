#!/bin/sh
# SPDX-License-Identifier: MIT
#
# mutants.sh: build.sh mutants on a core of one file, by rules of the real ones, with
# a fuzz target and a command that are scripts: who is killed, by what; that nobody is
# hunted twice; that an input which shows nothing is no kill; what is refused.
command -v spatch >/dev/null || { echo 'no spatch'; exit 77; }
here=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
tree=$dir/tree
mkdir -p "$tree/fuzz/fuzzers" "$tree/target/core" "$tree/target/mutants" "$dir/bin" \
	"$tree/sanitizers"
cp build.sh "$tree"
cp -R fuzz/verbs fuzz/oss-fuzz "$tree/fuzz"
cp fuzz/fuzzers/*.options "$tree/fuzz/fuzzers"
cp -R target/linux target/targets.cmake "$tree/target"
(cd target/mutants && cp mutate.sh mutants.awk drop-call.cocci drop-condition.cocci \
	plain-lock.cocci "$tree/target/mutants")
: >"$tree/target/machine.h"
: >"$tree/target/operations.def"
cat >"$tree/target/core/tiny.c" <<'END'
int lock(int), spin_lock_irqsave(int, int), spin_unlock_irqrestore(int, int);
int spin_lock(int), spin_unlock(int), get(int), put(int);

int both(int page)
{
	spin_lock_irqsave(1, page);
	get(page);
	put(page);
	spin_unlock_irqrestore(1, page);
	return 0;
}

int least(int page)
{
	if (page > 1)
		put(page);
	if (1 < 2)
		get(page);
	return 0;
}
END
echo 'drop-call-both-3 legal nobody needs the put' >"$tree/target/mutants/equivalent"
echo drop-call-both-2 >"$tree/target/mutants/sample"

# Configuring makes the copy; building makes scripts, which know what was changed.
cat >"$dir/bin/cmake" <<'END'
#!/bin/sh
echo "$*" >>"$CALLED"
case $1 in
-S)
	mkdir -p "$4/mutant/target"
	cp -R "$2/target/core" "$4/mutant/target"
	: >"$4/build.ninja"
	;;
--build)
	changed=$(diff "$2/../../target/core/tiny.c" "$2/mutant/target/core/tiny.c")
	cat >"$2/page_cache_fuzzer_mutant" <<FUZZER
#!/bin/sh
for arg; do
	case \$arg in -artifact_prefix=*) prefix=\${arg#*=} ;; esac
done
echo 'pagerace: total executions 7'
case '$changed' in
*get*) echo 'ASSERTION FAILED: page-loss'; echo x >"\${prefix}crash-x"; exit 77 ;;
*'spin_lock(1)'*) echo 'ASSERTION FAILED: deadlock'; echo x >"\${prefix}crash-x"; exit 77 ;;
*spin_lock*) echo 'ASSERTION FAILED: deadlock'; : >"\${prefix}crash-x"; exit 77 ;;
esac
FUZZER
	cat >"$2/pagerace_mutant" <<COMMAND
#!/bin/sh
case '$changed' in
*get*) echo "\$2: page-loss, expected clean"; exit 1 ;;
*'spin_lock(1)'*) echo "\$2: clean"; exit 0 ;;
*spin_lock*) grep -qx 'pagerace 1' "\$2" && echo "\$2: deadlock, expected clean"; exit 1 ;;
*) echo "\$2: clean"; exit 0 ;;
esac
COMMAND
	chmod 755 "$2/page_cache_fuzzer_mutant" "$2/pagerace_mutant"
	;;
esac
END
printf '#!/bin/sh\nexit 1\n' >"$dir/bin/apt-get"
chmod 755 "$dir/bin/"*
CALLED=$dir/called
CC=$(command -v clang-19 || command -v clang || command -v cc) CXX=$CC
export CALLED CC CXX

fail() {
	echo "$*"
	cat "$dir/out"
	status=1
}

# verb STATUS argument...
verb() {
	want=$1
	shift
	(cd "$tree" && PATH=$dir/bin:$PATH ./build.sh mutants "$@") >"$dir/out" 2>&1
	got=$?
	[ $got = "$want" ] || fail "mutants $*: exit $got, not $want"
}

# says LINE...: extended regular expressions, each of a line of what it printed.
says() {
	for line; do
		grep -qE -e "$line" "$dir/out" || fail "nothing says: $line"
	done
}

# Refused before anything is made.
verb 2 --time x; says ': mutants: --time takes a whole number from 1, not x$'
verb 2 --first 0; says ': mutants: --first takes '
verb 2 --seeds 0; says ': mutants: --seeds takes '
verb 2 --jobs; says ': mutants: --jobs takes a value$'
verb 2 --target linux; says ': mutants: no rules for target linux; there is: core$'
verb 2 --builds release,nosuch; says ': mutants: no build nosuch; there are: release address '
verb 2 --nosuch; says ': mutants: no option --nosuch'
[ ! -e "$tree/build/mutants" ] || fail 'it made mutants'
verb 2 drop-call-bosh-1
says ': mutants: no mutant, rule or function drop-call-bosh-1; nearest: drop-call-both-1, '
[ ! -e "$CALLED" ] || fail 'it built'

# A place is a mutant, also of two in a row; a lock and its unlock are one.
verb 0 --list
sort "$dir/out" >"$dir/list"
diff - "$dir/list" <<'END' || fail 'those are the mutants'
drop-call-both-1
drop-call-both-2
drop-call-both-3
drop-call-both-4
drop-call-least-1
drop-call-least-2
drop-condition-least-1
drop-condition-least-2
plain-lock-both-1
END
[ "$(grep -c '^@@' "$tree/build/mutants/patches/plain-lock-both-1.patch")" = 2 ] ||
	fail 'a lock without its unlock'

# The first ones of an order that is the same each time.
head -n 4 "$dir/out" >"$dir/list"
verb 0 --list --first 4
diff - "$dir/out" <"$dir/list" || fail 'those are the first'

verb 1 --builds release,address --seeds 2 --time 3
says '^drop-call-both-1 +both:6 +killed by deadlock ' \
	'^drop-call-both-2 +both:7 +killed by page-loss \(release, seed 1, 7 executions\)$' \
	'^drop-call-both-3 +both:8 +legal$' \
	'^drop-call-both-4 +both:9 +survived$' \
	'^drop-condition-least-2 +least:17 +equivalent: the same object code$' \
	'^plain-lock-both-1 +both:6 +unplayed deadlock-is-clean$' \
	'^release alone: 3 of ' '^all builds: +3 of '
hunted=$(grep -c ' release ' "$tree/build/mutants/ledger")
[ "$(grep -c '^drop-call-both-4 address ' "$tree/build/mutants/ledger")" = 2 ] ||
	fail 'who survives one build is hunted by the next one, every seed'
! grep -q '^drop-call-both-2 address ' "$tree/build/mutants/ledger" ||
	fail 'who is dead is hunted'
! grep -q '^drop-call-both-3 [ar]' "$tree/build/mutants/ledger" ||
	fail 'who is listed is hunted'

# Once more: all is known. More seeds: those alone. A changed source: all anew.
cp "$dir/out" "$dir/first"
verb 1 --builds release,address --seeds 2 --time 3
[ "$(grep -c ' release ' "$tree/build/mutants/ledger")" = "$hunted" ] ||
	fail 'somebody was hunted again'
verb 0 --sample --builds release --time 3
says '^release alone: 1 of 1, 100.0 %$'
verb 1 --builds release --seeds 3 --time 3 drop-call-both-4
[ "$(grep -c '^drop-call-both-4 release ' "$tree/build/mutants/ledger")" = 3 ] ||
	fail 'one seed more is one hunt more'
echo '/* */' >>"$tree/target/core/tiny.c"
verb 1 --table
says '^drop-call-both-2 +both:7 +not hunted yet$'

# Lists speak of mutants that are there.
echo 'drop-call-gone-1 equivalent gone' >>"$tree/target/mutants/equivalent"
verb 2 --table
says ': mutants: .* speak of what is not there: drop-call-gone-1$'
exit $status
