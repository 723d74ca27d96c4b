#!/bin/sh
# SPDX-License-Identifier: MIT
#
# campaign_builds.sh PAGERACE: a campaign whose one worker is of several builds in
# turn: each has its share, those that come late and those that do not come are
# spoken of, and what one build found is said to be its and triaged with its command.
# The builds are stand-ins that are there for as long as they are told to be.
. fuzz/test/command.sh
here=$dir/campaign
case $pagerace in
/*) ;;
*) pagerace=$root/$pagerace ;;
esac

# build NAME: its fuzzer writes its name and seconds to $dir/turns; "crash" finds once.
build() {
	mkdir -p "$dir/$1"
	cat >"$dir/$1/fuzzer" <<-END
	#!/bin/sh
	for word; do
		case \$word in
		-artifact_prefix=*) raw=\${word#*=} ;;
		-max_total_time=*) seconds=\${word#*=} ;;
		esac
	done
	echo "$1 \$seconds" >>"$dir/turns"
	printf '#1\tINITED cov: 7 ft: 9 corp: 1/1b exec/s: 0 rss: 30Mb\n' >&2
	[ ! -f "$dir/crash-$1" ] || {
		echo 'SUMMARY: Sanitizer: nobody-else-sees-it' >&2
		name=\${raw}crash-\$(sha1sum <"$dir/crash-$1" | cut -d ' ' -f 1)
		cat "$dir/crash-$1" >"\$name"
		echo "Test unit written to \$name" >&2
		rm "$dir/crash-$1"
		exit 77
	}
	trap 'exit 72' INT TERM
	sleep "\$seconds" &
	wait \$!
	echo 'stat::number_of_executed_units: 100'
	END
	chmod 755 "$dir/$1/fuzzer"
	ln -s "$pagerace" "$dir/$1/$(basename "$pagerace")"
}

# campaign SECONDS LIST
campaign() {
	"$pagerace" campaign --jobs 1 --time "$1" --builds "$2" -o "$here" \
		-- "$dir/%/fuzzer" >"$dir/out" 2>"$dir/err" </dev/null
}

# said TEXT WHAT: in the log.
said() { grep -q "^$1" "$here/log" || fail "$2: $(cat "$here/log")"; }

build many
build other
"$pagerace" encode --revert none corpus/seeds/add_lookup_remove.prog -o "$dir/crash-other"

# Its command sees what this one does not, and has its own folder of results.
rm "$dir/other/$(basename "$pagerace")"
cat >"$dir/other/$(basename "$pagerace")" <<'END'
#!/bin/sh
echo "1 finding seen of $*"
END
chmod 755 "$dir/other/$(basename "$pagerace")"

(
	sleep 1
	build late.new
	sed -i 's/late\.new/late/g' "$dir/late.new/fuzzer"
	mv "$dir/late.new" "$dir/late"
	echo 'see never.log' >"$dir/never.failed"
) &
campaign 6 many:2,other,late,never
[ $? = 0 ] || fail 'the finding of one build is none'
wait
for name in many other late; do
	grep -q "^$name [1-3]\$" "$dir/turns" || fail "$name had no turn: $(cat "$dir/turns")"
done
! grep -q never "$dir/turns" || fail 'who is not there had a turn'
said 'build many is there$' 'a build that is there is not spoken of'
said 'build late is there$' 'a build that came late is not spoken of'
said 'build never fails, see never.log$' 'a build that failed is not spoken of'
said 'finding other/crash-[0-9a-f]* Sanitizer: nobody-else-sees-it$' 'it is not said which build found it'
grep -q 'build never fails, see never.log; going on without it$' "$dir/err" || fail 'the user is not told'
[ -f "$here"/artifacts/other/crash-* ] || fail 'the artifact is not with its build'
grep -Eq '^ +late +[0-9,]+ +[0-9]+ +0$' "$dir/out" || fail 'no row of a build'
grep -Eq '^ +other +[0-9,]+ +[0-9]+ +1$' "$dir/out" || fail 'a finding is not counted to its build'
grep -q '^0 findings, 0 groups, at most 0 bugs; 1 clean' "$here/triage.txt" || fail 'not all were triaged together'
grep -q '^of those clean files, build other:$' "$here/triage.txt" || fail 'the rest is not triaged'
grep -q "^1 finding seen of triage .*-o $here/triage-other $here/artifacts/other/crash-" "$here/triage.txt" ||
	fail 'the rest is not triaged with the command of its build'
grep -q "^build many seconds [1-9]" "$here/totals" || fail 'what a build had is not kept'

# On another day: what was had counts, what was killed on its way is found, and a
# build that cannot begin is let be.
build bad
printf '#!/bin/sh\nexit 1\n' >"$dir/bad/fuzzer"
: >"$dir/turns"
before=$(sed -n 's/^build other seconds //p' "$here/totals")
cp "$here"/artifacts/other/crash-* "$here/raw/many/"
campaign 6 bad,many,other
said 'finding many/crash-[0-9a-f]* ?$' 'what a killed campaign left in raw/ is lost'
said 'build bad fails, it ends before it begins: worker-0-bad.log$' 'a bad build is not spoken of'
grep -q '^other [12]$' "$dir/turns" || fail 'a bad build keeps others from their turns'
[ "$(sed -n 's/^build other seconds //p' "$here/totals")" -ge "$before" ] ||
	fail 'what a build had before is forgotten'
grep -q '^of those clean files, build many:$' "$here/triage.txt" || fail 'what is left is not triaged by each build'

# Trouble, which makes no folder.
here=$dir/new
for list in many:0 many:65 many, many:x 'm%:1' many,many ''; do
	campaign 1 "$list"
	[ $? = 2 ] || fail "--builds \"$list\" is accepted"
done
campaign 1 never
[ $? = 2 ] || fail 'it begins with no build at all'
expect 2 campaign --builds many -o "$here" -- "$dir/many/fuzzer"
[ ! -e "$here" ] || fail 'bad options made a folder'
exit $status
