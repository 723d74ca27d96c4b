#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bench_search.sh PAGERACE: pagerace bench search, with stand-ins for fuzz targets:
# what they and the policies by chance come to, whatever the number of jobs.
. fuzz/test/command.sh

says() { grep -Eq -e "$1" "$dir/out" || fail "no line like: $1"; }
complains() { grep -Eq -e "$1" "$dir/err" || fail "no complaint like: $1"; }

cp -r corpus "$dir"
cp "$pagerace" "$dir/race"
cd "$dir" || exit 1
pagerace=./race

# A fuzz target that finds something after 100 executions a seed with the program
# given; without, after 300 of seed 1, 900 of seed 3, and nothing by any other.
stand_in() {
	cat >"$1" <<-'END'
		#!/bin/sh
		echo "$*" >>hunts
		for word; do
			case $word in
			-seed=*) seed=${word#*=} ;;
			-runs=*) runs=${word#*=} ;;
			--schedules-only) given=yes ;;
			-*) ;;
			*) corpus=$word ;;
			esac
		done
		if [ "$given" ]; then
			[ "$(ls "$corpus")" = given ] || exit 1
			nr=$((100 * seed))
		else
			[ -z "$(ls "$corpus")" ] || exit 1
			nr=$((300 * seed))
			case $seed in
			1 | 3) ;;
			*) echo "stat::number_of_executed_units: $runs" >&2; exit 0 ;;
			esac
		fi
		printf 'pagerace: total executions %d\nASSERTION FAILED: page-loss\n' $nr >&2
		exit 77
	END
	chmod 755 "$1"
	printf '[libfuzzer]\nentropic = 0\n' >"$1.options"
}

# Nothing is hunted that was not built, or is not there.
expect 2 bench search no-recheck
complains 'bench search: .*no.recheck: its fuzz target was not built$'
fuzzers='bench search --fuzzer ./fuzzer_%'
expect 2 $fuzzers no-recheck
complains 'bench search: ./fuzzer_core_no_recheck: its fuzz target was not built$'
for revert in no_recheck no_grace_period; do
	stand_in "fuzzer_core_$revert"
done
expect 2 $fuzzers no-recheck no-rechek
complains 'bench search: no-rechek: no revert, mistake or target of which there is something'
expect 2 $fuzzers core
complains 'bench search: core: no revert, '
expect 2 $fuzzers --corpus nowhere no-recheck
complains 'bench search: nowhere: No such file'
expect 2 bench search --seeds 1001 no-recheck
expect 2 bench search --revert no-recheck
expect 2 bench search --limit 2000000001 no-recheck
complains 'bench search: --limit takes at most 2000000000$'
expect 2 bench speed --seeds 3 corpus/clean/eight_tasks.prog

expect 0 $fuzzers --seeds 4 --limit 800 --jobs 1 no-recheck no-grace-period
says '^load as it begins: [0-9.]+ [0-9.]+ [0-9.]+ on [0-9]+ CPUs$'
says '^Seeds 1 to 4, at most 800 executions each'
says '^\| +\| guided +\| random-walk +\| uniform +\| pct +\| pos +\| surw +\| guided / best +\|$'
# Given: 100, 200, 300, 400. Empty: 300; 900 is behind the limit.
says '^\| no-recheck +\| 200 \(4 of 4\) +\|'
says '^\| no-grace-period +\| - \(1 of 4\) +\| [0-9]+ \([234] of 4\) +\|'
says '^\| random-walk +\| 2 +\| 200 +\|'
says '^\| the best of each row +\| 0 +\| +\| +\| +\| 2 +\| [0-9.]+ +\| -[0-9.]+ +\| '
says '^\| no-grace-period +\| - .*\| > [0-9.]+ +\|$'
[ "$(grep -c '^| no-recheck ' out)" = 2 ] || fail 'not two tables'

# By several processes at once it is the same.
grep '^|' out | grep -v '^| executions/s' >once
expect 0 $fuzzers --seeds 4 --limit 800 --jobs 3 no-grace-period no-recheck
grep '^|' out | grep -v '^| executions/s' >twice
cmp once twice || fail 'with three jobs it is something else'
expect 0 $fuzzers --seeds 4 --seed 2 --limit 800 --jobs 3 no-recheck no-grace-period
says '^Seeds 2 to 5,'
says '^\| no-recheck +\| 300 \(4 of 4\) +\|'
grep '^|' out | grep -v '^| executions/s' | cmp -s once - && fail 'another seed changes nothing'

# What searches came to is kept: nothing that is known is searched again, of another
# fuzz target all is, with a higher limit what found nothing.
kept() { expect 0 $fuzzers -o kept/scores --seeds 4 --jobs 2 "$@"; }
hunted() {
	[ "$(grep -c . hunts)" = "$1" ] || fail "not $1 hunts, but $(grep -c . hunts)"
	: >hunts
}
: >hunts
kept --limit 800 no-recheck
hunted 8
grep '^|' out | grep -v '^| executions/s' >once
kept --limit 800 no-recheck
says '^48 of 48 searches were made before: kept/scores$'
hunted 0
grep '^|' out | grep -v '^| executions/s' | cmp -s once - || fail 'known, it is something else'
tail -n 1 kept/scores >last
truncate -s -9 kept/scores
kept --limit 800 no-recheck
says '^47 of 48 searches were made before'
tail -n 1 kept/scores | cut -d ' ' -f 1-9 >again
cut -d ' ' -f 1-9 last | cmp -s - again || fail 'what was torn is not made anew'
hunted 0
kept --limit 350 no-recheck
says '^48 of 48 '
says '^\| no-recheck +\| 200 \(3 of 4\) +\|'
kept --limit 1000 no-recheck
hunted 2
says '^\| no-recheck +\| 900 \(2 of 4\) +\|'
echo '# another' >>fuzzer_core_no_recheck
kept --limit 1000 no-recheck
hunted 8
kept --limit 1000 no-recheck no-grace-period
hunted 8
expect 2 $fuzzers -o corpus/README.md --seeds 1 --limit 10 no-recheck
complains 'bench search: corpus/README.md: is no file of scores$'
cmp -s corpus/README.md "$root/corpus/README.md" || fail 'it is written to'
expect 2 $fuzzers -o hunts/scores --seeds 1 --limit 10 no-recheck
complains 'bench search: hunts/scores: Not a directory$'

# Stopped, it says so, and goes on from there.
printf '#!/bin/sh\nkill -TERM "$(cat pid)"\nexec sleep 100\n' >fuzzer_core_no_grace_period
sh -c 'echo $$ >pid; exec "$@"' sh $pagerace $fuzzers -o kept/scores --seeds 1 --limit 900 --jobs 1 \
	no-recheck no-grace-period >out 2>err && fail 'stopped, and all is well'
complains 'bench search: stopped$'
complains 'bench search: [1-9][0-9]* of 24 searches stand in kept/scores: the same command goes on from there$'

# Where there is no story, there is no program to give.
stand_in fuzzer_core_no_grace_period
mkdir without && cp -r corpus/clean without
expect 0 $fuzzers --corpus without -o kept/without --seeds 1 --limit 300 no-grace-period
says '^\| no-grace-period +\| no story +\|'
says '^\| no-grace-period +\| 300 \(1 of 1\) +\|'

# A fuzz target that fails is no search.
printf '#!/bin/sh\nexit 1\n' >fuzzer_core_no_recheck
expect 2 $fuzzers --seeds 1 --limit 10 no-recheck
complains 'bench search: .*fuzzer_core_no_recheck: it failed, and found nothing$'
exit $status
