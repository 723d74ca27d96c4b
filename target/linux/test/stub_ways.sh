#!/bin/sh
# SPDX-License-Identifier: MIT
#
# stub_ways.sh: the ways to stubs that target/linux/stub_ways.sh finds are those that are
# there. Run from the root. Exit: 77 without a compiler for x86-64 or readelf.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
[ "$(uname -m)" = x86_64 ] && command -v readelf >/dev/null || exit 77
status=0

cat >"$dir/a.c" <<'END'
void called(void), nested(void), pointed(void), tabled(void), stored(void), booted(void), dead(void);
__attribute__((noinline)) static void deeper(void) { called(); called(); }
__attribute__((noinline)) static void back(void) { pointed(); }
__attribute__((noinline)) static void later(void) { stored(); }
__attribute__((noinline)) static void from_table(void) { tabled(); }
struct table { void (*first)(void), (*second)(void); };
extern void (*volatile hook)(void);
const struct table table = { 0, from_table };
const struct table *volatile tables;
void (*volatile hook)(void);
void op_one(void); void op_one(void) { deeper(); nested(); }
void op_two(void); void op_two(void) { hook = back; tables = &table; hook(); }
void linux_init(void); void linux_init(void) { hook = later; booted(); }
void linux_regions(void); void linux_regions(void) { dead(); }
const struct { void (*init)(void), (*regions)(void), (*operations[2])(void); } target_linux = {
	linux_init, linux_regions, { op_one, op_two } };
END
printf '%s: x\n' booted called dead nested pointed stored tabled >"$dir/stubs"
cat >"$dir/want" <<'END'
booted: not by an operation
called: op_one > deeper
dead: not by an operation
nested: op_one
pointed: op_two > back
stored: start-up > later
tabled: op_two > from_table
END
for flags in '-O1 -ffunction-sections' '-O0 -ffunction-sections -fdata-sections -fPIC'; do
	# shellcheck disable=SC2086 # flags are words
	"${CC:-cc}" $flags -c "$dir/a.c" -o "$dir/a.o" || exit 77
	target/linux/stub_ways.sh "$dir/a.o" "$dir/stubs" >"$dir/ways" || status=1
	diff "$dir/want" "$dir/ways" || { echo "with $flags"; status=1; }
done
exit $status
