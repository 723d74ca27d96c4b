#!/bin/sh
# SPDX-License-Identifier: MIT
#
# campaign.sh PAGERACE [FUZZER [KILLS SECONDS [SEED]]]: a campaign is killed with
# SIGKILL that many times, at random moments within about so many seconds, and
# resumed: no entry reported as new and no finding is ever lost, and no process
# outlives it. Without FUZZER a stand-in is run, which is quick and finds all the
# time; FUZZER has the core without free-without-tail.
. fuzz/test/command.sh
fuzzer=${2:-$dir/fuzzer}
install -m 755 fuzz/findings/test/fake_fuzzer.sh "$dir/fuzzer"
kills=${3:-5}
seconds=${4:-5}
seed=${5:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
here=$dir/campaign
echo "seed $seed: $kills kills within $seconds s of $fuzzer"

# Seeds, one of which is a finding at once.
mkdir "$dir/seeds"
"$pagerace" encode --revert none corpus/seeds/add_lookup_remove.prog -o "$dir/seeds/add"
"$pagerace" encode corpus/bugs/free-without-tail/mail_of_january_2021.prog -o "$dir/seeds/bug"

flags=$(sed -n 's/^\([a-z_]*\) *= *\(.*\)$/-\1=\2/p' fuzz/fuzzers/page_cache_fuzzer.options)
# campaign [option...]: in a session of its own.
campaign() {
	# shellcheck disable=SC2086 # flags are words
	exec setsid "$pagerace" campaign --revert free-without-tail --jobs 2 \
		--corpus "$dir/seeds" -o "$here" "$@" -- "$fuzzer" $flags
}

# The processes of a session: workers may be orphans.
alive() { ps -e -o pid= -o sid= | awk -v sid="$1" '$2 == sid { print $1 }'; }

# everything FOLDER WORD: what the log reported is there, and is what its name
# says; a name is the SHA-1 of the contents, after an optional "crash-".
everything() {
	sed -n "s/^$2 \([^ ]*\).*/\1/p" "$dir/log" >"$dir/names"
	while read -r name; do
		if [ ! -f "$here/$1/$name" ]; then
			fail "$name was reported, and is not in $1/"
			continue
		fi
		printf '%s  %s\n' "${name#crash-}" "$here/$1/$name"
	done <"$dir/names" >"$dir/sums"
	sha1sum --quiet --check "$dir/sums" >"$dir/out" 2>&1 || {
		[ ! -s "$dir/sums" ] || fail "in $1/ is something else than was reported"
	}
}

# What was reported once is so for ever: whole lines of the log stay.
nothing_is_lost() {
	sed '$d' "$here/log" >"$dir/now" # the last line may be torn
	[ ! -f "$dir/log" ] ||
		head -n "$(wc -l <"$dir/log")" "$dir/now" | cmp -s - "$dir/log" ||
		fail 'the log has lost a line'
	mv "$dir/now" "$dir/log"
	everything kept new
	everything artifacts finding
}

: >"$dir/ps"
for moment in $(awk -v seed="$seed" -v kills="$kills" -v seconds="$seconds" '
	BEGIN {
		srand(seed)
		for (i = 0; i < kills; i++)
			printf "%.3f ", 2 * rand() * seconds / kills
	}'); do
	(campaign) >"$dir/out" 2>"$dir/err" </dev/null &
	pid=$!
	sleep "$moment"
	processes=$(alive $pid)
	[ -n "$processes" ] || fail "after $moment s there was nothing to kill"
	# The supervisor alone, or all that there is, in turn.
	case $kills in
	*[02468]) processes=$pid ;;
	esac
	# shellcheck disable=SC2086 # words; some may be gone by now
	kill -9 $processes 2>/dev/null
	wait $pid 2>/dev/null
	tries=0
	while [ -n "$(alive $pid)" ] && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	processes=$(alive $pid)
	[ -z "$processes" ] || fail 'a process outlives the campaign'
	# shellcheck disable=SC2086 # words
	[ -z "$processes" ] || kill -9 $processes
	[ ! -f "$here/log" ] || nothing_is_lost
	kills=$((kills - 1))
done

# Once more, in peace: it goes on, sums up, and has triaged everything.
(campaign --time 3) >"$dir/out" 2>"$dir/err" </dev/null
[ $? = 0 ] || fail 'the last session has no finding'
printf 'end\n' >>"$here/log"
nothing_is_lost
entries=$(grep -c '^new ' "$dir/log")
findings=$(find "$here/artifacts" -name 'crash-*' | wc -l)
[ "$entries" -gt 0 ] || fail 'nothing new was ever reported'
[ "$findings" -gt 0 ] || fail 'the bug among the seeds was not found'
[ "$(grep -c '^finding ' "$dir/log")" = "$findings" ] ||
	fail 'not every artifact was reported, or one twice'
rm "$here/triage.txt"
cat >"$dir/idle" <<'END'
#!/bin/sh
printf '#1\tINITED cov: 7 ft: 9 corp: 1/1b exec/s: 0 rss: 30Mb\n' >&2
exec sleep 1000
END
chmod 755 "$dir/idle"
fuzzer=$dir/idle
(campaign --time 1) >"$dir/out" 2>"$dir/err" </dev/null
grep -q "^findings: [0-9]* artifacts" "$dir/out" || fail 'no sum'
grep -q ' page-loss ' "$here/triage.txt" || fail 'what was found before is not triaged'
grep -q '^no entry any more crash-' "$dir/log" ||
	fail 'a seed that is a finding stays in the corpus'
# What libFuzzer does to its own files is nothing to what was kept.
for entry in "$here"/corpus/*; do
	: >"$entry"
done
everything kept new
echo "$entries entries and $findings findings were reported"

# Trouble, which changes nothing.
sha1sum "$here/log" >"$dir/before"
expect 2 campaign --revert none -o "$here" -- "$fuzzer"
grep -q 'of another target, it begins with "pagerace campaign 1 core/free-without-tail"; choose another folder$' "$dir/err" || fail 'a campaign of another target goes on'
expect 2 campaign -o "$dir/new" -- "$dir/nothing"
expect 2 campaign -o "$dir/new"
expect 2 campaign -- "$fuzzer"
expect 2 campaign --jobs 65 -o "$dir/new" -- "$fuzzer"
expect 2 campaign --corpus "$dir/nothing" -o "$dir/new" -- "$fuzzer"
[ ! -e "$dir/new" ] || fail 'bad options made a folder'
sha1sum "$here/log" | cmp - "$dir/before" || fail 'bad options were noted'
expect 2 campaign --time 20 -o "$dir/false" -- /bin/false
grep -q 'ends before it begins' "$dir/err" || fail 'who cannot begin is started for ever'
exit $status
