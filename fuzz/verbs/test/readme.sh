#!/bin/sh
# SPDX-License-Identifier: MIT
#
# readme.sh PAGERACE: the commands of README.md, as they stand there, in a folder
# that has a copy of the corpus: each ends as it should. build.sh's verbs have to
# be ones that its help knows; hunt, test and linux are steps of their own.
pagerace=$(realpath "$1")
root=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
nr=0

# wanted COMMAND: its exit status. explore finds nothing where the table of the
# README says 0.
wanted() {
	case $1 in
	*' explore '*'--revert none'* | *' explore '*corpus/clean/*) echo 1 ;;
	*) echo 0 ;;
	esac
}

# The commands: indented, continued lines joined.
commands() {
	sed -n 's/^    //p' README.md |
		sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' |
		grep -E '^(\./build\.sh|build/release/pagerace)'
}

mkdir -p "$dir/build/release" "$dir/findings/core-free-without-tail/seed-119"
ln -s "$pagerace" "$dir/build/release/pagerace"
cp -r corpus "$dir/corpus"
cd "$dir" || exit 2
# The files that the text speaks of.
"$pagerace" encode corpus/bugs/free-without-tail/mail_of_january_2021.prog \
	-o findings/core-free-without-tail/seed-119/page-loss.bin || exit 2
help=$("$root/build.sh" --help)

(cd "$root" && commands) >commands
while read -r line; do
	nr=$((nr + 1))
	case $line in
	./build.sh*)
		# shellcheck disable=SC2086 # words
		set -- $line
		printf '%s\n' "$help" | grep -q "^	*  *${2-none} " || {
			echo "$line: build.sh --help knows no $2"
			status=1
		}
		continue
		;;
	esac
	want=$(wanted "$line")
	sh -c "$line" >out 2>&1 </dev/null
	got=$?
	# shellcheck disable=SC2254 # a pattern
	case $got in
	$want) ;;
	*)
		echo "$line: exit $got, not $want"
		tail -n 5 out
		status=1
		;;
	esac
done <commands
[ $nr -ge 10 ] || { echo "only $nr commands in README.md"; status=1; }
echo "$nr commands"
exit $status
